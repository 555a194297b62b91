import { Book } from './book.ts';
import type { BacktestConfig } from './config.ts';
import { DropoutTrader } from './dropout.ts';
import { type BacktestRun, delayOf, type RebalanceRow } from './engine.ts';
import type { Panel } from './panel.ts';
import type { Ranking } from './ranking.ts';
import { type Rebalanced, Rebalancer } from './rebalance.ts';
import { wantedNames } from './targets.ts';

type Trade = (decided: number, date: number, prices: Float64Array) => Rebalanced;

/** Any configuration, name by name, with a log of its trades where that is asked for. */
export class BookedRun {
  readonly #panel: Panel;
  readonly #config: BacktestConfig;
  readonly #book: Book;
  readonly #trade: Trade;
  readonly #decisions: Int32Array;
  readonly #values: Float64Array;
  readonly #rebalances: RebalanceRow[] = [];
  #next = 0;
  #marked = 0;

  constructor(
    panel: Panel,
    config: BacktestConfig,
    ranking: Ranking,
    decisions: Int32Array,
    record: boolean,
  ) {
    this.#panel = panel;
    this.#config = config;
    this.#book = new Book(panel, config, record);
    this.#trade = traderOf(panel, config, this.#book, ranking);
    this.#decisions = decisions;
    this.#values = new Float64Array(panel.dates.length);
  }

  advance(to: number): void {
    const book = this.#book;
    const values = this.#values;
    const atOpen = this.#config.fill === 'next-open';
    const prices = atOpen ? (this.#panel.open as Float64Array) : this.#panel.close;
    for (; this.#next < this.#decisions.length; this.#next += 1) {
      const decided = this.#decisions[this.#next] as number;
      const date = decided + delayOf(this.#config);
      if (date >= to) break;
      // At the open the day's own close is not known yet: it is marked with what is held after the fill.
      this.#mark(atOpen ? date : date + 1);
      const done = this.#trade(decided, date, prices);
      if (!atOpen) values[date] = (values[date] as number) - done.cost;
      if (book.trades > 0) {
        this.#rebalances.push({ ...done, decided, date, names: book.heldCount, cash: book.cash });
      }
    }
    this.#mark(to);
  }

  #mark(to: number): void {
    this.#book.mark(this.#marked, to, this.#values);
    this.#marked = to;
  }

  /** Null where nothing was ever traded. */
  finish(): BacktestRun | null {
    const book = this.#book;
    const start = this.#rebalances[0]?.date;
    if (start === undefined) return null;
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
        shares: book.shares[code] as number,
        price: book.last[code] as number,
      })),
    };
  }
}

function traderOf(panel: Panel, config: BacktestConfig, book: Book, ranking: Ranking): Trade {
  const { strategy } = config;
  if (strategy.kind === 'top-k-dropout') {
    const trader = new DropoutTrader(panel, config, strategy);
    return (decided, date, prices) => trader.run(book, ranking, decided, date, prices);
  }
  const rebalancer = new Rebalancer(panel, config, strategy);
  const weights = new Float64Array(strategy.topK);
  const held = () => book.names();
  return (decided, date, prices) => {
    const names = wantedNames(panel, ranking, strategy, decided, held, weights);
    return rebalancer.run(book, date, names, weights, prices, book.heldCount === 0);
  };
}
