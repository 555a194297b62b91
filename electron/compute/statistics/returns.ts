import type { Convention } from './convention.ts';
import { deviation, mean, type Numbers, quantile, sum } from './moments.ts';

/**
 * Figures of a series of returns per period, as fractions. What a figure means is in its convention; see
 * `convention.ts`. Too few periods give NaN.
 */

/** The returns a convention looks at. */
export function considered(returns: Float64Array, { firstPeriod }: Convention): Float64Array {
  return firstPeriod === 'dropped' ? returns.subarray(1) : returns;
}

export function totalReturn(returns: Numbers, { compounding }: Convention): number {
  if (returns.length === 0) return Number.NaN;
  if (compounding === 'summed') return sum(returns);
  let growth = 1;
  for (const value of returns) growth *= 1 + value;
  return growth - 1;
}

/** @param years the length of the series where years go by the calendar */
export function annualisedReturn(returns: Numbers, convention: Convention, years?: number): number {
  const { compounding, periodsPerYear } = convention;
  if (returns.length === 0) return Number.NaN;
  if (compounding === 'summed') return mean(returns) * periodsPerYear;
  const length = convention.years === 'calendar' ? (years ?? Number.NaN) : returns.length / periodsPerYear;
  return (1 + totalReturn(returns, convention)) ** (1 / length) - 1;
}

export function volatility(returns: Numbers, { ddof, periodsPerYear }: Convention): number {
  return deviation(returns, ddof) * Math.sqrt(periodsPerYear);
}

/** Mean excess return over its deviation, per period; NaN for a series that does not move. */
export function sharpePerPeriod(returns: Numbers, { ddof, riskFreePerPeriod }: Convention): number {
  const spread = deviation(returns, ddof);
  return spread > 0 ? (mean(returns) - riskFreePerPeriod) / spread : Number.NaN;
}

export function sharpe(returns: Numbers, convention: Convention): number {
  return sharpePerPeriod(returns, convention) * Math.sqrt(convention.periodsPerYear);
}

export function sortino(returns: Numbers, convention: Convention): number {
  const { riskFreePerPeriod: target, periodsPerYear } = convention;
  const spread = downsideDeviation(returns, convention);
  return spread > 0 ? ((mean(returns) - target) / spread) * Math.sqrt(periodsPerYear) : Number.NaN;
}

/** Per period. */
function downsideDeviation(
  returns: Numbers,
  { downside, riskFreePerPeriod: target, ddof }: Convention,
): number {
  if (downside === 'losses')
    return deviation(
      Array.from(returns).filter((value) => value < target),
      ddof,
    );
  let total = 0;
  for (const value of returns) total += Math.min(0, value - target) ** 2;
  return Math.sqrt(total / returns.length);
}

export interface Drawdown {
  /** As a fraction of the peak, with the sign of the convention. */
  depth: number;
  /** Periods after the start: 0 is before the first return. `recovered` is null where it has not. */
  peak: number;
  trough: number;
  recovered: number | null;
}

/** The deepest fall from a peak, the start included. With summed returns it is measured on their sum. */
export function maxDrawdown(returns: Numbers, { compounding, drawdownSign }: Convention): Drawdown {
  const summed = compounding === 'summed';
  let [value, peak, peakAt, depth] = [summed ? 0 : 1, summed ? 0 : 1, 0, 0];
  let [from, trough] = [0, 0];
  let recovered: number | null = 0;
  for (let i = 0; i < returns.length; i += 1) {
    value = summed ? value + (returns[i] as number) : value * (1 + (returns[i] as number));
    if (value >= peak) {
      if (recovered === null && peakAt === from) recovered = i + 1;
      [peak, peakAt] = [value, i + 1];
    }
    const fall = summed ? value - peak : value / peak - 1;
    if (fall < depth) {
      [depth, from, trough] = [fall, peakAt, i + 1];
      recovered = null;
    }
  }
  if (returns.length === 0) depth = Number.NaN;
  return { depth: drawdownSign === 'positive' ? Math.abs(depth) : depth, peak: from, trough, recovered };
}

export function calmar(returns: Numbers, convention: Convention, years?: number): number {
  const depth = Math.abs(maxDrawdown(returns, convention).depth);
  return depth > 0 ? annualisedReturn(returns, convention, years) / depth : Number.NaN;
}

/** Winning periods and how many they are counted among. */
export function wins(returns: Numbers, { winBasis }: Convention): { hits: number; count: number } {
  let [hits, moved] = [0, 0];
  for (const value of returns) {
    if (value > 0) hits += 1;
    if (value !== 0) moved += 1;
  }
  return { hits, count: winBasis === 'non-zero days' ? moved : returns.length };
}

export function winRate(returns: Numbers, convention: Convention): number {
  const { hits, count } = wins(returns, convention);
  return hits / count;
}

/** Sum of gains over sum of losses, by period; the omega ratio at zero is the same. */
export function profitFactor(returns: Numbers): number {
  let [gains, losses] = [0, 0];
  for (const value of returns) {
    if (value > 0) gains += value;
    else losses -= value;
  }
  return losses > 0 ? gains / losses : Number.NaN;
}

/** The 95th percentile over the 5th, in size. */
export function tailRatio(returns: Numbers): number {
  return Math.abs(quantile(returns, 0.95)) / Math.abs(quantile(returns, 0.05));
}

/** R² of a straight line through the logarithm of growth. */
export function stability(returns: Numbers): number {
  const n = returns.length;
  const centreX = (n - 1) / 2;
  const growth = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i += 1) {
    total += Math.log1p(returns[i] as number);
    growth[i] = total;
  }
  const centreY = mean(growth);
  let [cross, squareX, squareY] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const [x, y] = [i - centreX, (growth[i] as number) - centreY];
    cross += x * y;
    squareX += x * x;
    squareY += y * y;
  }
  return cross ** 2 / (squareX * squareY);
}

/** The return that a share of periods falls below, from the data themselves. */
export function valueAtRisk(returns: Numbers, share = 0.05): number {
  return quantile(returns, share);
}

/** Mean of the worst share of periods. */
export function expectedShortfall(returns: Numbers, share = 0.05): number {
  const sorted = Float64Array.from(returns).sort();
  return mean(sorted.subarray(0, Math.floor((sorted.length - 1) * share) + 1));
}

/** Returns of a series of values, the first against what it started from. */
export function returnsOfValues(values: Float64Array, start: number): Float64Array {
  return values.map((value, i) => value / (i === 0 ? start : (values[i - 1] as number)) - 1);
}
