import { countsBetween, type Histogram, mean, ratioEdges } from '../../statistics/index.ts';

/**
 * What samples can say. With 99 % confidence and no sample beyond, so many samples bound a percentile: the smallest n with
 * share^n <= 1 %, as in the early stopping of MLPerf's LoadGen.
 */
export const samplesNeeded = { p50: 7, p90: 44, p95: 90, p99: 459 } as const;
export type Percentile = keyof typeof samplesNeeded;

const shares: Record<Percentile, number> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };
const bins = 30;

export interface Latencies {
  samples: number;
  meanMs: number;
  minMs: number;
  maxMs: number;
  /** Null where there are too few samples to say. */
  percentilesMs: Record<Percentile, number | null>;
  /** Edges in milliseconds, each the same multiple of the one before. */
  histogram: Histogram;
}

/** Pure: what samples of milliseconds can say. There is at least one. */
export function latenciesOf(samplesMs: readonly number[]): Latencies {
  const sorted = samplesMs.toSorted((a, b) => a - b);
  const n = sorted.length;
  const edges = ratioEdges(sorted, bins);
  return {
    samples: n,
    meanMs: mean(samplesMs),
    minMs: sorted[0] ?? Number.NaN,
    maxMs: sorted.at(-1) ?? Number.NaN,
    percentilesMs: Object.fromEntries(
      Object.entries(samplesNeeded).map(([name, needed]) => {
        const rank = Math.ceil(shares[name as Percentile] * n);
        return [name, n >= needed ? (sorted[rank - 1] as number) : null];
      }),
    ) as Latencies['percentilesMs'],
    histogram: { edges, counts: countsBetween(sorted, edges) },
  };
}
