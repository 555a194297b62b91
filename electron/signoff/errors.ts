export type SignoffErrorCode =
  /** The bytes are not what they should be: not armour, not SSHSIG, not a key, not a statement. */
  | 'malformed'
  /** Well formed, but of a kind that is not verified here: DSA keys, RSA with SHA-1, binary revocation lists. */
  | 'unsupported'
  /** Signed for another purpose. */
  | 'wrong-namespace'
  /** The signature is not one of this key over these bytes. */
  | 'bad-signature'
  /** A good signature, of a key that may not sign for this person or this purpose. */
  | 'not-allowed'
  /** The key was not valid yet at the time of verification. */
  | 'not-yet-valid'
  /** The key was no longer valid at the time of verification. */
  | 'expired'
  /** The key is on the list of revoked keys. */
  | 'revoked'
  /** A security key signed without a touch. */
  | 'not-present'
  /** A file that tries what no bundle does: to write elsewhere, to grow without end, to be two files of one name. */
  | 'unsafe'
  /** There is no `ssh-keygen`, or one whose signatures cannot be used. */
  | 'no-ssh-keygen'
  /** `ssh-keygen` would not sign. */
  | 'cannot-sign'
  /** The person ended the prompt, or the work. */
  | 'cancelled';

/** Says what is wrong, where, and what to do about it. */
export class SignoffError extends Error {
  override readonly name = 'SignoffError';
  readonly code: SignoffErrorCode;

  constructor(code: SignoffErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
