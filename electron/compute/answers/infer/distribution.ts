import { countsBetween, equalEdges, summaryOf } from '../../statistics/index.ts';
import type { ScoreDistribution } from './answer.ts';

const bins = 40;

/** Scores of one date that are ranked. */
export interface RankedDate {
  date: string;
  codes: readonly string[];
  scores: Float32Array;
}

/** Pure: what scores look like, over all dates and on each, between the same edges. */
export function distributionOf(dates: readonly RankedDate[]): ScoreDistribution {
  const all = allScores(dates);
  const edges = equalEdges(all, bins);
  return {
    histogram: { edges, counts: countsBetween(all, edges) },
    summary: summaryOf(all),
    dates: dates.map(({ date, scores }) => ({
      date,
      summary: summaryOf(scores),
      counts: countsBetween(scores, edges),
    })),
  };
}

export function allScores(dates: readonly Pick<RankedDate, 'scores'>[]): Float32Array {
  const all = new Float32Array(dates.reduce((sum, { scores }) => sum + scores.length, 0));
  let at = 0;
  for (const { scores } of dates) {
    all.set(scores, at);
    at += scores.length;
  }
  return all;
}
