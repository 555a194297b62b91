/**
 * Sweeps: a grid of settings over one panel.
 *
 * `sweep` runs a grid, an executor computes its points: `localExecutor` on the cores of this machine; for another machine,
 * `task/` is the program that computes a share of the points there. Results are files, one a point, known by the digest of
 * panel, code version and configuration and written whole, so that a sweep that was ended goes on where it was. Every
 * point counts as a trial when the best one is judged.
 */
export { SweepError, type SweepErrorCode } from './errors.ts';
export type { SweepExecutor, SweepJob } from './executor.ts';
export { parseGrid } from './grid.ts';
export { localExecutor } from './local.ts';
export type { PointResult, SweepPoint } from './point.ts';
export type { Selection, SelectionOptions, SweptOverfitting, WalkedForward } from './selection.ts';
export { unpackSeries } from './series.ts';
export type { StopRule } from './stop.ts';
export { parseResult, readResult, removeResult, writeResult } from './store.ts';
export {
  type BestPoint,
  type SweepAnswer,
  type SweepProgress,
  type SweepQuestion,
  type SweptPoint,
  sweep,
  sweepDigest,
} from './sweep.ts';
export { encodePanel } from './task/panel-file.ts';
export { encodePoints } from './task/points-file.ts';
export { writeTaskProgram } from './task/program.ts';
