import type { PointResult } from './point.ts';

/** When a sweep ends early: so many points in a row, none of which raises the best Sharpe ratio by more than `gain`. */
export interface StopRule {
  after: number;
  /** Annual. */
  gain: number;
}

/**
 * How many points the sweep looks at. The rule goes by the grid's own order and not by who is ready first, so that it
 * ends at the same point every time. Stops at the first point that is not there yet; `ended` says that the rule held.
 */
export function reach(
  results: readonly (PointResult | undefined)[],
  rule: StopRule | null,
): { points: number; ended: boolean } {
  let [best, without] = [Number.NEGATIVE_INFINITY, 0];
  for (const [place, result] of results.entries()) {
    if (result === undefined) return { points: place, ended: false };
    if (rule === null || result.figures === null) continue;
    if (result.figures.sharpe > best + rule.gain) [best, without] = [result.figures.sharpe, 0];
    else without += 1;
    if (without >= rule.after) return { points: place + 1, ended: true };
  }
  return { points: results.length, ended: false };
}
