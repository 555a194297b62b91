import { basename } from 'node:path';
import {
  type BacktestConfig,
  BacktestError,
  type BacktestRun,
  backtestFigures,
  backtestReturns,
  type Panel,
  runBacktest,
} from '../backtest/index.ts';
import { type BacktestFile, readBacktestConfig } from '../data/index.ts';
import {
  compareSharpe,
  correlation,
  mean,
  meanStandardError,
  normalQuantile,
  ours,
  type SharpeDifference,
} from '../statistics/index.ts';
import { openPanel } from './panel.ts';
import { type PanelTrial, trialOf } from './trial.ts';
import { digestOf, finite, type WrittenFigure, writtenAll } from './written.ts';

/** Two configurations over one panel, such as weekly and monthly. */
export interface CompareQuestion {
  panel: string;
  calendar?: string | null;
  configs: readonly [string, string];
}

export interface ComparedRun {
  config: string;
  /** Of the whole run, as `backtest` gives them. */
  metrics: Record<string, WrittenFigure>;
  rebalances: number;
  finalValue: number;
  /** As one of those that were tried on this panel. */
  trial: PanelTrial;
}

export interface CompareAnswer {
  runs: [ComparedRun, ComparedRun];
  /** The dates that both have: what follows is about these alone. */
  from: string;
  to: string;
  periods: number;
  /** The first less the second, annual; `interval` is the bootstrap's, `robustInterval` that of a standard error. */
  difference: {
    sharpe: number | null;
    interval: [number, number] | null;
    robustInterval: [number, number] | null;
    /** Share of resamples in which the first has the better ratio. */
    better: number;
    /** Mean return, not compounded. */
    meanReturn: number;
    meanReturnInterval: [number, number];
    verdict: SharpeDifference['verdict'];
    sentence: string;
    /** Length of a record in which a difference of this size would show; null where it does, or never would. */
    periodsNeeded: number | null;
  };
  /** Of the daily returns. */
  correlation: number | null;
  /** Both from 1 before the first shared date. */
  equity: { date: string; first: number; second: number; firstDrawdown: number; secondDrawdown: number }[];
  digest: string;
}

/** @throws DataError, BacktestError */
export async function answerCompare({
  panel: path,
  calendar,
  configs,
}: CompareQuestion): Promise<CompareAnswer> {
  const files = [await readConfig(configs[0]), await readConfig(configs[1])] as const;
  const [{ periodsPerYear }] = files;
  if (files[1].periodsPerYear !== periodsPerYear) {
    throw new BacktestError(
      'bad-config',
      `${configs[0]} has ${periodsPerYear} periods a year, and ${configs[1]} ${files[1].periodsPerYear}. Set periods_per_year to the same in both.`,
    );
  }
  const { panel, digests } = await openPanel(path, calendar);
  const runs = files.map(({ config }) => runBacktest(panel, config)) as [BacktestRun, BacktestRun];
  const start = Math.max(runs[0].start, runs[1].start);
  const [first, second] = runs.map((run, i) =>
    backtestReturns(run, (files[i] as BacktestFile<BacktestConfig>).config).subarray(start - run.start),
  ) as [Float64Array, Float64Array];
  const names = configs.map((path) => basename(path)) as [string, string];
  return {
    runs: [0, 1].map((i) =>
      runOf({ panel, sha256: digests[0] as string }, runs[i as 0 | 1], files[i as 0 | 1], names[i as 0 | 1]),
    ) as CompareAnswer['runs'],
    from: panel.dates[start] as string,
    to: panel.dates.at(-1) as string,
    periods: first.length,
    difference: differenceOf(first, second, periodsPerYear, names),
    correlation: finite(correlation(first, second)),
    equity: equityOf(panel.dates.slice(start), first, second),
    digest: digestOf('compare', digests, files),
  };
}

async function readConfig(path: string): Promise<BacktestFile<BacktestConfig>> {
  const { costPenalty, ...file } = await readBacktestConfig(path);
  if (costPenalty > 0) {
    throw new BacktestError(
      'bad-config',
      `${path}: cost_penalty takes a cost from a score, which has no unit. Set it to 0 to compare.`,
    );
  }
  return file;
}

function runOf(
  { panel, sha256 }: { panel: Panel; sha256: string },
  run: BacktestRun,
  file: BacktestFile<BacktestConfig>,
  config: string,
): ComparedRun {
  const { periodsPerYear } = file;
  return {
    config,
    metrics: writtenAll(backtestFigures(panel, run, file.config, { ...ours, periodsPerYear })),
    rebalances: run.rebalances.length,
    finalValue: run.values.at(-1) as number,
    trial: {
      panel: sha256,
      ...trialOf('ours', file.config, backtestReturns(run, file.config), periodsPerYear),
    },
  };
}

function differenceOf(
  first: Float64Array,
  second: Float64Array,
  periodsPerYear: number,
  names: readonly [string, string],
): CompareAnswer['difference'] {
  const annual = Math.sqrt(periodsPerYear);
  const found = compareSharpe(first, second, { resamples: 10_000, seed: 1 });
  const ends = ([low, high]: [number, number]): [number, number] | null =>
    Number.isFinite(low) && Number.isFinite(high) ? [low * annual, high * annual] : null;
  const apart = first.map((value, i) => value - (second[i] as number));
  const meanReturn = mean(apart) * periodsPerYear;
  const half = normalQuantile(0.975) * meanStandardError(apart) * periodsPerYear;
  const needed = Math.ceil(
    first.length * ((normalQuantile(0.975) * found.standardError) / found.difference) ** 2,
  );
  const periodsNeeded = found.verdict === 'unproven' && Number.isFinite(needed) ? needed : null;
  const sharpe = finite(found.difference * annual);
  return {
    sharpe,
    interval: ends(found.interval),
    robustInterval: ends(found.robustInterval),
    better: found.better,
    meanReturn,
    meanReturnInterval: [meanReturn - half, meanReturn + half],
    verdict: found.verdict,
    sentence: sentenceOf(found, annual, names, first.length, periodsNeeded, periodsPerYear),
    periodsNeeded,
  };
}

function sentenceOf(
  { difference, interval, verdict }: SharpeDifference,
  annual: number,
  [first, second]: readonly [string, string],
  periods: number,
  needed: number | null,
  periodsPerYear: number,
): string {
  if (Number.isNaN(difference)) return 'One of the two never moves: it has no Sharpe ratio to compare.';
  const shown = (value: number) => (value * annual).toFixed(2);
  const told = `The Sharpe ratio of ${first} less that of ${second} is ${shown(difference)} [${interval.map(shown).join(', ')}]`;
  if (verdict !== 'unproven')
    return `${told}: ${verdict === 'first' ? first : second} is better beyond chance.`;
  if (needed === null) return `${told}: there is no difference to show.`;
  const years = needed / periodsPerYear;
  return `${told}: over ${periods} days chance explains it. To show one of this size takes about ${needed} days (${years.toFixed(years < 10 ? 1 : 0)} years).`;
}

function equityOf(
  dates: readonly string[],
  first: Float64Array,
  second: Float64Array,
): CompareAnswer['equity'] {
  const one = { value: 1, peak: 1 };
  const other = { value: 1, peak: 1 };
  const step = (of: { value: number; peak: number }, by: number) => {
    of.value *= 1 + by;
    of.peak = Math.max(of.peak, of.value);
    return of.value / of.peak - 1;
  };
  return dates.map((date, i) => {
    const firstDrawdown = step(one, first[i] as number);
    const secondDrawdown = step(other, second[i] as number);
    return { date, first: one.value, second: other.value, firstDrawdown, secondDrawdown };
  });
}
