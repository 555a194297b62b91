/**
 * Checks: what is measured of a launch, what the rules make of it, and the gates that follow.
 *
 * `bindChecks` ties the checks of a pack to items, hosts and rules; `createChecks` runs them and records evidence.
 * What evidence proves today is derived each time (`gates`), never stored. A new kind is one file in `kinds/`.
 */
export { type BindOptions, bindChecks, type ItemToBind, type LaunchCheck, type ParseRule } from './bind.ts';
export { type Checks, type ChecksOptions, createChecks, type RunRequest } from './checks.ts';
export type { Surroundings } from './context.ts';
export { CannotMeasure, type ChecksErrorCode } from './errors.ts';
export { checkMeasured, evidenceProjection } from './evidence.ts';
export type { Evaluate } from './judge.ts';
export type { ItemOutcome, RunOutcome } from './kind.ts';
export { checkKinds } from './kinds/index.ts';
export type { RunOnHost } from './shell.ts';
export { checkTellers } from './tellers.ts';
