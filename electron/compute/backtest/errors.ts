export type BacktestErrorCode =
  /** The panel cannot be worked with: too short, nothing priced, a code twice on a date. */
  | 'bad-panel'
  /** A value of the configuration makes no sense. */
  | 'bad-config'
  /** No portfolio meets all constraints at once; found before the run. */
  | 'unsatisfiable'
  /** The run never held anything, which is no result. */
  | 'no-trades';

/** Says what is wrong, where, and what to change. */
export class BacktestError extends Error {
  override readonly name = 'BacktestError';
  readonly code: BacktestErrorCode;

  constructor(code: BacktestErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
