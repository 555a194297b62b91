/**
 * Sweeps: a grid of settings over one panel, on the cores of this machine.
 *
 * `sweep` runs a grid, `localExecutor` computes its points. Results are files, one a point, known by the digest of
 * panel, code version and configuration and written whole, so that a sweep that was ended goes on where it was. Every
 * point counts as a trial when the best one is judged.
 */
export { SweepError, type SweepErrorCode } from './errors.ts';
export type { SweepExecutor, SweepJob } from './executor.ts';
export { parseGrid } from './grid.ts';
export { localExecutor } from './local.ts';
export type { PointResult, SweepPoint } from './point.ts';
export type { Selection, SelectionOptions, SweptOverfitting, WalkedForward } from './selection.ts';
export type { StopRule } from './stop.ts';
export {
  type BestPoint,
  type SweepAnswer,
  type SweepProgress,
  type SweepQuestion,
  type SweptPoint,
  sweep,
} from './sweep.ts';
