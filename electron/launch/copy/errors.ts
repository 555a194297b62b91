/** A review file that cannot be opened, or something asked of a copy that only its owner may do. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}
