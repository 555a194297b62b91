export type SweepErrorCode =
  /** The grid cannot be worked with; the message names file, line and remedy. */
  | 'bad-grid'
  /** How choosing is tested makes no sense. */
  | 'bad-option'
  /** Whoever computes points ended before they were computed. */
  | 'executor';

export class SweepError extends Error {
  override readonly name = 'SweepError';
  readonly code: SweepErrorCode;

  constructor(code: SweepErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
