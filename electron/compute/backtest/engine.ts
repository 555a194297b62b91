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
  const going = new GoingBacktest(panel, config, options);
  going.advance(panel.dates.length);
  return going.finish();
}

/** A run that can be stopped between dates, so that many can go over the same dates side by side. */
export class GoingBacktest {
  readonly #panel: Panel;
  readonly #config: BacktestConfig;
  readonly #book: Book;
  readonly #trade: Trade;
  readonly #decisions: Int32Array;
  readonly #values: Float64Array;
  readonly #rebalances: RebalanceRow[] = [];
  /** From a decision to its fill, in dates. */
  readonly #delay: number;
  #next = 0;
  #marked = 0;

  /** @throws BacktestError `bad-config` and `unsatisfiable` */
  constructor(panel: Panel, config: BacktestConfig, { ranking, record = true }: RunOptions = {}) {
    const ranked = ranking ?? new Ranking(panel, rankingDepth(config));
    assertPossible(panel, config, ranked);
    this.#panel = panel;
    this.#config = config;
    this.#book = new Book(panel, config, record);
    this.#trade = traderOf(panel, config, this.#book, ranked);
    this.#decisions = decisionDates(panel.dates, config.rebalance, panel.sessions);
    this.#values = new Float64Array(panel.dates.length);
    this.#delay = config.lag + (config.fill === 'close' ? 0 : 1);
  }

  /** Trades and marks the dates before `to`. */
  advance(to: number): void {
    const book = this.#book;
    const values = this.#values;
    const atOpen = this.#config.fill === 'next-open';
    const prices = atOpen ? (this.#panel.open as Float64Array) : this.#panel.close;
    for (; this.#next < this.#decisions.length; this.#next += 1) {
      const decided = this.#decisions[this.#next] as number;
      const date = decided + this.#delay;
      if (date >= to) break;
      // At the open the day's own close is not known yet: it is marked with what is held after the fill.
      this.#mark(atOpen ? date : date + 1);
      const known = atOpen || book.unpriced > 0 ? null : (values[date] as number);
      const done = this.#trade(decided, date, prices, known);
      if (!atOpen) values[date] = (values[date] as number) - done.cost;
      if (book.trades > 0) {
        this.#rebalances.push({ ...done, decided, date, names: book.count, cash: book.cash });
      }
    }
    this.#mark(to);
  }

  #mark(to: number): void {
    this.#book.mark(this.#marked, to, this.#values);
    this.#marked = to;
  }

  /** @throws BacktestError `no-trades` */
  finish(): BacktestRun {
    const book = this.#book;
    const days = this.#panel.dates.length;
    const start = this.#rebalances[0]?.date;
    if (start === undefined || book.trades === 0) {
      throw new BacktestError(
        'no-trades',
        `No name was ever bought in ${days} dates: all is cash, which is no result. ${whyNothing(this.#panel, this.#delay)}`,
      );
    }
    return {
      start,
      values: this.#values,
      rebalances: this.#rebalances,
      trades: book.log,
      tradeCount: book.trades,
      delistings: book.delistings,
      commission: book.commission,
      slippage: book.slippage,
      holdings: Array.from(book.names(), (code) => ({
        code,
        shares: book.sharesOf(code),
        price: book.lastPrice(code, days - 1),
      })),
    };
  }
}

type Trade = (decided: number, date: number, prices: Float64Array, marked: number | null) => Rebalanced;

function traderOf(panel: Panel, config: BacktestConfig, book: Book, ranking: Ranking): Trade {
  const { strategy } = config;
  if (strategy.kind === 'top-k-dropout') {
    const trader = new DropoutTrader(panel, config, strategy);
    return (decided, date, prices) => trader.run(book, ranking, decided, date, prices);
  }
  const rebalancer = new Rebalancer(panel, config, strategy);
  const held = () => book.names();
  return (decided, date, prices, marked) => {
    const names = wantedNames(panel, ranking, strategy, decided, held, rebalancer.weights);
    return rebalancer.run(book, date, names, prices, marked, book.count === 0);
  };
}

function whyNothing({ score, close, dates }: Panel, delay: number): string {
  if (!score.some((value) => !Number.isNaN(value))) return 'No row has a score.';
  if (!close.some((value) => value > 0)) return 'No row has a price.';
  if (delay >= dates.length) return `The fill comes ${delay} dates after the decision, beyond the last one.`;
  return 'No scored name has a price on a decision date. Check that scores and prices are of the same dates and codes.';
}
