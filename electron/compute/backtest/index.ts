/**
 * Backtests over a panel of scores and prices. Pure functions over dense arrays; nothing is read or written.
 *
 * `panelFromRows` makes a panel, `runBacktest` runs a strategy over it, `backtestFigures` says what came of it, each
 * figure with its convention. Constraints that cannot all hold are found by `findConflicts` before a run. `runSweep` runs
 * many configurations over one ranking. `runApex` reproduces another system's engine, defects included.
 */
export * from './apex/config.ts';
export * from './apex/engine.ts';
export * from './apex/figures.ts';
export * from './config.ts';
export * from './constraints.ts';
export * from './costs.ts';
export * from './engine.ts';
export * from './errors.ts';
export * from './figures.ts';
export * from './log.ts';
export { marksOf } from './marks.ts';
export * from './panel.ts';
export * from './probes/index.ts';
export * from './ranking.ts';
export * from './schedule.ts';
export * from './sweep.ts';
export * from './tables.ts';
export * from './targets.ts';
export * from './trades.ts';
