/**
 * The board: go or no-go, and why. `createBoard` folds checklist and roles into one decision with its reasons;
 * `createCountdown` keeps T-0 and the holds of the clock.
 */
export { type BoardKeeper, createBoard } from './board.ts';
export { type CountdownKeeper, createCountdown } from './countdown.ts';
export { roleAnswered, roleWithdrew } from './entries.ts';
export { boardProjection } from './projection.ts';
export { boardTellers } from './tellers.ts';
