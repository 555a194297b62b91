/**
 * Runs: procedures that a person starts and that nothing the laptop does can lose or double.
 *
 * A runbook is planned (`createPlanner`), which compiles every step for every host; the plan is kept beside the
 * journal; `Runs` drives it, one `RunDriver` a run, as a fold over the journal. `stepKinds` says what a step can be.
 */
export { runEnded, runStarted } from './entries.ts';
export { Heartbeat } from './heartbeat.ts';
export { stepKinds } from './kinds/index.ts';
export type { Abilities } from './kinds/kind.ts';
export { Logs } from './logs.ts';
export { Outputs } from './outputs.ts';
export { createPlanner } from './planner.ts';
export { runProjection } from './projection.ts';
export { RunError } from './run-error.ts';
export { Runs } from './runs.ts';
export { RunStore } from './store.ts';
export { runTellers } from './tellers.ts';
export { environmentName, fillPlain } from './text.ts';
