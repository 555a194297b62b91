import {
  type Choice,
  chooseBySplits,
  combinatorialFolds,
  overfitting,
  pathsOf,
  purgedFolds,
  type Split,
  StatisticsError,
  sharpeInterval,
  sharpeSample,
  type Trials,
  walkForward,
} from '../statistics/index.ts';
import { SweepError } from './errors.ts';
import { type Series, unpackSeries } from './series.ts';

/** How choosing among the points is put to the test. Lengths are in dates. */
export interface SelectionOptions {
  /** That labels look ahead: as many dates lie between training and test, or more. */
  horizon: number;
  /** Further dates left out of training after each test. */
  embargo: number;
  folds: number;
  /** Of the folds, tested together. */
  testFolds: number;
  /** Of walk-forward; null: half of the dates, and a quarter of a year. */
  train: number | null;
  test: number | null;
  /** Null: as long as the horizon. */
  gap: number | null;
}

export const defaultSelection: SelectionOptions = {
  ...{ horizon: 1, embargo: 0, folds: 6, testFolds: 2 },
  ...{ train: null, test: null, gap: null },
};

/** @throws SweepError `bad-option` before anything is computed */
export function checkSelection(options: SelectionOptions): void {
  const { horizon, gap, folds, testFolds } = options;
  const wrong = (sentence: string) => new SweepError('bad-option', sentence);
  for (const [name, value] of Object.entries(options)) {
    if (value !== null && !(Number.isInteger(value) && value >= 0)) {
      throw wrong(`${name} is a whole number of 0 or more, not ${value}.`);
    }
  }
  if (gap !== null && gap < horizon) {
    throw wrong(
      `A gap of ${gap} dates lets labels that look ${horizon} ahead reach into the test. Make it ${horizon} or more.`,
    );
  }
  if (!(testFolds >= 1 && testFolds < folds && folds <= 16)) {
    throw wrong(`Of 2 to 16 folds some are the test and some are not: ${testFolds} of ${folds} cannot be.`);
  }
}

interface Span {
  from: string;
  to: string;
}

/** One test of what was best in its training. Ratios are annual. */
export interface SelectedTest {
  test: Span;
  /** Place of the point among those of the answer. */
  point: number;
  inSample: number | null;
  outOfSample: number | null;
}

/** All tests together, as one record. */
interface Tested {
  tests: SelectedTest[];
  sharpe: number | null;
  interval: [number, number] | null;
}

export interface WalkedForward extends Tested {
  window: 'anchored' | 'rolling';
  train: number;
  test: number;
  gap: number;
}

/** Whether the best point is a choice that would have held. Ratios are annual. */
export interface Selection {
  options: SelectionOptions;
  /**
   * `settings`: chosen anew for each test. `static`: there is nothing to choose, and the tests are parts of one run. The
   * scores are the same in all of them either way: whether a model was trained anew is not seen here.
   */
  fitting: 'settings' | 'static';
  /** Combinatorially symmetric cross-validation; null where there are too few points or dates. */
  overfitting: SweptOverfitting | null;
  walkForward: WalkedForward[];
  /** Purged folds, each the test once. */
  folds: Tested;
  /** Whole histories out of every choice of folds to test. */
  paths: { folds: number; testFolds: number; splits: number; sharpes: number[] };
}

export interface SweptOverfitting {
  probability: number;
  lossProbability: number;
  /** Of the best's ratio out of sample over that in sample. */
  slope: number | null;
  blocks: number;
  splits: number;
  verdict: 'pass' | 'fail' | 'unproven';
  sentence: string;
  /** Logits of the best's rank out of sample: `counts[i]` lie between `edges[i]` and `edges[i + 1]`. */
  logits: { edges: number[]; counts: number[] };
  /** Of a part of the splits: in sample, out of sample. */
  ratios: [number, number][];
}

/** Why there is none, as a sentence, where that is so. */
export type SelectionOutcome = { selection: Selection; problem: null } | { selection: null; problem: string };

/** More configurations than this make fewer blocks do: the work grows with both. */
const manyConfigurations = 2_000;
const mostRatios = 400;
const bins = 24;

