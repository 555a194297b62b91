export type JournalErrorCode =
  /** Another Holdpoint has this data folder open. */
  | 'in-use'
  /** The file was written by a newer Holdpoint. */
  | 'newer-schema'
  /** The hash chain or the file itself is damaged and no backup could be opened. */
  | 'corrupt'
  /** The journal was opened from a backup after damage; nothing may be appended. */
  | 'read-only'
  /** The body of an entry does not fit its kind. */
  | 'bad-entry'
  /** SQLite does not keep the durability that was asked for. */
  | 'not-durable';

/** Says what is wrong, where, and what to do about it. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly code: JournalErrorCode;

  constructor(code: JournalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
