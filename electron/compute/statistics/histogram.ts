import { deviation, mean, type Numbers, quantileOfSorted } from './moments.ts';

/** So many values between each edge and the next; the last bin has its upper edge, too. */
export interface Histogram {
  /** One more than there are counts, rising. */
  edges: number[];
  counts: number[];
}

/** Pure: bins of equal width over all finite values; a single value gets a bin of its own. */
export function equalEdges(values: Numbers | Float32Array, bins: number): number[] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  if (low === high) return [low - 0.5, high + 0.5];
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + ((high - low) * i) / bins));
}

/** Pure: edges of equal ratio, for what has a long tail. Values are above 0. */
export function ratioEdges(values: Numbers, bins: number): number[] {
  return equalEdges(Array.from(values, Math.log), bins).map(Math.exp);
}

/** Pure: counts finite values; what lies beyond the edges is in the bins at the ends. */
export function countsBetween(values: Numbers | Float32Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    let [low, high] = [0, counts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (value >= (edges[middle] as number)) low = middle;
      else high = middle - 1;
    }
    counts[low] = (counts[low] as number) + 1;
  }
  return counts;
}

/** A sample in few numbers; all but the counts are null where nothing is known. */
export interface SampleSummary {
  count: number;
  /** Values that are no number. */
  missing: number;
  mean: number | null;
  /** With n - 1; null below two values. */
  deviation: number | null;
  min: number | null;
  p05: number | null;
  p25: number | null;
  p50: number | null;
  p75: number | null;
  p95: number | null;
  max: number | null;
}

export function summaryOf(values: Numbers | Float32Array): SampleSummary {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  const at = (share: number) => (sorted.length > 0 ? quantileOfSorted(sorted, share) : null);
  return {
    count: sorted.length,
    missing: values.length - sorted.length,
    mean: known(mean(sorted)),
    deviation: known(deviation(sorted, 1)),
    min: at(0),
    p05: at(0.05),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    max: at(1),
  };
}
