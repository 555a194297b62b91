import type { BacktestConfig } from './config.ts';
import { type BacktestRun, rankingDepth, runBacktest } from './engine.ts';
import { BacktestError } from './errors.ts';
import type { Panel } from './panel.ts';
import { Ranking } from './ranking.ts';

/** One configuration of a sweep: what came of it, or why nothing did. */
export type SweepOutcome = { config: BacktestConfig } & ({ run: BacktestRun } | { problem: string });

/**
 * Runs many configurations over one panel. Each date is ranked once, as deep as the deepest of them needs, and trades
 * are not kept. Outcomes come as they are found, so that a sweep can be watched and left.
 */
export function* runSweep(panel: Panel, configs: readonly BacktestConfig[]): Generator<SweepOutcome> {
  const ranking = new Ranking(panel, Math.max(1, ...configs.map(rankingDepth)));
  for (const config of configs) {
    try {
      yield { config, run: runBacktest(panel, config, { ranking, record: false }) };
    } catch (error) {
      if (!(error instanceof BacktestError)) throw error;
      yield { config, problem: error.message };
    }
  }
}
