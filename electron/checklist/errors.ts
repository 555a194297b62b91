export type ChecklistErrorCode =
  /** The file is not there, is no file, or may not be read. */
  | 'unreadable'
  /** The file is not UTF-8 text. */
  | 'not-text'
  /** The file is longer than a checklist can be. */
  | 'too-large'
  /** The text is nested or built so that reading it takes too long. */
  | 'too-complex'
  /** There is no item with this id, now. */
  | 'unknown-item'
  /** A block, a waiver or an override says why. */
  | 'reason-needed'
  /** A check decides this item; a person cannot. */
  | 'is-gate'
  /** A no-go criterion is answered, not marked. */
  | 'is-question'
  /** Only a no-go criterion is answered. */
  | 'is-no-question'
  /** Only a gate can be overridden. */
  | 'is-no-gate';

/** Says what is wrong, where, and what to do about it. */
export class ChecklistError extends Error {
  override readonly name = 'ChecklistError';
  readonly code: ChecklistErrorCode;

  constructor(code: ChecklistErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
