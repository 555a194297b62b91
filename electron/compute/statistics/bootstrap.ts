import { automaticBlockLength } from './block-length.ts';
import { mean, quantileOfSorted } from './moments.ts';
import { Random } from './random.ts';

/** The stationary bootstrap of Politis and Romano (1994): blocks of geometric length that wrap around the end. */
export interface BootstrapOptions {
  resamples: number;
  seed: number;
  /** Mean block length in periods; found from the series where absent. */
  block?: number;
}

/** Calls `visit` with every block of one resample: where it starts and how long it is. */
function eachBlock(
  random: Random,
  n: number,
  block: number,
  visit: (start: number, length: number) => void,
): void {
  const scale = block > 1 ? 1 / Math.log1p(-1 / block) : 0;
  for (let filled = 0; filled < n; ) {
    const start = random.below(n);
    const drawn = scale === 0 ? 1 : 1 + Math.floor(Math.log(1 - random.uniform()) * scale);
    const length = Math.min(drawn, n - filled);
    visit(start, length);
    filled += length;
  }
}

/**
 * Sharpe ratios per period of the resamples, unsorted. A block is contiguous, so its sums are differences of running
 * sums: the work is by blocks and not by periods.
 */
export function bootstrapSharpe(returns: Float64Array, options: BootstrapOptions): Float64Array {
  const n = returns.length;
  const centre = mean(returns);
  const [sums, squares] = [new Float64Array(2 * n + 1), new Float64Array(2 * n + 1)];
  for (let i = 0; i < 2 * n; i += 1) {
    const x = (returns[i % n] as number) - centre;
    sums[i + 1] = (sums[i] as number) + x;
    squares[i + 1] = (squares[i] as number) + x * x;
  }
  const random = new Random(options.seed);
  const block = options.block ?? automaticBlockLength(returns);
  const ratios = new Float64Array(options.resamples);
  let [total, square] = [0, 0];
  const add = (start: number, length: number) => {
    total += (sums[start + length] as number) - (sums[start] as number);
    square += (squares[start + length] as number) - (squares[start] as number);
  };
  for (let resample = 0; resample < ratios.length; resample += 1) {
    [total, square] = [0, 0];
    eachBlock(random, n, block, add);
    const spread = Math.sqrt((square - (total * total) / n) / (n - 1));
    ratios[resample] = (centre + total / n) / spread;
  }
  return ratios;
}

/** Several figures of each resample: one array of unsorted values per figure. */
export function bootstrap<Name extends string>(
  returns: Float64Array,
  figures: Record<Name, (resample: Float64Array) => number>,
  options: BootstrapOptions,
): Record<Name, Float64Array> {
  const n = returns.length;
  const random = new Random(options.seed);
  const block = options.block ?? automaticBlockLength(returns);
  const names = Object.keys(figures) as Name[];
  const found = Object.fromEntries(
    names.map((name) => [name, new Float64Array(options.resamples)]),
  ) as Record<Name, Float64Array>;
  const resample = new Float64Array(n);
  for (let round = 0; round < options.resamples; round += 1) {
    let filled = 0;
    eachBlock(random, n, block, (start, length) => {
      for (let i = 0; i < length; i += 1) resample[filled + i] = returns[(start + i) % n] as number;
      filled += length;
    });
    for (const name of names) found[name][round] = figures[name](resample);
  }
  return found;
}

/** The middle share of the resamples. Values that are no number are left out. */
export function percentileInterval(values: Float64Array, confidence = 0.95): [number, number] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const tail = (1 - confidence) / 2;
  return [quantileOfSorted(sorted, tail), quantileOfSorted(sorted, 1 - tail)];
}
