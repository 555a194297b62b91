/** Moments and small sums over numbers. Too few values give NaN, never 0. */

export type Numbers = Float64Array | readonly number[];

export function sum(values: Numbers): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function mean(values: Numbers): number {
  return values.length > 0 ? sum(values) / values.length : Number.NaN;
}

/** Mean of the `order`-th power of the deviations. */
export function centralMoment(values: Numbers, order: number): number {
  const centre = mean(values);
  let total = 0;
  for (const value of values) total += (value - centre) ** order;
  return values.length > 0 ? total / values.length : Number.NaN;
}

export function variance(values: Numbers, ddof: 0 | 1): number {
  const n = values.length;
  if (n <= ddof) return Number.NaN;
  return (centralMoment(values, 2) * n) / (n - ddof);
}

/**
 * Standard deviation. Values that differ by rounding alone have none: a ratio over what is left of them would be a
 * number of any size.
 */
export function deviation(values: Numbers, ddof: 0 | 1): number {
  const found = Math.sqrt(variance(values, ddof));
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return found <= largest * 1e-13 ? 0 : found;
}

/** Third standardised moment; unbiased is the adjusted Fisher-Pearson coefficient. */
export function skewness(values: Numbers, estimate: 'biased' | 'unbiased' = 'biased'): number {
  const n = values.length;
  const biased = centralMoment(values, 3) / centralMoment(values, 2) ** 1.5;
  if (estimate === 'biased') return biased;
  return n > 2 ? (biased * Math.sqrt(n * (n - 1))) / (n - 2) : Number.NaN;
}

/** Fourth standardised moment, raw: 3 for a normal distribution. */
export function kurtosis(values: Numbers, estimate: 'biased' | 'unbiased' = 'biased'): number {
  const n = values.length;
  const biased = centralMoment(values, 4) / centralMoment(values, 2) ** 2;
  if (estimate === 'biased') return biased;
  if (n < 4) return Number.NaN;
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * biased - 3 * (n - 1)) + 3;
}

/** Pearson correlation of pairs; pairs with a value that is no number are left out. */
export function correlation(a: Numbers, b: Numbers): number {
  const pairs: [number[], number[]] = [[], []];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    pairs[0].push(x);
    pairs[1].push(y);
  }
  const [meanA, meanB] = [mean(pairs[0]), mean(pairs[1])];
  let [cross, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < pairs[0].length; i += 1) {
    const [x, y] = [(pairs[0][i] as number) - meanA, (pairs[1][i] as number) - meanB];
    cross += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return cross / Math.sqrt(squareA * squareB);
}

/** Covariance of a series with itself `lag` periods later, divided by the full count. */
export function autocovariance(values: Numbers, lag: number): number {
  const centre = mean(values);
  let total = 0;
  for (let i = lag; i < values.length; i += 1) {
    total += ((values[i] as number) - centre) * ((values[i - lag] as number) - centre);
  }
  return total / values.length;
}

/** The value below which a share of the sorted values lies, linear between neighbours. */
export function quantileOfSorted(sorted: Numbers, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (place - below);
}

export function quantile(values: Numbers, share: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), share);
}
