import {
  type Convention,
  compareSharpe,
  type ProbeFinding,
  sharpeInterval,
  sharpeSample,
} from '../../statistics/index.ts';
import type { BacktestConfig } from '../config.ts';
import { runBacktest } from '../engine.ts';
import { backtestReturns } from '../figures.ts';
import type { Panel } from '../panel.ts';

/** Annual. Ratio and interval are NaN where the run has none. */
export interface LagPoint {
  /** Dates that every fill comes later than the configuration says. */
  lag: number;
  sharpe: number;
  interval: [number, number];
}

/** The Sharpe ratio when every fill comes so many dates later. Knowledge of the next day dies with the first one. */
export function lagCurve(
  panel: Panel,
  config: BacktestConfig,
  { periodsPerYear }: Pick<Convention, 'periodsPerYear'>,
  lags: readonly number[] = [0, 1, 2, 3, 5, 10],
): { points: LagPoint[]; finding: ProbeFinding } {
  const annual = Math.sqrt(periodsPerYear);
  const possible = lags.filter((lag) => config.lag + lag < panel.dates.length - 2);
  const runs = possible.map((lag) => {
    const later = { ...config, lag: config.lag + lag };
    return backtestReturns(runBacktest(panel, later, { record: false }), later);
  });
  const points = runs.map((returns, i): LagPoint => {
    const sample = sharpeSample(returns);
    const [low, high] = sharpeInterval(sample);
    return {
      lag: possible[i] as number,
      sharpe: sample.sharpe * annual,
      interval: [low * annual, high * annual],
    };
  });
  const [first, second] = points;
  const probe = 'fill lag';
  if (!first || !second || !(first.sharpe > 0)) {
    const sentence = 'The Sharpe ratio is not above zero without a lag: there is nothing to lose.';
    return { points, finding: { probe, verdict: 'unproven', sentence } };
  }
  const told = `Sharpe ratio ${first.sharpe.toFixed(2)} ${second.sharpe < first.sharpe ? 'falls' : 'goes'} to ${second.sharpe.toFixed(2)} when fills come ${second.lag} day${second.lag === 1 ? '' : 's'} later`;
  if (second.sharpe >= first.sharpe / 2) {
    return { points, finding: { probe, verdict: 'pass', sentence: `${told}.` } };
  }
  const { verdict } = compareSharpe(...sameDates(runs[0] as Float64Array, runs[1] as Float64Array), {
    resamples: 2_000,
    seed: 1,
  });
  return {
    points,
    finding:
      verdict === 'first'
        ? {
            probe,
            verdict: 'fail',
            sentence: `${told}: more than half is gone, and chance does not explain it. Check that scores do not know the day they trade on.`,
          }
        : {
            probe,
            verdict: 'unproven',
            sentence: `${told}: more than half is gone, which chance may explain in a record of this length.`,
          },
  };
}

/** The dates that both series end with. */
function sameDates(a: Float64Array, b: Float64Array): [Float64Array, Float64Array] {
  const length = Math.min(a.length, b.length);
  return [a.subarray(a.length - length), b.subarray(b.length - length)];
}
