import { bootstrap, percentileInterval } from './bootstrap.ts';
import type { Convention } from './convention.ts';
import { normalQuantile, shareInterval } from './distributions.ts';
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
  winRate,
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
  // What resamples can say something about; they keep the distribution of returns, and lose their order in time.
  const resampledFigures = {
    totalReturn: (series: Float64Array) => totalReturn(series, convention),
    annualisedReturn: (series: Float64Array) => annualisedReturn(series, convention, years),
    volatility: (series: Float64Array) => volatility(series, convention),
    sortino: (series: Float64Array) => sortino(series, convention),
    calmar: (series: Float64Array) => calmar(series, convention, years),
    maxDrawdown: (series: Float64Array) => maxDrawdown(series, convention).depth,
    profitFactor,
    valueAtRisk,
    expectedShortfall,
  };
  const values: Record<ReturnFigureName, (series: Float64Array) => number> = {
    ...resampledFigures,
    sharpe: (series) => sharpe(series, convention),
    winRate: (series) => winRate(series, convention),
    tailRatio,
    stability,
  };
  const draws = returns.length > 1 ? bootstrap(returns, resampledFigures, { resamples, seed }) : null;
  const names = Object.keys(parts) as ReturnFigureName[];
  return Object.fromEntries(
    names.map((name) => {
      const value = values[name](parts[name].includes('firstPeriod') ? kept : returns);
      const drawn = draws?.[name as keyof typeof resampledFigures];
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
      const error = sharpeStandardError(sharpeSample(kept, convention.riskFreePerPeriod));
      const half = normalQuantile(0.975) * error * Math.sqrt(convention.periodsPerYear);
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
