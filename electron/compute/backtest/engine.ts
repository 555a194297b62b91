import { Book, type Delisting } from './book.ts';
import type { BacktestConfig } from './config.ts';
import { assertPossible } from './constraints.ts';
import { DropoutTrader } from './dropout.ts';
import { BacktestError } from './errors.ts';
import type { TradeLog } from './log.ts';
import type { Panel } from './panel.ts';
import { Ranking } from './ranking.ts';
import { type Rebalanced, Rebalancer } from './rebalance.ts';
import { decisionDates } from './schedule.ts';
import { depthOf, wantedNames } from './targets.ts';

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
  /** Keep every trade. */
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
  const ranking = options.ranking ?? new Ranking(panel, rankingDepth(config));
  assertPossible(panel, config, ranking);
  const days = panel.dates.length;
  const book = new Book(panel, config, options.record ?? true);
  const trade = traderOf(panel, config, book, ranking);
  const values = new Float64Array(days);
  const rebalances: RebalanceRow[] = [];
  const delay = config.lag + (config.fill === 'close' ? 0 : 1);
  const atOpen = config.fill === 'next-open';
  const prices = atOpen ? (panel.open as Float64Array) : panel.close;
  let marked = 0;
  for (const decided of decisionDates(panel.dates, config.rebalance)) {
    const date = decided + delay;
    if (date >= days) break;
    // At the open the day's own close is not known yet: it is marked with what is held after the fill.
    const until = atOpen ? date : date + 1;
    book.mark(marked, until, values);
    marked = until;
    const known = atOpen || book.unpriced > 0 ? null : (values[date] as number);
    const done = trade(decided, date, prices, known);
    if (!atOpen) values[date] = (values[date] as number) - done.cost;
    if (book.trades > 0) {
      rebalances.push({ ...done, decided, date, names: book.heldCount, cash: book.cash });
    }
  }
  book.mark(marked, days, values);
  const start = rebalances[0]?.date;
  if (start === undefined || book.trades === 0) {
    throw new BacktestError(
      'no-trades',
      `No name was ever bought in ${days} dates: all is cash, which is no result. ${whyNothing(panel, delay)}`,
    );
  }
  return {
    start,
    values,
    rebalances,
    trades: book.log,
    tradeCount: book.trades,
    delistings: book.delistings,
    commission: book.commission,
    slippage: book.slippage,
    holdings: Array.from(book.names(), (code) => ({
      code,
      shares: book.shares[code] as number,
      price: book.last[code] as number,
    })),
  };
}

type Trade = (decided: number, date: number, prices: Float64Array, marked: number | null) => Rebalanced;

function traderOf(panel: Panel, config: BacktestConfig, book: Book, ranking: Ranking): Trade {
  const { strategy } = config;
  if (strategy.kind === 'top-k-dropout') {
    const trader = new DropoutTrader(panel, config, strategy);
    return (decided, date, prices) => trader.run(book, ranking, decided, date, prices);
  }
  const rebalancer = new Rebalancer(panel.codes.length, panel.dates.length, config, strategy);
  return (decided, date, prices, marked) => {
    const names = wantedNames(panel, ranking, strategy, decided, book.names(), rebalancer.weights);
    return rebalancer.run(book, date, names, prices, marked, book.heldCount === 0);
  };
}

function whyNothing({ score, close, dates }: Panel, delay: number): string {
  if (!score.some((value) => !Number.isNaN(value))) return 'No row has a score.';
  if (!close.some((value) => value > 0)) return 'No row has a price.';
  if (delay >= dates.length) return `The fill comes ${delay} dates after the decision, beyond the last one.`;
  return 'No scored name has a price on a decision date. Check that scores and prices are of the same dates and codes.';
}
