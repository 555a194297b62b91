import { automaticBlockLength } from './block-length.ts';
import { bootstrapSharpe, percentileInterval } from './bootstrap.ts';
import type { Convention } from './convention.ts';
import type { Figure, FigureUnit } from './figure.ts';
import { autocovariance } from './moments.ts';
import { considered } from './returns.ts';
import {
  automaticLags,
  deflatedSharpe,
  loFactor,
  minimumTrackRecord,
  probabilisticSharpe,
  robustStandardError,
  type SharpeSample,
  sharpeSample,
  sharpeStandardError,
} from './sharpe-uncertainty.ts';

/** How many configurations were tried before this one was shown, and how far their ratios lay apart. */
export interface TrialCount {
  trials: number;
  /** Standard deviation of the trials' Sharpe ratios, annual. Absent: what trials without skill would show. */
  deviation?: number;
}

export type ValidityName =
  | 'standardError'
  | 'robustStandardError'
  | 'probabilisticSharpe'
  | 'deflatedSharpe'
  | 'luckyBest'
  | 'minimumTrackRecord'
  | 'bootstrapSharpe'
  | 'loSharpe'
  | 'autocorrelation'
  | 'skewness'
  | 'kurtosis';

/** What a Sharpe ratio is worth. `benchmark` is annual, as are the ratios and errors given back. */
export function validityFigures(
  returns: Float64Array,
  convention: Convention,
  { trials, deviation }: TrialCount = { trials: 1 },
  benchmark = 0,
): Record<ValidityName, Figure> {
  const kept = considered(returns, convention);
  const { periodsPerYear, name, riskFreePerPeriod } = convention;
  const annual = Math.sqrt(periodsPerYear);
  const sample = sharpeSample(kept, riskFreePerPeriod);
  const of = (value: number, unit: FigureUnit, method: string, interval?: [number, number]): Figure => ({
    value,
    unit,
    convention: { name, periodsPerYear, riskFreePerPeriod, ddof: 1, method },
    ...(interval && !interval.some(Number.isNaN) ? { interval } : {}),
  });
  const excess = riskFreePerPeriod === 0 ? kept : kept.map((value) => value - riskFreePerPeriod);
  const block = automaticBlockLength(kept);
  const ratios =
    kept.length > 2
      ? percentileInterval(bootstrapSharpe(excess, { resamples: 10_000, seed: 1, block }))
      : undefined;
  const factor = loFactor(kept, periodsPerYear);
  const lags = automaticLags(kept.length);
  return {
    standardError: of(sharpeStandardError(sample) * annual, 'ratio', 'skewness and kurtosis, annual'),
    robustStandardError: of(
      robustStandardError(excess) * annual,
      'ratio',
      `Newey-West, ${lags} lags, annual`,
    ),
    probabilisticSharpe: of(
      probabilisticSharpe(sample, benchmark / annual),
      'probability',
      `that the true ratio is above ${benchmark} a year`,
    ),
    ...deflationFigures(sample, convention, { trials, ...(deviation === undefined ? {} : { deviation }) }),
    minimumTrackRecord: of(
      minimumTrackRecord(sample, benchmark / annual),
      'days',
      `periods to be 95 % sure of more than ${benchmark} a year`,
    ),
    bootstrapSharpe: of(
      sample.sharpe * annual,
      'ratio',
      `stationary bootstrap, 10000 resamples, mean block ${block.toFixed(1)}`,
      ratios && [ratios[0] * annual, ratios[1] * annual],
    ),
    loSharpe: of(sample.sharpe * factor, 'ratio', `Lo's annualisation over ${lags} autocorrelations`),
    autocorrelation: of(autocovariance(kept, 1) / autocovariance(kept, 0), 'ratio', 'first lag'),
    skewness: of(sample.skewness, 'ratio', 'biased'),
    kurtosis: of(sample.kurtosis, 'ratio', 'biased, 3 for a normal distribution'),
  };
}

/** What is left of a Sharpe ratio when it was the best of so many tries. `counted` says which, in words. */
export function deflationFigures(
  sample: SharpeSample,
  {
    name,
    periodsPerYear,
    riskFreePerPeriod,
  }: Pick<Convention, 'name' | 'periodsPerYear' | 'riskFreePerPeriod'>,
  { trials, deviation }: TrialCount,
  counted = `${trials} trial${trials === 1 ? '' : 's'}`,
): Record<'deflatedSharpe' | 'luckyBest', Figure> {
  const annual = Math.sqrt(periodsPerYear);
  const spread = deviation === undefined ? 1 / Math.sqrt(sample.periods - 1) : deviation / annual;
  const { probability, benchmark } = deflatedSharpe(sample, { trials, deviation: spread });
  const of = (value: number, unit: FigureUnit, method: string): Figure => ({
    value,
    unit,
    convention: { name, periodsPerYear, riskFreePerPeriod, ddof: 1, method },
  });
  return {
    deflatedSharpe: of(probability, 'probability', `that the true ratio is above the luckiest of ${counted}`),
    luckyBest: of(benchmark * annual, 'ratio', `expected best of ${counted} without skill, annual`),
  };
}
