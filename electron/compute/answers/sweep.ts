import type { Work } from '../jobs.ts';
import { localExecutor, type SweepAnswer, type SweepQuestion, sweep } from '../sweep/index.ts';

/** Points come faster than anybody looks at a map of them. */
const partialEveryMs = 500;

/** Runs a grid on the cores of this machine; tells the points as they come. @throws DataError, SweepError */
export function answerSweep(
  question: SweepQuestion,
  { cores, progress, partial }: Work,
): Promise<SweepAnswer> {
  let toldMs = Number.NEGATIVE_INFINITY;
  return sweep(question, localExecutor(cores), ({ done, points, best, soFar }) => {
    const ratio = best === null ? '' : `, best Sharpe ratio ${best.toFixed(2)}`;
    progress(`${done} of ${points} points${ratio}`, done / points);
    const now = performance.now();
    if (now - toldMs < partialEveryMs) return;
    toldMs = now;
    partial(soFar());
  });
}
