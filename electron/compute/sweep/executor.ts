import type { Panel } from '../backtest/index.ts';
import type { SweepPoint } from './point.ts';

/** What an executor is given: the points that have no result yet, in the order they are wanted. */
export interface SweepJob {
  /** Digest of all points of the grid: the same sweep has the same one, however much of it is done. */
  sweep: string;
  panel: Panel;
  points: readonly SweepPoint[];
  /** Where results go, one file a point, each written whole. Files are the truth about what is done. */
  folder: string;
  /** Ends the work soon; what is written by then stays. */
  signal: AbortSignal;
  /** Called when results have been written. */
  onWritten: (digests: readonly string[]) => void;
}

/** Computes points somewhere. */
export interface SweepExecutor {
  /** Resolves when every point has a result or the signal is given. @throws SweepError `executor` */
  run(job: SweepJob): Promise<void>;
}
