import {
  type BacktestConfig,
  type BacktestRun,
  backtestReturns,
  type Panel,
  type Ranking,
  runSweep,
  turnoverOf,
} from '../backtest/index.ts';
import {
  annualisedReturn,
  maxDrawdown,
  ours,
  sharpe,
  sharpeSample,
  totalReturn,
} from '../statistics/index.ts';
import type { PointFigures, PointResult, SweepPoint } from './point.ts';
import { packSeries } from './series.ts';

/** Runs points over a panel. Results come as they are found, in the order of the points. */
export function* evaluate(
  panel: Panel,
  points: readonly SweepPoint[],
  ranking: Ranking,
): Generator<PointResult> {
  let i = 0;
  for (const outcome of runSweep(
    panel,
    points.map(({ config }) => config),
    ranking,
  )) {
    const { digest, periodsPerYear } = points[i] as SweepPoint;
    i += 1;
    yield 'problem' in outcome
      ? { digest, figures: null, series: null, problem: outcome.problem }
      : judged(digest, outcome.run, outcome.config, periodsPerYear);
  }
}

/** A series that never moves has no ratio, and one of a few days none that means anything. */
function judged(
  digest: string,
  run: BacktestRun,
  config: BacktestConfig,
  periodsPerYear: number,
): PointResult {
  const returns = backtestReturns(run, config);
  const figures = figuresOf(run, config, returns, periodsPerYear);
  const { sharpe: ratio, sample } = figures;
  const known = [ratio, sample.skewness, sample.kurtosis].every(Number.isFinite);
  return known
    ? { digest, figures, series: packSeries(run.start, returns), problem: null }
    : {
        digest,
        figures: null,
        series: null,
        problem: `Its ${sample.periods} daily returns have no Sharpe ratio: they are too few, or never change.`,
      };
}

function figuresOf(
  run: BacktestRun,
  config: BacktestConfig,
  returns: Float64Array,
  periodsPerYear: number,
): PointFigures {
  const convention = { ...ours, periodsPerYear };
  const traded = run.rebalances.map(({ turnover }) => turnover);
  return {
    sharpe: sharpe(returns, convention),
    totalReturn: totalReturn(returns, convention),
    annualisedReturn: annualisedReturn(returns, convention),
    maxDrawdown: Math.abs(maxDrawdown(returns, convention).depth),
    turnover: turnoverOf(traded, returns.length, convention).turnover.value,
    costShare: (run.commission + run.slippage) / config.capital,
    finalValue: run.values.at(-1) as number,
    sample: sharpeSample(returns),
  };
}
