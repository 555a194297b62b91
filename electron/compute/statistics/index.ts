/**
 * Statistics: figures of returns, ranks, forecasts and samples, and what they are worth. Pure functions over arrays.
 *
 * `returnFigures` and `validityFigures` give everything about one series, each figure with its convention and its
 * interval; `judgeRule` holds a rule against them. What is too short gives NaN, never 0. The parts stand by themselves:
 * Sharpe uncertainty, overfitting over trials, folds that do not leak, bootstrap, drift, calibration, leakage probes.
 */
export * from './band.ts';
export * from './block-length.ts';
export { type BootstrapOptions, bootstrap, bootstrapSharpe, percentileInterval } from './bootstrap.ts';
export * from './calibration.ts';
export * from './chunk-drift.ts';
export * from './compare.ts';
export * from './convention.ts';
export * from './deciles.ts';
export * from './distributions.ts';
export * from './drift.ts';
export * from './errors.ts';
export * from './figure.ts';
export * from './figures.ts';
export * from './folds.ts';
export * from './forecast.ts';
export * from './histogram.ts';
export * from './leakage.ts';
export * from './mean-figure.ts';
export * from './moments.ts';
export * from './overfitting.ts';
export * from './random.ts';
export * from './ranks.ts';
export * from './returns.ts';
export * from './selection.ts';
export * from './sharpe-uncertainty.ts';
export * from './signal.ts';
export * from './theirs.ts';
export * from './validity.ts';
export * from './verdict.ts';
