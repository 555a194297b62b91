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

/** Draws blocks one by one: where each starts, and how long it is. Fields instead of results keep it free of garbage. */
export class Blocks {
  start = 0;
  length = 0;
  readonly #random: Random;
  readonly #n: number;
  readonly #scale: number;
  /** Shares of blocks longer than 1, 2, … periods: short blocks are found sooner by steps than by a logarithm. */
  readonly #longer: Float64Array;

  constructor(random: Random, n: number, block: number) {
    this.#random = random;
    this.#n = n;
    this.#scale = block > 1 ? 1 / Math.log1p(-1 / block) : 0;
    const steps = block > 1 && block < 8 ? 40 * Math.ceil(block) : 0;
    this.#longer = Float64Array.from({ length: steps }, (_, i) => (1 - 1 / block) ** (i + 1));
  }

  /** The next block, no longer than what is left to fill. */
  next(left: number): void {
    this.start = this.#random.below(this.#n);
    const length = this.#scale === 0 ? 1 : this.#draw();
    this.length = Math.min(length, left);
  }

  #draw(): number {
    const share = this.#random.uniform();
    const longer = this.#longer;
    if (longer.length === 0) return 1 + Math.floor(Math.log(1 - share) * this.#scale);
    let length = 1;
    while (length <= longer.length && share < (longer[length - 1] as number)) length += 1;
    return length;
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
  const blocks = new Blocks(random, n, options.block ?? automaticBlockLength(returns));
  const ratios = new Float64Array(options.resamples);
  for (let resample = 0; resample < ratios.length; resample += 1) {
    let total = 0;
    let square = 0;
    for (let left = n; left > 0; left -= blocks.length) {
      blocks.next(left);
      const { start } = blocks;
      const end = start + blocks.length;
      total += (sums[end] as number) - (sums[start] as number);
      square += (squares[end] as number) - (squares[start] as number);
    }
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
  const blocks = new Blocks(random, n, options.block ?? automaticBlockLength(returns));
  const names = Object.keys(figures) as Name[];
  const found = Object.fromEntries(
    names.map((name) => [name, new Float64Array(options.resamples)]),
  ) as Record<Name, Float64Array>;
  const resample = new Float64Array(n);
  for (let round = 0; round < options.resamples; round += 1) {
    for (let filled = 0; filled < n; filled += blocks.length) {
      blocks.next(n - filled);
      const { start, length } = blocks;
      for (let i = 0; i < length; i += 1) resample[filled + i] = returns[(start + i) % n] as number;
    }
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
