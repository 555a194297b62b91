import {
  type Convention,
  type Figure,
  mean,
  ours,
  type ReturnFigureName,
  rankingQuality,
  returnFigures,
  returnsOfValues,
  shareInterval,
  signalFigures,
} from '../statistics/index.ts';
import type { BacktestConfig } from './config.ts';
import type { BacktestRun } from './engine.ts';
import type { Panel } from './panel.ts';
import { closedTrades } from './trades.ts';

export type BacktestFigures = Record<ReturnFigureName, Figure> & Record<string, Figure>;

/** Daily returns from the first fill on; the first one holds the cost of building the portfolio up. */
export function backtestReturns(run: BacktestRun, { capital }: BacktestConfig): Float64Array {
  return returnsOfValues(run.values.subarray(run.start), capital);
}

/** Everything about a run as figures. What needs trades or labels is there where they are. */
export function backtestFigures(
  panel: Panel,
  run: BacktestRun,
  config: BacktestConfig,
  convention: Convention = ours,
): BacktestFigures {
  const returns = backtestReturns(run, config);
  return {
    ...returnFigures(returns, convention),
    ...turnoverFigures(run, config, returns.length, convention),
    ...tradeFigures(panel, run, convention),
    ...signalOfRun(panel, run, config, convention),
  };
}

function turnoverFigures(
  { rebalances, values, start, commission, slippage }: BacktestRun,
  { capital }: BacktestConfig,
  days: number,
  { name, periodsPerYear }: Convention,
): Record<string, Figure> {
  const years = days / periodsPerYear;
  const cost = commission + slippage;
  const of = (value: number, unit: Figure['unit'], method: string): Figure => ({
    value,
    unit,
    convention: { name, method },
  });
  return {
    ...turnoverOf(
      rebalances.map(({ turnover }) => turnover),
      days,
      { name, periodsPerYear },
    ),
    totalCost: of(cost, 'money', 'commission and slippage, in the currency of the prices'),
    costShare: of(cost / capital, 'fraction', 'whole run, of the initial capital'),
    annualCost: of(
      cost / mean(values.subarray(start)) / years,
      'fraction',
      `in ${periodsPerYear} days, of the mean value`,
    ),
  };
}

/** @param traded half of what was traded, of the portfolio, at each rebalance; @param days the length of the run */
export function turnoverOf(
  traded: readonly number[],
  days: number,
  { name, periodsPerYear }: Pick<Convention, 'name' | 'periodsPerYear'>,
): Record<'turnover' | 'annualTurnover', Figure> {
  const all = traded.reduce((a, b) => a + b, 0);
  return {
    turnover: {
      value: mean(traded),
      unit: 'fraction',
      convention: { name, method: 'half of what is traded at a rebalance, mean, building up included' },
    },
    annualTurnover: {
      value: (all / days) * periodsPerYear,
      unit: 'fraction',
      convention: { name, method: `half of what is traded in ${periodsPerYear} days` },
    },
  };
}

function tradeFigures(panel: Panel, run: BacktestRun, { name }: Convention): Record<string, Figure> {
  const count: Figure = {
    value: run.tradeCount,
    unit: 'count',
    convention: { name, method: 'buys and sales' },
  };
  if (run.trades === null) return { trades: count };
  const gains = closedTrades(panel.codes.length, run.trades).map(({ gain }) => gain);
  const won = gains.filter((gain) => gain > 0);
  const lost = gains.filter((gain) => gain < 0);
  const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const of = (value: number, unit: Figure['unit'], method: string): Figure => ({
    value,
    unit,
    convention: { name, method },
  });
  const basis = 'by sale, against the mean price paid, costs included';
  return {
    trades: count,
    winRateByTrade: {
      ...of(won.length / gains.length, 'fraction', basis),
      convention: { name, method: basis, interval: '95 %, Wilson' },
      interval: shareInterval(won.length, gains.length),
    },
    profitFactorByTrade: of(lost.length > 0 ? total(won) / -total(lost) : Number.NaN, 'ratio', basis),
    averageTrade: of(mean(gains), 'money', `gain ${basis}`),
  };
}

/** What the scores said of the labels, as a mean over the decision dates. */
function signalOfRun(
  panel: Panel,
  run: BacktestRun,
  config: BacktestConfig,
  { name }: Convention,
): Record<string, Figure> {
  const { label, score, codes } = panel;
  if (label === null) return {};
  const n = codes.length;
  const { topK } = config.strategy;
  const dates = run.rebalances.map(({ decided }) =>
    rankingQuality(
      score.subarray(decided * n, (decided + 1) * n),
      label.subarray(decided * n, (decided + 1) * n),
      topK,
    ),
  );
  return signalFigures(dates, topK, name, 'decisions');
}
