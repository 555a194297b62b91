export type InferenceErrorCode =
  /** Not ONNX, cut off, or nothing that can be run here. */
  | 'bad-model'
  /** Unknown, not in this build, or without its device. */
  | 'no-provider'
  /** Model and data do not fit together. */
  | 'wrong-shape'
  /** No window of the data is whole. */
  | 'no-windows'
  | 'bad-golden';

/** A model that cannot be run as it was asked. The message says what is wrong and what to change. */
export class InferenceError extends Error {
  override readonly name = 'InferenceError';
  readonly code: InferenceErrorCode;

  constructor(code: InferenceErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
