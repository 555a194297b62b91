import { StatisticsError } from './errors.ts';
import { binomial } from './overfitting.ts';

/** Splits of ordered periods for models whose label looks `horizon` periods ahead. They know nothing of models. */
export interface Split {
  train: Int32Array;
  test: Int32Array;
}

interface Purge {
  periods: number;
  folds: number;
  /** Periods a label looks ahead; as many are left out between training and test, on both sides. */
  horizon: number;
  /** Further periods left out of training after each test. */
  embargo?: number;
}

/** Ordered folds; each is the test once. @throws StatisticsError `too-few`, `bad-option` */
export function purgedFolds(options: Purge): Split[] {
  const bounds = foldBounds(options);
  return bounds.map((_, fold) => split(options, bounds, [fold]));
}

export interface CombinatorialSplits {
  splits: Split[];
  /** Each path tests every fold once: for each fold, the split that tests it. */
  paths: Int32Array[];
}

/** More splits than this are refused: they would not end. */
const mostSplits = 100_000;

/** Every choice of `testFolds` folds as the test (López de Prado 2018, chapter 12). Remainders go to the first folds. */
export function combinatorialFolds(options: Purge & { testFolds: number }): CombinatorialSplits {
  const { folds, testFolds } = options;
  const bounds = foldBounds(options);
  if (!(Number.isInteger(testFolds) && testFolds >= 1 && testFolds < folds)) {
    throw new StatisticsError(
      'bad-option',
      `Of ${folds} folds, 1 to ${folds - 1} can be the test, not ${testFolds}.`,
    );
  }
  const count = binomial(folds, testFolds);
  if (count > mostSplits) {
    throw new StatisticsError(
      'bad-option',
      `${testFolds} of ${folds} folds give ${count} splits, and ${mostSplits} are the most. Take fewer folds.`,
    );
  }
  const choices = combinations(folds, testFolds);
  const paths = Array.from({ length: (count * testFolds) / folds }, () => new Int32Array(folds));
  const tested = new Int32Array(folds);
  choices.forEach((choice, index) => {
    for (const fold of choice) {
      const path = paths[tested[fold] as number] as Int32Array;
      path[fold] = index;
      tested[fold] = (tested[fold] as number) + 1;
    }
  });
  return { splits: choices.map((choice) => split(options, bounds, choice)), paths };
}

function combinations(n: number, size: number): number[][] {
  if (size === 0) return [[]];
  const found: number[][] = [];
  const extend = (chosen: number[], next: number) => {
    if (chosen.length === size) found.push(chosen);
    else for (let i = next; i <= n - (size - chosen.length); i += 1) extend([...chosen, i], i + 1);
  };
  extend([], 0);
  return found;
}

function foldBounds({ periods, folds, horizon, embargo = 0 }: Purge): [number, number][] {
  whole({ periods, folds, horizon, embargo });
  if (folds < 2 || periods < folds) {
    throw new StatisticsError(
      'too-few',
      `${periods} periods cannot be cut into ${folds} folds. Take 2 to ${periods}.`,
    );
  }
  const [size, rest] = [Math.floor(periods / folds), periods % folds];
  return Array.from({ length: folds }, (_, fold) => {
    const start = fold * size + Math.min(fold, rest);
    return [start, start + size + (fold < rest ? 1 : 0)];
  });
}

function split(
  { periods, horizon, embargo = 0 }: Purge,
  bounds: readonly [number, number][],
  tested: readonly number[],
): Split {
  const ranges = tested.map((fold) => bounds[fold] as [number, number]);
  const within = (i: number, before: number, after: number) =>
    ranges.some(([start, end]) => i >= start - before && i < end + after);
  const all = Int32Array.from({ length: periods }, (_, i) => i);
  const train = all.filter((i) => !within(i, horizon, horizon + embargo));
  if (train.length === 0) {
    throw new StatisticsError(
      'too-few',
      `A horizon of ${horizon} and an embargo of ${embargo} periods leave nothing to train on in ${periods} periods. Take fewer folds or a shorter embargo.`,
    );
  }
  return { train, test: all.filter((i) => within(i, 0, 0)) };
}

export interface WalkForward {
  periods: number;
  /** Periods of the first training window, and of each test. */
  train: number;
  test: number;
  /** Periods left out between training and test. */
  gap: number;
  horizon: number;
  /** Anchored windows grow from the first period; rolling ones keep their length. */
  window: 'anchored' | 'rolling';
}

/**
 * Tests follow each other without a hole, each on a model trained before it.
 * @throws StatisticsError `leak` where the gap is shorter than the horizon
 */
export function walkForward({ periods, train, test, gap, horizon, window }: WalkForward): Split[] {
  whole({ periods, train, test, gap, horizon });
  if (gap < horizon) {
    throw new StatisticsError(
      'leak',
      `A gap of ${gap} periods lets labels that look ${horizon} periods ahead reach into the test. Make the gap ${horizon} or more.`,
    );
  }
  if (train < 1 || test < 1 || train + gap + test > periods) {
    throw new StatisticsError(
      'too-few',
      `${train} periods of training, ${gap} of gap and ${test} of test do not fit into ${periods} periods.`,
    );
  }
  const splits: Split[] = [];
  for (let start = train + gap; start + test <= periods; start += test) {
    const end = start - gap;
    splits.push({
      train: range(window === 'anchored' ? 0 : end - train, end),
      test: range(start, start + test),
    });
  }
  return splits;
}

/** One model over all windows is a static test, whatever it is called. */
export function fittingOf(modelDigests: readonly string[]): 'retrained' | 'static' {
  return modelDigests.length > 1 && new Set(modelDigests).size === modelDigests.length
    ? 'retrained'
    : 'static';
}

function range(start: number, end: number): Int32Array {
  return Int32Array.from({ length: end - start }, (_, i) => start + i);
}

function whole(values: Record<string, number>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isInteger(value) || value < 0) {
      throw new StatisticsError('bad-option', `"${name}" is a whole number of 0 or more, not ${value}.`);
    }
  }
}
