export type DataErrorCode =
  | 'not-found'
  /** Not text, or cut off. */
  | 'not-readable'
  | 'missing-column'
  /** One or more rows cannot be used; the message names each. */
  | 'bad-rows'
  /** Rows are fine one by one and make no whole: too few, or the same key twice. */
  | 'bad-table'
  | 'bad-config';

/** Data that cannot be used. The message names file, line, column and what to change. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly code: DataErrorCode;

  constructor(code: DataErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
