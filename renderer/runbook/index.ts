/** Runs: the plan before, the run while it goes, the way back at any time, and every run there was. */
export { PlanScreen } from './plan-screen.tsx';
export { RunScreen } from './run-screen.tsx';
export { RunsScreen } from './runs-screen.tsx';
