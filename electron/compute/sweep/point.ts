import type { BacktestConfig } from '../backtest/index.ts';
import type { SharpeSample } from '../statistics/index.ts';
import type { Series } from './series.ts';

/** One configuration of a grid. */
export interface SweepPoint {
  /** Place in the grid's own order: the last setting changes fastest. */
  place: number;
  /** What the grid sets, by the keys of a configuration file. */
  settings: Record<string, unknown>;
  config: BacktestConfig;
  periodsPerYear: number;
  /** Of panel, code version and configuration: the same point is computed once. */
  digest: string;
}

/** What came of a point. It stands for itself, wherever it was computed. */
export interface PointResult {
  digest: string;
  figures: PointFigures | null;
  /** What choosing between points is judged by; null where there are no figures. */
  series: Series | null;
  /** Why there are none. */
  problem: string | null;
}

/** As fractions; annual where a year is in the name. */
export interface PointFigures {
  /** Annual. */
  sharpe: number;
  totalReturn: number;
  annualisedReturn: number;
  /** The size of it. */
  maxDrawdown: number;
  /** Half of what was traded at a rebalance, of the portfolio; the mean. */
  turnover: number;
  /** Commission and slippage, of the initial capital. */
  costShare: number;
  finalValue: number;
  /** What the Sharpe ratio is judged by; per period. */
  sample: SharpeSample;
}
