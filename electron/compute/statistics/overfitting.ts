import { StatisticsError } from './errors.ts';

/**
 * The probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, López de
 * Prado, Zhu 2017). Deterministic. Many strategies of one quality also give a high probability, and strong
 * autocorrelation misleads it.
 */
export interface Overfitting {
  /** Share of splits whose champion in sample is at or below the median out of sample. */
  probability: number;
  splits: number;
  /** By split: logit of the champion's relative rank out of sample. */
  logits: Float64Array;
  /** By split: the champion's Sharpe ratio per period in sample and out of sample. */
  inSample: Float64Array;
  outOfSample: Float64Array;
  /** Share of splits whose champion loses out of sample. */
  lossProbability: number;
  /** Of a straight line from in sample to out of sample. */
  slope: number;
}

export interface Trials {
  /** Row-major: a row a period, a column a configuration. */
  returns: Float64Array;
  periods: number;
  configurations: number;
}

/** @throws StatisticsError where there are too few periods or configurations, or `blocks` is odd */
export function overfitting({ returns, periods, configurations }: Trials, blocks = 16): Overfitting {
  if (blocks < 2 || blocks % 2 !== 0) {
    throw new StatisticsError(
      'bad-option',
      `Overfitting needs an even number of blocks, and ${blocks} was given. 16 is usual.`,
    );
  }
  if (configurations < 2 || periods < 2 * blocks) {
    throw new StatisticsError(
      'too-few',
      `Overfitting over ${blocks} blocks needs two configurations and ${2 * blocks} periods; there are ${configurations} and ${periods}.`,
    );
  }
  const sums = blockSums(returns, periods, configurations, blocks);
  const splits = binomial(blocks, blocks / 2);
  const result = {
    logits: new Float64Array(splits),
    inSample: new Float64Array(splits),
    outOfSample: new Float64Array(splits),
  };
  const half = new HalfRatios(sums);
  let split = 0;
  // Each choice of half the blocks stands for two splits: itself, and its complement with the halves exchanged.
  eachHalf(sums, (depth) => {
    half.look(depth);
    record(half.chosen, half.rest);
    record(half.rest, half.chosen);
  });
  const overfit = result.logits.reduce((count, logit) => count + (logit <= 0 ? 1 : 0), 0);
  const losses = result.outOfSample.reduce((count, ratio) => count + (ratio < 0 ? 1 : 0), 0);
  return {
    ...result,
    splits,
    probability: overfit / splits,
    lossProbability: losses / splits,
    slope: slopeOf(result.inSample, result.outOfSample),
  };

  function record(inside: Float64Array, outside: Float64Array): void {
    let champion = 0;
    for (let i = 1; i < configurations; i += 1) {
      if ((inside[i] as number) > (inside[champion] as number)) champion = i;
    }
    const outcome = outside[champion] as number;
    let [below, equal] = [0, 0];
    for (let i = 0; i < configurations; i += 1) {
      const other = outside[i] as number;
      if (other < outcome) below += 1;
      else if (other === outcome) equal += 1;
    }
    const rank = (below + (equal + 1) / 2) / (configurations + 1);
    result.logits[split] = Math.log(rank / (1 - rank));
    result.inSample[split] = inside[champion] as number;
    result.outOfSample[split] = outcome;
    split += 1;
  }
}

interface BlockSums {
  blocks: number;
  configurations: number;
  /** Row-major by block: length, then sum and sum of squares of each configuration. */
  lengths: Float64Array;
  sums: Float64Array;
  squares: Float64Array;
}

function blockSums(
  returns: Float64Array,
  periods: number,
  configurations: number,
  blocks: number,
): BlockSums {
  const lengths = new Float64Array(blocks);
  const sums = new Float64Array(blocks * configurations);
  const squares = new Float64Array(blocks * configurations);
  for (let period = 0; period < periods; period += 1) {
    const block = Math.floor((period * blocks) / periods);
    lengths[block] = (lengths[block] as number) + 1;
    for (let i = 0; i < configurations; i += 1) {
      const value = returns[period * configurations + i] as number;
      const cell = block * configurations + i;
      sums[cell] = (sums[cell] as number) + value;
      squares[cell] = (squares[cell] as number) + value * value;
    }
  }
  return { blocks, configurations, lengths, sums, squares };
}

