import { automaticBlockLength } from './block-length.ts';
import { Blocks, type BootstrapOptions, percentileInterval } from './bootstrap.ts';
import { normalQuantile } from './distributions.ts';
import { StatisticsError } from './errors.ts';
import { Random } from './random.ts';
import { meanStandardError, sharpeInfluence, sharpeSample } from './sharpe-uncertainty.ts';

export interface SharpeDifference {
  /** Of the ratios per period, the first less the second. */
  difference: number;
  /** By resampling. */
  interval: [number, number];
  /** By a standard error that allows for autocorrelation. */
  standardError: number;
  robustInterval: [number, number];
  /** Share of resamples in which the first is the better one. */
  better: number;
  /** Proven only where both intervals are on one side of zero. */
  verdict: 'first' | 'second' | 'unproven';
}

/**
 * Whether one of two series over the same dates has the better Sharpe ratio. Both are resampled with the same blocks, so
 * that what they share, such as the market, does not count as uncertainty; beside it stands the interval of a standard
 * error that allows for autocorrelation (Ledoit and Wolf 2008).
 * @throws StatisticsError where the series differ in length or are too short
 */
export function compareSharpe(
  first: Float64Array,
  second: Float64Array,
  options: BootstrapOptions,
): SharpeDifference {
  const n = first.length;
  if (second.length !== n || n < 3) {
    throw new StatisticsError(
      'too-few',
      `Two series of the same dates are compared, three or more; these have ${n} and ${second.length}. Cut both to the dates they share.`,
    );
  }
  const block = options.block ?? Math.max(automaticBlockLength(first), automaticBlockLength(second));
  const blocks = new Blocks(new Random(options.seed), n, block);
  const [a, b] = [new Float64Array(n), new Float64Array(n)];
  const differences = new Float64Array(options.resamples);
  for (let resample = 0; resample < differences.length; resample += 1) {
    for (let filled = 0; filled < n; filled += blocks.length) {
      blocks.next(n - filled);
      for (let i = 0; i < blocks.length; i += 1) {
        const from = (blocks.start + i) % n;
        a[filled + i] = first[from] as number;
        b[filled + i] = second[from] as number;
      }
    }
    differences[resample] = ratioOf(a) - ratioOf(b);
  }
  const interval = percentileInterval(differences);
  const difference = sharpeSample(first).sharpe - sharpeSample(second).sharpe;
  const other = sharpeInfluence(second);
  const standardError = meanStandardError(
    sharpeInfluence(first).map((value, i) => value - (other[i] as number)),
  );
  const half = normalQuantile(0.975) * standardError;
  const robustInterval: [number, number] = [difference - half, difference + half];
  const above = Math.min(interval[0], robustInterval[0]) > 0;
  const below = Math.max(interval[1], robustInterval[1]) < 0;
  return {
    difference,
    interval,
    standardError,
    robustInterval,
    better: differences.filter((value) => value > 0).length / differences.length,
    verdict: above ? 'first' : below ? 'second' : 'unproven',
  };
}

function ratioOf(values: Float64Array): number {
  let [total, square] = [0, 0];
  for (const value of values) {
    total += value;
    square += value * value;
  }
  const n = values.length;
  return total / n / Math.sqrt((square - (total * total) / n) / (n - 1));
}
