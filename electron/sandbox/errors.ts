export type SandboxErrorCode =
  /** This machine lacks something the sandbox needs. */
  | 'cannot-run'
  /** A server or a demo service did not start. */
  | 'start-failed'
  /** A process of the sandbox could not be ended. */
  | 'stop-failed'
  /** Another process is starting or stopping the same sandbox. */
  | 'busy'
  /** The sandbox has no such host. */
  | 'unknown-host'
  /** It has to be started first. */
  | 'not-started';

/** Says what is wrong, where, and what to do about it. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: SandboxErrorCode;

  constructor(code: SandboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