/** @param points the places and series of those that have one */
export function selectionOf(
  points: readonly { place: number; series: Series }[],
  dates: readonly string[],
  periodsPerYear: number,
  options: SelectionOptions,
): SelectionOutcome {
  if (points.length === 0) return { selection: null, problem: 'No point has returns to choose by.' };
  const start = Math.max(...points.map(({ series }) => series.start));
  const trials = trialsOf(points, start, dates.length - start);
  const annual = Math.sqrt(periodsPerYear);
  const spanOf = (periods: Int32Array): Span => ({
    from: dates[start + (periods[0] as number)] as string,
    to: dates[start + (periods.at(-1) as number)] as string,
  });
  const tested = (splits: readonly Split[]): Tested => {
    const choices = chooseBySplits(trials, splits);
    return {
      tests: choices.map(({ configuration, inSample, outOfSample }, i) => ({
        test: spanOf((splits[i] as Split).test),
        point: (points[configuration] as { place: number }).place,
        inSample: annually(inSample, annual),
        outOfSample: annually(outOfSample, annual),
      })),
      ...recordOf(choices, annual),
    };
  };
  const { horizon, embargo, folds, testFolds } = options;
  const { periods } = trials;
  const [train, test] = [
    options.train ?? Math.floor(periods / 2),
    options.test ?? Math.max(1, Math.min(Math.round(periodsPerYear / 4), Math.floor(periods / 8))),
  ];
  const gap = options.gap ?? horizon;
  try {
    const combined = combinatorialFolds({ periods, folds, testFolds, horizon, embargo });
    const paths = pathsOf(periods, combined, chooseBySplits(trials, combined.splits));
    return {
      selection: {
        options,
        fitting: trials.configurations > 1 ? 'settings' : 'static',
        overfitting: overfittingOf(trials, annual),
        walkForward: (['anchored', 'rolling'] as const).map((window) => ({
          ...{ window, train, test, gap },
          ...tested(walkForward({ periods, train, test, gap, horizon, window })),
        })),
        folds: tested(purgedFolds({ periods, folds, horizon, embargo })),
        paths: {
          ...{ folds, testFolds, splits: combined.splits.length },
          sharpes: paths.map((path) => sharpeSample(path).sharpe * annual).filter(Number.isFinite),
        },
      },
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    return { selection: null, problem: error.message };
  }
}

function trialsOf(points: readonly { series: Series }[], start: number, periods: number): Trials {
  const configurations = points.length;
  const returns = new Float64Array(periods * configurations);
  for (const [i, { series }] of points.entries()) {
    const own = unpackSeries(series).subarray(start - series.start);
    for (let period = 0; period < periods; period += 1) {
      returns[period * configurations + i] = own[period] as number;
    }
  }
  return { returns, periods, configurations };
}

const annually = (ratio: number, annual: number) => (Number.isFinite(ratio) ? ratio * annual : null);

function recordOf(choices: readonly Choice[], annual: number): Pick<Tested, 'sharpe' | 'interval'> {
  const sample = sharpeSample(choices.flatMap(({ tested }) => Array.from(tested)));
  const [low, high] = sharpeInterval(sample);
  return {
    sharpe: annually(sample.sharpe, annual),
    interval: Number.isFinite(low) && Number.isFinite(high) ? [low * annual, high * annual] : null,
  };
}

function overfittingOf(trials: Trials, annual: number): SweptOverfitting | null {
  const most = trials.configurations > manyConfigurations ? 10 : 16;
  // A ratio over fewer than ten dates is no ratio.
  const blocks = Math.min(most, 2 * Math.floor(trials.periods / 20));
  if (trials.configurations < 2 || blocks < 4) return null;
  const { probability, lossProbability, slope, splits, logits, inSample, outOfSample } = overfitting(
    trials,
    blocks,
  );
  const step = Math.ceil(splits / mostRatios);
  const ratios = Array.from(inSample, (ratio, i): [number, number] => [
    ratio * annual,
    (outOfSample[i] as number) * annual,
  ]);
  return {
    ...{ probability, lossProbability, blocks, splits },
    slope: Number.isFinite(slope) ? slope : null,
    ...judged(probability, trials.configurations),
    logits: histogram(logits),
    ratios: ratios.filter((_, i) => i % step === 0),
  };
}

/** Bailey and others (2017) take 5 % as the level above which a choice is not believed. */
function judged(probability: number, configurations: number): Pick<SweptOverfitting, 'verdict' | 'sentence'> {
  const told = `The best of ${configurations} in one half of the dates is in the worse half of them in the other with a probability of ${(100 * probability).toFixed(0)} %`;
  if (probability <= 0.05) return { verdict: 'pass', sentence: `${told}.` };
  return probability >= 0.5
    ? { verdict: 'fail', sentence: `${told}: choosing by this record is no better than drawing one.` }
    : {
        verdict: 'unproven',
        sentence: `${told}: the choice may be luck. At most 5 % would show that it is not.`,
      };
}

function histogram(values: Float64Array): SweptOverfitting['logits'] {
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const width = (high - low) / bins || 1;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { edges: Array.from({ length: bins + 1 }, (_, i) => low + i * width), counts };
}
