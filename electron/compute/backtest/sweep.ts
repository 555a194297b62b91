import type { BacktestConfig } from './config.ts';
import { type BacktestRun, rankingDepth, startBacktest } from './engine.ts';
import { BacktestError } from './errors.ts';
import type { Panel } from './panel.ts';
import { Ranking } from './ranking.ts';

/** One configuration of a sweep: what came of it, or why nothing did. */
export type SweepOutcome = { config: BacktestConfig } & ({ run: BacktestRun } | { problem: string });

/** So many go over the dates side by side: prices that one has read are near for the next. */
export const abreast = 20;
/** Dates that each of them goes over before the next one's turn. */
const stretchDays = 16;

/**
 * Runs many configurations over one panel. Each date is ranked once, as deep as the deepest of them needs, and trades
 * are not kept. Outcomes come in the order of the configurations, some at a time, so that a sweep can be watched and left.
 */
export function* runSweep(
  panel: Panel,
  configs: readonly BacktestConfig[],
  ranking = sweepRanking(panel, configs),
): Generator<SweepOutcome> {
  for (let first = 0; first < configs.length; first += abreast) {
    yield* runAbreast(panel, configs.slice(first, first + abreast), ranking);
  }
}

/** A ranking as deep as the deepest of the configurations needs. */
export function sweepRanking(panel: Panel, configs: readonly BacktestConfig[]): Ranking {
  return new Ranking(
    panel,
    configs.reduce((deepest, config) => Math.max(deepest, rankingDepth(config)), 1),
  );
}

function runAbreast(panel: Panel, configs: readonly BacktestConfig[], ranking: Ranking): SweepOutcome[] {
  const days = panel.dates.length;
  const started = configs.map((config) =>
    attempt(() => startBacktest(panel, config, { ranking, record: false })),
  );
  for (let to = stretchDays; to < days + stretchDays; to += stretchDays) {
    for (const one of started) if ('done' in one) one.done.advance(Math.min(to, days));
  }
  return started.map((one, i): SweepOutcome => {
    const config = configs[i] as BacktestConfig;
    if (!('done' in one)) return { config, ...one };
    const ended = attempt(() => one.done.finish());
    return 'done' in ended ? { config, run: ended.done } : { config, ...ended };
  });
}

function attempt<Result>(work: () => Result): { done: Result } | { problem: string } {
  try {
    return { done: work() };
  } catch (error) {
    if (!(error instanceof BacktestError)) throw error;
    return { problem: error.message };
  }
}