/** Sums at each depth of the walk, so that a split costs one addition a configuration and nothing drifts. */
interface Depth {
  periods: number;
  sums: Float64Array;
  squares: Float64Array;
}

/** Visits every choice of half the blocks that holds the first one. */
function eachHalf(blocks: BlockSums, visit: (chosen: Depth) => void): void {
  const size = blocks.blocks / 2;
  const n = blocks.configurations;
  const depths: Depth[] = Array.from({ length: size + 1 }, () => ({
    periods: 0,
    sums: new Float64Array(n),
    squares: new Float64Array(n),
  }));
  const take = (depth: number, block: number) => {
    const from = depths[depth] as Depth;
    const into = depths[depth + 1] as Depth;
    into.periods = from.periods + (blocks.lengths[block] as number);
    for (let i = 0; i < n; i += 1) {
      into.sums[i] = (from.sums[i] as number) + (blocks.sums[block * n + i] as number);
      into.squares[i] = (from.squares[i] as number) + (blocks.squares[block * n + i] as number);
    }
  };
  const descend = (depth: number, next: number) => {
    if (depth === size) {
      visit(depths[depth] as Depth);
      return;
    }
    for (let block = next; block <= blocks.blocks - (size - depth); block += 1) {
      take(depth, block);
      descend(depth + 1, block + 1);
    }
  };
  take(0, 0);
  descend(1, 1);
}

/** Sharpe ratios of the chosen half and of the rest, by configuration. */
class HalfRatios {
  readonly chosen: Float64Array;
  readonly rest: Float64Array;
  readonly #all: Depth;

  constructor({ blocks, configurations, lengths, sums, squares }: BlockSums) {
    this.chosen = new Float64Array(configurations);
    this.rest = new Float64Array(configurations);
    const total = (cells: Float64Array) =>
      Float64Array.from({ length: configurations }, (_, i) => {
        let all = 0;
        for (let block = 0; block < blocks; block += 1) all += cells[block * configurations + i] as number;
        return all;
      });
    this.#all = {
      periods: lengths.reduce((a, b) => a + b, 0),
      sums: total(sums),
      squares: total(squares),
    };
  }

  look({ periods, sums, squares }: Depth): void {
    const all = this.#all;
    for (let i = 0; i < sums.length; i += 1) {
      const [sum, square] = [sums[i] as number, squares[i] as number];
      this.chosen[i] = ratio(periods, sum, square);
      this.rest[i] = ratio(
        all.periods - periods,
        (all.sums[i] as number) - sum,
        (all.squares[i] as number) - square,
      );
    }
  }
}

function ratio(periods: number, sum: number, square: number): number {
  const spread = square - (sum * sum) / periods;
  if (spread <= square * 1e-14) return 0;
  return sum / periods / Math.sqrt(spread / (periods - 1));
}

function slopeOf(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const centreX = x.reduce((a, b) => a + b, 0) / n;
  const centreY = y.reduce((a, b) => a + b, 0) / n;
  let [cross, square] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    cross += ((x[i] as number) - centreX) * ((y[i] as number) - centreY);
    square += ((x[i] as number) - centreX) ** 2;
  }
  return cross / square;
}

export function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i += 1) result = (result * (n - k + i)) / i;
  return Math.round(result);
}

/** Whether outcomes of `a` are at least as likely to exceed any level as those of `b` (first), or on average (second). */
export function stochasticDominance(a: Float64Array, b: Float64Array): { first: boolean; second: boolean } {
  const [sortedA, sortedB] = [a.toSorted(), b.toSorted()];
  const levels = Float64Array.from([...sortedA, ...sortedB]).sort();
  let [atA, atB, areaA, areaB] = [0, 0, 0, 0];
  let [first, second] = [true, true];
  for (let i = 0; i < levels.length; i += 1) {
    const level = levels[i] as number;
    const width = i > 0 ? level - (levels[i - 1] as number) : 0;
    areaA += (atA / a.length) * width;
    areaB += (atB / b.length) * width;
    while (atA < a.length && (sortedA[atA] as number) <= level) atA += 1;
    while (atB < b.length && (sortedB[atB] as number) <= level) atB += 1;
    if (atA / a.length > atB / b.length + 1e-12) first = false;
    if (areaA > areaB + 1e-12) second = false;
  }
  return { first, second };
}
