import type { ApexConfig, BacktestConfig } from '../backtest/index.ts';
import { deflationFigures, type SharpeSample, sharpeSample, type TrialCount } from '../statistics/index.ts';
import { digestOf, finite, type WrittenFigure, writtenAll } from './written.ts';

/** One configuration that was tried: whatever is chosen afterwards was chosen among these. */
export interface Trial {
  /** SHA-256 of the settings of the run: the same settings are the same trial, whatever file they stand in. */
  config: string;
  /** In words. */
  settings: string;
  /** Annual; null where the record has none. */
  sharpe: number | null;
  periods: number;
  periodsPerYear: number;
  skewness: number | null;
  kurtosis: number | null;
}

/** With the SHA-256 of the panel that it was tried on. */
export type PanelTrial = Trial & { panel: string };

type Engine = 'ours' | 'apex';

export function trialOf(
  engine: Engine,
  config: BacktestConfig | ApexConfig,
  returns: Float64Array,
  periodsPerYear: number,
): Trial {
  return trialOfSample(engine, config, sharpeSample(returns), periodsPerYear);
}

export function trialOfSample(
  engine: Engine,
  config: BacktestConfig | ApexConfig,
  { sharpe, periods, skewness, kurtosis }: SharpeSample,
  periodsPerYear: number,
): Trial {
  return {
    config: digestOf(`settings of ${engine}`, [], config),
    settings: `${engine === 'apex' ? "APEX-Ranker's engine, " : ''}${words(config)}`,
    sharpe: finite(sharpe * Math.sqrt(periodsPerYear)),
    periods,
    periodsPerYear,
    skewness: finite(skewness),
    kurtosis: finite(kurtosis),
  };
}

/** `rebalance monthly, kind top-k, topK 35, minWeight 0.02`: what is a setting and not a table of costs. */
function words(config: object): string {
  return Object.entries(config)
    .flatMap(([key, value]): [string, unknown][] =>
      key === 'strategy' ? Object.entries(value as object) : [[key, value]],
    )
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}

/** The figures that depend on what else was tried, for a trial. `counted` says which others, in words. */
export function deflate(
  { sharpe, periods, periodsPerYear, skewness, kurtosis }: Trial,
  others: TrialCount,
  counted: string,
): Record<'deflatedSharpe' | 'luckyBest', WrittenFigure> {
  const known = (value: number | null) => value ?? Number.NaN;
  const sample = {
    sharpe: known(sharpe) / Math.sqrt(periodsPerYear),
    periods,
    skewness: known(skewness),
    kurtosis: known(kurtosis),
  };
  const convention = { name: 'holdpoint', periodsPerYear, riskFreePerPeriod: 0 };
  return writtenAll(deflationFigures(sample, convention, others, counted));
}
