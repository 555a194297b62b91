export type BundleErrorCode = 'not-found' | 'not-a-bundle' | 'bad-manifest' | 'cannot-pack';

/** A bundle that cannot be made or read. The message says what is wrong and what to change. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
  readonly code: BundleErrorCode;

  constructor(code: BundleErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
