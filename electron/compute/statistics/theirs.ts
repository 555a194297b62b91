import type { Convention } from './convention.ts';
import { normalCdf, normalQuantile } from './distributions.ts';
import { correlation, kurtosis, mean, type Numbers, skewness, variance } from './moments.ts';
import { sharpe, sharpePerPeriod } from './returns.ts';

/**
 * Definitions of other tools that differ from the literature, for showing a claim as its author computed it. None of
 * them is used for a verdict.
 */

/** quantstats: takes three off a kurtosis that is already in excess of three. */
export function quantstatsProbabilisticSharpe(returns: Numbers, convention: Convention): number {
  const ratio = sharpePerPeriod(returns, convention);
  const excess = kurtosis(returns, 'unbiased') - 3;
  const factor =
    1 + 0.5 * ratio ** 2 - skewness(returns, 'unbiased') * ratio + ((excess - 3) / 4) * ratio ** 2;
  return normalCdf(ratio / Math.sqrt(factor / (returns.length - 1)));
}

/** quantstats: the ratio divided by a penalty that takes every lag from the first autocorrelation, in size. */
export function quantstatsSmartSharpe(returns: Float64Array, convention: Convention): number {
  const n = returns.length;
  const first = Math.abs(correlation(returns.subarray(0, n - 1), returns.subarray(1)));
  let total = 0;
  for (let lag = 1; lag < n; lag += 1) total += ((n - lag) / n) * first ** lag;
  return sharpe(returns, convention) / Math.sqrt(1 + 2 * total);
}

/** quantstats: value at risk of a normal distribution with the sample's moments. */
export function quantstatsValueAtRisk(returns: Numbers, share = 0.05): number {
  return mean(returns) + Math.sqrt(variance(returns, 1)) * normalQuantile(share);
}

/** quantstats: mean of the returns below the normal value at risk. */
export function quantstatsExpectedShortfall(returns: Numbers, share = 0.05): number {
  const bound = quantstatsValueAtRisk(returns, share);
  return mean(Array.from(returns).filter((value) => value < bound));
}

/** APEX-Ranker's "deflated" ratio: an annual ratio over an error per day, for one trial. A z-score, no probability. */
export function apexDeflatedSharpe(
  returns: Numbers,
  convention: Convention,
): { standardError: number; zScore: number } {
  const annual = sharpe(returns, convention);
  const standardError = Math.sqrt((1 + annual ** 2 / 2) / returns.length);
  return { standardError, zScore: annual / standardError };
}
