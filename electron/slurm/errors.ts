export type SlurmErrorCode =
  /** Slurm or Node is missing on the host, or sbatch does not take the job; the message says what to change. */
  | 'refused'
  /** The host is there, Slurm's controller does not answer. */
  | 'no-answer'
  /** The job ended, or somebody ended it, before every point had a result. */
  | 'ended'
  /** A point recomputed on this machine has other figures than the cluster gave. */
  | 'differs'
  /** Whoever followed the job was called away. The job goes on. */
  | 'left'
  /** Whoever followed the job wanted it ended, and it is. */
  | 'stopped';

export class SlurmError extends Error {
  override readonly name = 'SlurmError';
  readonly code: SlurmErrorCode;

  constructor(code: SlurmErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
