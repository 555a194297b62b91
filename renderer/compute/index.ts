/**
 * Compute on the screens: what was asked and how far it is (`work/`), figures with conventions and intervals, charts,
 * and one folder for each screen. Charts are read when the first of them comes in sight.
 */
export { BacktestsScreen } from './backtests/backtests-screen.tsx';
export { ClaimsScreen } from './claims/claims-screen.tsx';
export { CompareScreen } from './compare/compare-screen.tsx';
export { DataScreen } from './data/data-screen.tsx';
export { ModelsScreen } from './models/models-screen.tsx';
export { SweepScreen } from './sweep/sweep-screen.tsx';
export type { Place } from './work/use-work.ts';
