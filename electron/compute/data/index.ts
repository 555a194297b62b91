/**
 * Data from files: `readReturns`, `readPanel` and `readPredictions` read CSV in pieces into typed arrays, and
 * `readBacktestConfig` reads the rules of a backtest. What cannot be used is a `DataError` that names file, line, column
 * and what to change.
 */
export { assertCovers, type ExchangeCalendar, heldAgainst, readCalendar } from './calendar.ts';
export {
  type BacktestFile,
  parseApexConfig,
  parseBacktestConfig,
  readApexConfig,
  readBacktestConfig,
} from './config.ts';
export { DataError, type DataErrorCode } from './errors.ts';
export { type PanelFile, readPanel } from './panel.ts';
export { type PredictionFile, type PredictionRow, readPredictions } from './predictions.ts';
export { type ReturnSeries, readReturns } from './returns.ts';
export { readTraining, type Training } from './training.ts';
