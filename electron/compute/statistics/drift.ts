import { chiSquaredQuantile, kolmogorovUpper } from './distributions.ts';
import { StatisticsError } from './errors.ts';
import { deviation, mean, type Numbers, quantileOfSorted } from './moments.ts';

/** How far two samples are apart. Values that are no number are left out and counted by the caller. */
export interface PopulationStability {
  index: number;
  /** What sampling alone exceeds in one case of twenty: below it, a difference shows nothing. */
  critical: number;
  bins: number;
  /** The share taken for an empty bin. */
  epsilon: number;
  verdict: 'stable' | 'drifted';
}

/**
 * Population stability index over quantile bins of the reference. The usual bounds of 0.1 and 0.25 ignore how many
 * values there are; without drift the index follows chi² (bins - 1) times (1/n + 1/m) (Yurdakul 2018).
 */
export function populationStability(
  reference: Numbers,
  current: Numbers,
  { bins = 10, epsilon = 1e-4 } = {},
): PopulationStability {
  const [a, b] = [sortedNumbers(reference), sortedNumbers(current)];
  atLeast(a.length, b.length, bins);
  const edges = [...new Set(Array.from({ length: bins - 1 }, (_, i) => quantileOfSorted(a, (i + 1) / bins)))];
  const [p, q] = [binShares(a, edges), binShares(b, edges)];
  let index = 0;
  for (let i = 0; i < p.length; i += 1) {
    const [x, y] = [Math.max(p[i] as number, epsilon), Math.max(q[i] as number, epsilon)];
    index += (x - y) * Math.log(x / y);
  }
  const critical = chiSquaredQuantile(0.95, Math.max(1, edges.length)) * (1 / a.length + 1 / b.length);
  return {
    index,
    critical,
    bins: edges.length + 1,
    epsilon,
    verdict: index > critical ? 'drifted' : 'stable',
  };
}

/** The largest distance between the two distribution functions, and how often chance alone gives as much. */
export function kolmogorovSmirnov(
  reference: Numbers,
  current: Numbers,
): { distance: number; probability: number } {
  const [a, b] = [sortedNumbers(reference), sortedNumbers(current)];
  atLeast(a.length, b.length, 2);
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const level = Math.min(a[i] as number, b[j] as number);
    while (i < a.length && (a[i] as number) <= level) i += 1;
    while (j < b.length && (b[j] as number) <= level) j += 1;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  const effective = Math.sqrt((a.length * b.length) / (a.length + b.length));
  // Stephens' correction makes the limit good for small samples.
  return { distance, probability: kolmogorovUpper((effective + 0.12 + 0.11 / effective) * distance) };
}

/** Jensen-Shannon distance, 0 to 1, over equal-width bins of both samples together. */
export function jensenShannon(reference: Numbers, current: Numbers, { bins = 20 } = {}): number {
  const [a, b] = [sortedNumbers(reference), sortedNumbers(current)];
  atLeast(a.length, b.length, 2);
  const low = Math.min(a[0] as number, b[0] as number);
  const high = Math.max(a.at(-1) as number, b.at(-1) as number);
  const edges = Array.from({ length: bins - 1 }, (_, i) => low + ((high - low) * (i + 1)) / bins);
  const [p, q] = [binShares(a, edges), binShares(b, edges)];
  let divergence = 0;
  for (let i = 0; i < p.length; i += 1) {
    const [x, y] = [p[i] as number, q[i] as number];
    const middle = (x + y) / 2;
    if (x > 0) divergence += (x / 2) * Math.log2(x / middle);
    if (y > 0) divergence += (y / 2) * Math.log2(y / middle);
  }
  return Math.sqrt(Math.max(0, divergence));
}

/** The bound a chunk's distance must pass to count: mean and three deviations of how the reference itself wobbles. */
export function chunkThreshold(referenceDistances: Numbers): number {
  return mean(referenceDistances) + 3 * deviation(referenceDistances, 1);
}

/** Which of many tests stay significant when the share of false alarms is bounded (Benjamini and Hochberg 1995). */
export function falseDiscovery(probabilities: Numbers, rate = 0.05): boolean[] {
  const order = Array.from(probabilities.keys()).sort(
    (a, b) => (probabilities[a] as number) - (probabilities[b] as number),
  );
  let last = -1;
  order.forEach((index, i) => {
    if ((probabilities[index] as number) <= (rate * (i + 1)) / order.length) last = i;
  });
  const found = new Set(order.slice(0, last + 1));
  return Array.from(probabilities, (_, index) => found.has(index));
}

function sortedNumbers(values: Numbers): Float64Array {
  // A reference is compared with chunk after chunk: it is sorted once.
  if (values instanceof Float64Array && isSorted(values)) return values;
  return Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
}

/** Whether every value is a number and none below the one before. */
function isSorted(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i += 1) {
    if (!((values[i - 1] as number) <= (values[i] as number))) return false;
  }
  return !Number.isNaN(values[0]);
}

/** Share of sorted values in each bin; a value on an edge belongs to the bin below it. */
function binShares(sorted: Float64Array, edges: readonly number[]): Float64Array {
  const shares = new Float64Array(edges.length + 1);
  let start = 0;
  for (let bin = 0; bin <= edges.length; bin += 1) {
    const edge = edges[bin];
    const end = edge === undefined ? sorted.length : firstAbove(sorted, edge, start);
    shares[bin] = (end - start) / sorted.length;
    start = end;
  }
  return shares;
}

/** The first place from `low` on whose value is above the edge. */
function firstAbove(sorted: Float64Array, edge: number, low: number): number {
  let [from, to] = [low, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] as number) <= edge) from = middle + 1;
    else to = middle;
  }
  return from;
}

function atLeast(a: number, b: number, needed: number): void {
  if (a >= needed && b >= needed) return;
  throw new StatisticsError(
    'too-few',
    `A comparison over ${needed} bins needs ${needed} values on each side; there are ${a} and ${b}.`,
  );
}
