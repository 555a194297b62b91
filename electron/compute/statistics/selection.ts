import { StatisticsError } from './errors.ts';
import type { CombinatorialSplits, Split } from './folds.ts';
import type { Trials } from './overfitting.ts';
import { sharpeSample } from './sharpe-uncertainty.ts';

/** What choosing the best configuration in training gives in the test. Ratios are per period. */
export interface Choice {
  configuration: number;
  inSample: number;
  outOfSample: number;
  /** Of the choice, by place in the test. */
  tested: Float64Array;
}

/** In each split the configuration with the best Sharpe ratio in training is held in the test. */
export function chooseBySplits(trials: Trials, splits: readonly Split[]): Choice[] {
  if (trials.configurations < 1) {
    throw new StatisticsError('too-few', 'There is no configuration to choose from. Give one at least.');
  }
  return splits.map(({ train, test }) => {
    const [configuration, inSample] = bestIn(trials, train);
    const tested = Float64Array.from(
      test,
      (period) => trials.returns[period * trials.configurations + configuration] as number,
    );
    return { configuration, inSample, outOfSample: sharpeSample(tested).sharpe, tested };
  });
}

/** Whole histories, one a path: each period comes from a split that tests it. */
export function pathsOf(
  periods: number,
  { splits, paths }: CombinatorialSplits,
  choices: readonly Choice[],
): Float64Array[] {
  const folds = paths[0]?.length ?? 0;
  const [size, rest] = [Math.floor(periods / folds), periods % folds];
  return paths.map((path) => {
    const history = new Float64Array(periods);
    for (const [fold, split] of path.entries()) {
      const start = fold * size + Math.min(fold, rest);
      const end = start + size + (fold < rest ? 1 : 0);
      const { test } = splits[split] as Split;
      const { tested } = choices[split] as Choice;
      for (const [i, period] of test.entries()) {
        if (period >= start && period < end) history[period] = tested[i] as number;
      }
    }
    return history;
  });
}

function bestIn({ returns, configurations }: Trials, periods: Int32Array): [number, number] {
  const [sums, squares] = [new Float64Array(configurations), new Float64Array(configurations)];
  for (const period of periods) {
    const row = period * configurations;
    for (let i = 0; i < configurations; i += 1) {
      const value = returns[row + i] as number;
      sums[i] = (sums[i] as number) + value;
      squares[i] = (squares[i] as number) + value * value;
    }
  }
  const n = periods.length;
  let [best, most] = [0, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < configurations; i += 1) {
    const [sum, square] = [sums[i] as number, squares[i] as number];
    const spread = square - (sum * sum) / n;
    const ratio = spread > square * 1e-14 ? sum / n / Math.sqrt(spread / (n - 1)) : 0;
    if (ratio > most) [best, most] = [i, ratio];
  }
  return [best, most];
}
