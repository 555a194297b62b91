import type { Work } from '../jobs.ts';
import { localExecutor, type SweepAnswer, type SweepQuestion, sweep } from '../sweep/index.ts';

export interface SweepAsked extends SweepQuestion {
  /** The host of a cluster that computes the points; the cores of this machine do where there is none. */
  slurm?: string | null;
  /** What is asked of that cluster, where it is not its default. */
  partition?: string | null;
  account?: string | null;
  time?: string | null;
}

/** Points of this machine come faster than anybody looks at a map of them. */
const partialEveryMs = 500;

/**
 * Runs a grid on the cores of this machine, or on a cluster; tells the points as they come.
 * @throws DataError, SweepError, and what the cluster has to say
 */
export async function answerSweep(
  { slurm, partition, account, time, ...question }: SweepAsked,
  { cores, progress, partial, cluster }: Work,
): Promise<SweepAnswer> {
  let toldMs = Number.NEGATIVE_INFINITY;
  let share = 0;
  const executor = slurm
    ? cluster({ host: slurm, partition: partition ?? '', account: account ?? '', time: time ?? '' }, (line) =>
        progress(line, share),
      )
    : localExecutor(cores);
  try {
    return await sweep(question, executor, ({ done, points, best, soFar }) => {
      const ratio = best === null ? '' : `, best Sharpe ratio ${best.toFixed(2)}`;
      share = done / points;
      progress(`${done} of ${points} points${ratio}`, share);
      const now = performance.now();
      if (!slurm && now - toldMs < partialEveryMs) return;
      toldMs = now;
      partial(soFar());
    });
  } catch (error) {
    // Points that came from a cluster that computes other figures count for nothing.
    if ((error as { code?: unknown }).code === 'differs') partial(null);
    throw error;
  }
}
