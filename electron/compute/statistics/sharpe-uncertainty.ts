import { normalCdf, normalQuantile } from './distributions.ts';
import { autocovariance, kurtosis, mean, type Numbers, skewness, variance } from './moments.ts';

/**
 * How sure a Sharpe ratio is. Everything is per period; only display is annual.
 * Bailey and López de Prado (2012, 2014); Lo (2002).
 */

/** What the formulas ask of a series. `kurtosis` is raw: 3 for a normal distribution. */
export interface SharpeSample {
  sharpe: number;
  periods: number;
  skewness: number;
  kurtosis: number;
}

export function sharpeSample(returns: Numbers, riskFreePerPeriod = 0): SharpeSample {
  const spread = Math.sqrt(variance(returns, 1));
  return {
    sharpe: spread > 0 ? (mean(returns) - riskFreePerPeriod) / spread : Number.NaN,
    periods: returns.length,
    skewness: skewness(returns),
    kurtosis: kurtosis(returns),
  };
}

/** Variance of the estimate, times the number of periods. */
function spreadFactor({ sharpe, skewness: g3, kurtosis: g4 }: SharpeSample): number {
  return 1 - g3 * sharpe + ((g4 - 1) / 4) * sharpe * sharpe;
}

export function sharpeStandardError(sample: SharpeSample): number {
  return sample.periods > 1 ? Math.sqrt(spreadFactor(sample) / (sample.periods - 1)) : Number.NaN;
}

export function sharpeInterval(sample: SharpeSample, confidence = 0.95): [number, number] {
  const half = normalQuantile((1 + confidence) / 2) * sharpeStandardError(sample);
  return [sample.sharpe - half, sample.sharpe + half];
}

/** Probability that the true ratio is above `benchmark`. */
export function probabilisticSharpe(sample: SharpeSample, benchmark = 0): number {
  return normalCdf((sample.sharpe - benchmark) / sharpeStandardError(sample));
}

const eulerGamma = 0.5772156649015329;

/** Expected best of `trials` draws of standard normal skill-less ratios; 0 for a single one. */
export function expectedMaximum(trials: number): number {
  if (!(trials >= 1)) return Number.NaN;
  if (trials === 1) return 0;
  return (
    (1 - eulerGamma) * normalQuantile(1 - 1 / trials) + eulerGamma * normalQuantile(1 - 1 / (trials * Math.E))
  );
}

/** Probability that the true ratio is above what luck alone gives the best of the trials. */
export function deflatedSharpe(
  sample: SharpeSample,
  { trials, deviation }: { trials: number /** Of the trials' ratios, per period. */; deviation: number },
): { probability: number; benchmark: number } {
  const benchmark = deviation * expectedMaximum(trials);
  return { probability: probabilisticSharpe(sample, benchmark), benchmark };
}

/** Periods until this ratio is above the benchmark with that confidence; infinite where it is not above it. */
export function minimumTrackRecord(sample: SharpeSample, benchmark: number, confidence = 0.95): number {
  if (Number.isNaN(sample.sharpe)) return Number.NaN;
  if (sample.sharpe <= benchmark) return Number.POSITIVE_INFINITY;
  return 1 + spreadFactor(sample) * (normalQuantile(confidence) / (sample.sharpe - benchmark)) ** 2;
}

/** Lags that still count in a series of that length: Newey and West's rule, 4 (n / 100)^(2/9). */
export function automaticLags(periods: number): number {
  return Math.max(0, Math.min(periods - 2, Math.floor(4 * (periods / 100) ** (2 / 9))));
}

/**
 * Lo's factor from one period to `horizon` periods; √horizon where returns do not remember. Autocorrelations beyond
 * `lags` are taken as zero, because in a series of this length they are noise.
 */
export function loFactor(returns: Numbers, horizon: number, lags = automaticLags(returns.length)): number {
  const base = autocovariance(returns, 0);
  let total = horizon;
  for (let lag = 1; lag <= Math.min(lags, horizon - 1); lag += 1) {
    total += (2 * (horizon - lag) * autocovariance(returns, lag)) / base;
  }
  return total > 0 ? horizon / Math.sqrt(total) : Number.NaN;
}

/** Lo's standard error for independent normal returns. */
export function loStandardError({ sharpe, periods }: Pick<SharpeSample, 'sharpe' | 'periods'>): number {
  return Math.sqrt((1 + sharpe ** 2 / 2) / periods);
}

/** Standard error that allows for autocorrelation and for changing variance (Newey and West, by the delta method). */
export function robustStandardError(returns: Numbers, lags = automaticLags(returns.length)): number {
  return meanStandardError(sharpeInfluence(returns), lags);
}

/** What each return does to the Sharpe ratio per period; the mean is zero. */
export function sharpeInfluence(returns: Numbers): Float64Array {
  const [centre, spread] = [mean(returns), Math.sqrt(variance(returns, 0))];
  const ratio = centre / spread;
  return Float64Array.from(returns, (value) => {
    const z = (value - centre) / spread;
    return z - (ratio / 2) * (z * z - 1);
  });
}

/** Standard error of a mean whose terms may remember each other (Newey and West 1987). */
export function meanStandardError(values: Numbers, lags = automaticLags(values.length)): number {
  let long = autocovariance(values, 0);
  for (let lag = 1; lag <= lags; lag += 1) {
    long += 2 * (1 - lag / (lags + 1)) * autocovariance(values, lag);
  }
  return Math.sqrt(Math.max(0, long) / values.length);
}
