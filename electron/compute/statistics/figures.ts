import { bootstrap, percentileInterval } from './bootstrap.ts';
import type { Convention } from './convention.ts';
import { shareInterval } from './distributions.ts';
import type { Figure, FigureConvention } from './figure.ts';
import {
  annualisedReturn,
  calmar,
  considered,
  expectedShortfall,
  maxDrawdown,
  profitFactor,
  sharpe,
  sortino,
  stability,
  tailRatio,
  totalReturn,
  valueAtRisk,
  volatility,
  wins,
} from './returns.ts';
import { sharpeSample, sharpeStandardError } from './sharpe-uncertainty.ts';

export type ReturnFigureName =
  | 'totalReturn'
  | 'annualisedReturn'
  | 'volatility'
  | 'sharpe'
  | 'sortino'
  | 'calmar'
  | 'maxDrawdown'
  | 'winRate'
  | 'profitFactor'
  | 'tailRatio'
  | 'stability'
  | 'valueAtRisk'
  | 'expectedShortfall';

/** One seed, so that the same returns always give the same interval. */
const seed = 20_251_029;
const resamples = 1000;
const resampled = `95 %, stationary bootstrap, ${resamples} resamples`;

/** The parts of a convention each figure depends on. */
const parts: Record<ReturnFigureName, readonly (keyof Convention)[]> = {
  totalReturn: ['compounding'],
  annualisedReturn: ['compounding', 'periodsPerYear', 'years'],
  volatility: ['periodsPerYear', 'ddof', 'firstPeriod'],
  sharpe: ['periodsPerYear', 'ddof', 'riskFreePerPeriod', 'firstPeriod'],
  sortino: ['periodsPerYear', 'downside', 'riskFreePerPeriod', 'firstPeriod'],
  calmar: ['compounding', 'periodsPerYear', 'years'],
  maxDrawdown: ['compounding', 'drawdownSign'],
  winRate: ['winBasis', 'firstPeriod'],
  profitFactor: [],
  tailRatio: [],
  stability: [],
  valueAtRisk: [],
  expectedShortfall: [],
};

const fractions = new Set<ReturnFigureName>([
  'totalReturn',
  'annualisedReturn',
  'volatility',
  'maxDrawdown',
  'winRate',
  'valueAtRisk',
  'expectedShortfall',
]);

const methods: Partial<Record<ReturnFigureName, string>> = {
  profitFactor: 'sum of gains over sum of losses, by period',
  tailRatio: '95th percentile over 5th, linear between values',
  stability: 'R² of log growth against time',
  valueAtRisk: 'empirical, 5 %, by period',
  expectedShortfall: 'mean of the worst 5 %, by period',
};

/**
 * Every figure of a series of returns per period under one convention, with an interval where it is an estimate.
 * @param years the length of the series, where the convention counts years by the calendar
 */
export function returnFigures(
  returns: Float64Array,
  convention: Convention,
  years?: number,
): Record<ReturnFigureName, Figure> {
  const kept = considered(returns, convention);
  const values: Record<ReturnFigureName, (series: Float64Array) => number> = {
    totalReturn: (series) => totalReturn(series, convention),
    annualisedReturn: (series) => annualisedReturn(series, convention, years),
    volatility: (series) => volatility(series, convention),
    sharpe: (series) => sharpe(series, convention),
    sortino: (series) => sortino(series, convention),
    calmar: (series) => calmar(series, convention, years),
    maxDrawdown: (series) => maxDrawdown(series, convention).depth,
    winRate: (series) => wins(series, convention).hits / wins(series, convention).count,
    profitFactor,
    tailRatio,
    stability,
    valueAtRisk,
    expectedShortfall,
  };
  const { sharpe: _, winRate: __, stability: ___, tailRatio: ____, ...estimates } = values;
  const draws = returns.length > 1 ? bootstrap(returns, estimates, { resamples, seed }) : null;
  const names = Object.keys(values) as ReturnFigureName[];
  return Object.fromEntries(
    names.map((name) => {
      const value = values[name](parts[name].includes('firstPeriod') ? kept : returns);
      const drawn = draws?.[name as keyof typeof draws];
      const found = interval(name, value, drawn);
      return [name, figure(name, value, convention, found)];
    }),
  ) as Record<ReturnFigureName, Figure>;

  function interval(
    name: ReturnFigureName,
    value: number,
    drawn: Float64Array | undefined,
  ): { range: [number, number]; how: string } | null {
    if (Number.isNaN(value)) return null;
    if (name === 'sharpe') {
      const half =
        1.959963984540054 * sharpeStandardError(sharpeSample(kept)) * Math.sqrt(convention.periodsPerYear);
      return { range: [value - half, value + half], how: '95 %, standard error with skewness and kurtosis' };
    }
    if (name === 'winRate') {
      const { hits, count } = wins(kept, convention);
      return { range: shareInterval(hits, count), how: '95 %, Wilson' };
    }
    if (!drawn) return null;
    const [low, high] = percentileInterval(drawn);
    if (Number.isNaN(low) || Number.isNaN(high)) return null;
    // Figures of extremes are biased in resamples: the interval is widened to hold what was found.
    return { range: [Math.min(low, value), Math.max(high, value)], how: resampled };
  }
}

function figure(
  name: ReturnFigureName,
  value: number,
  convention: Convention,
  found: { range: [number, number]; how: string } | null,
): Figure {
  const percent = convention.scale === 'percent' && fractions.has(name) && name !== 'winRate';
  const scale = percent ? 100 : 1;
  const used: FigureConvention = { name: convention.name };
  for (const part of parts[name]) Object.assign(used, { [part]: convention[part] });
  const method = methods[name];
  if (method) used.method = method;
  if (found) used.interval = found.how;
  return {
    value: value * scale,
    unit: !fractions.has(name) ? 'ratio' : percent ? '%' : 'fraction',
    convention: used,
    ...(found ? { interval: [found.range[0] * scale, found.range[1] * scale] as [number, number] } : {}),
  };
}
