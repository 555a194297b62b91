export type ChecksErrorCode =
  /** No check of the launch has this name. */
  | 'unknown-check'
  /** No check is bound to this item. */
  | 'no-check';

/** A request that names what is not there. Says what was named and what to do. */
export class ChecksError extends Error {
  override readonly name = 'ChecksError';
  readonly code: ChecksErrorCode;

  constructor(code: ChecksErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Why something could not be measured, in a sentence that names the machine. Becomes the verdict `error`. */
export class CannotMeasure extends Error {
  override readonly name = 'CannotMeasure';
}
