import type { Delisting } from './book.ts';
import { BookedRun } from './booked.ts';
import type { BacktestConfig } from './config.ts';
import { assertPossible } from './constraints.ts';
import { BacktestError } from './errors.ts';
import type { TradeLog } from './log.ts';
import type { Panel } from './panel.ts';
import { Ranking } from './ranking.ts';
import type { Rebalanced } from './rebalance.ts';
import { decisionDates } from './schedule.ts';
import { depthOf } from './targets.ts';
import { isPlain, UnrecordedRun } from './unrecorded.ts';

export interface RebalanceRow extends Rebalanced {
  /** Places of the dates: when it was decided, and when it was filled. */
  decided: number;
  date: number;
  names: number;
  cash: number;
}

export interface BacktestRun {
  /** The first date with a fill: figures count from here. */
  start: number;
  /** Value at the close of each date of the panel. */
  values: Float64Array;
  rebalances: RebalanceRow[];
  /** Null where trades were not recorded. */
  trades: TradeLog | null;
  tradeCount: number;
  delistings: Delisting[];
  commission: number;
  slippage: number;
  /** Held at the end: code places and shares. */
  holdings: { code: number; shares: number; price: number }[];
}

export interface RunOptions {
  /** Shared between runs over one panel; as deep as the deepest of them needs. */
  ranking?: Ranking;
  /** Keep every trade, and the smallest and largest weight after each rebalance. */
  record?: boolean;
}

/** How deep a ranking must go for a configuration. */
export function rankingDepth({ strategy }: BacktestConfig): number {
  return strategy.kind === 'top-k' ? depthOf(strategy) : 2 * strategy.topK + strategy.drop;
}

/**
 * Runs a strategy over a panel. Decisions see the close of their date and nothing later.
 * @throws BacktestError `bad-config` and `unsatisfiable` before the run, `no-trades` after one that held nothing
 */
export function runBacktest(panel: Panel, config: BacktestConfig, options: RunOptions = {}): BacktestRun {
  const going = startBacktest(panel, config, options);
  going.advance(panel.dates.length);
  return going.finish();
}

/** A run that can be stopped between dates, so that many can go over the same dates side by side. */
export interface GoingBacktest {
  /** Trades and marks the dates before `to`. */
  advance(to: number): void;
  /** @throws BacktestError `no-trades` */
  finish(): BacktestRun;
}

/** @throws BacktestError `bad-config` and `unsatisfiable` */
export function startBacktest(
  panel: Panel,
  config: BacktestConfig,
  { ranking, record = true }: RunOptions = {},
): GoingBacktest {
  const ranked = ranking ?? new Ranking(panel, rankingDepth(config));
  assertPossible(panel, config, ranked);
  const decisions = decisionDates(panel.dates, config.rebalance, panel.sessions);
  const going =
    !record && isPlain(config)
      ? new UnrecordedRun(panel, config, ranked, decisions)
      : new BookedRun(panel, config, ranked, decisions, record);
  return {
    advance: (to) => going.advance(to),
    finish() {
      const run = going.finish();
      if (run !== null && run.tradeCount > 0) return run;
      throw new BacktestError(
        'no-trades',
        `No name was ever bought in ${panel.dates.length} dates: all is cash, which is no result. ${whyNothing(panel, delayOf(config))}`,
      );
    },
  };
}

/** From a decision to its fill, in dates. */
export function delayOf({ lag, fill }: BacktestConfig): number {
  return lag + (fill === 'close' ? 0 : 1);
}

function whyNothing({ score, close, dates }: Panel, delay: number): string {
  if (!score.some((value) => !Number.isNaN(value))) return 'No row has a score.';
  if (!close.some((value) => value > 0)) return 'No row has a price.';
  if (delay >= dates.length) return `The fill comes ${delay} dates after the decision, beyond the last one.`;
  return 'No scored name has a price on a decision date. Check that scores and prices are of the same dates and codes.';
}
