export type StatisticsErrorCode =
  /** There are not enough observations for what was asked. */
  | 'too-few'
  /** An option has a value that cannot be worked with. */
  | 'bad-option'
  /** A split of the data would let training see what it is tested on. */
  | 'leak';

/** Says what was asked, what was given, and what to change. */
export class StatisticsError extends Error {
  override readonly name = 'StatisticsError';
  readonly code: StatisticsErrorCode;

  constructor(code: StatisticsErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
