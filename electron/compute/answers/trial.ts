import type { ApexConfig, BacktestConfig } from '../backtest/index.ts';
import { type SharpeSample, sharpeSample } from '../statistics/index.ts';
import { digestOf } from './written.ts';

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

const finite = (value: number) => (Number.isFinite(value) ? value : null);

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
