export type HardwareErrorCode =
  /** A program ran on the host, but what came back is not a probe's answer. */
  | 'no-answer'
  /** systeminformation gave no answer in time, or failed. */
  | 'not-measured';

/** Says which machine, what happened, and what to do. */
export class HardwareError extends Error {
  override readonly name = 'HardwareError';
  readonly code: HardwareErrorCode;

  constructor(code: HardwareErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
