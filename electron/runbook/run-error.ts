export type RunErrorCode =
  /** No plan with this digest, or the plan of a run is gone. */
  | 'no-plan'
  /** Something the plan was made from is different now. */
  | 'plan-changed'
  /** The plan has objections, or another run is in the way. */
  | 'not-startable'
  | 'no-run'
  /** The run has ended. */
  | 'over'
  /** The run does not ask this now. */
  | 'not-asked'
  /** The role may not say this. */
  | 'not-allowed'
  /** A reason must be given. */
  | 'no-reason'
  /** There is no way back. */
  | 'no-rollback'
  /** What it does can no longer be written down. */
  | 'stuck';

/** Says what cannot be done with a run, and what to do instead. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly code: RunErrorCode;

  constructor(code: RunErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
