import type { Book } from './book.ts';
import type { BacktestConfig, TopKDropout } from './config.ts';
import type { Panel } from './panel.ts';
import type { Ranking } from './ranking.ts';
import type { Rebalanced } from './rebalance.ts';

/**
 * Qlib's TopkDropout (`qlib/contrib/strategy/signal_strategy.py`): at most `drop` of the worst held names go, and only
 * for better ones; each buy gets the same part of the cash after the sales.
 */
export class DropoutTrader {
  readonly #panel: Panel;
  readonly #config: BacktestConfig;
  readonly #strategy: TopKDropout;
  /** By code: at how many decisions it has been held. */
  readonly #age: Int32Array;

  constructor(panel: Panel, config: BacktestConfig, strategy: TopKDropout) {
    this.#panel = panel;
    this.#config = config;
    this.#strategy = strategy;
    this.#age = new Int32Array(panel.codes.length);
  }

  run(book: Book, ranking: Ranking, decided: number, date: number, prices: Float64Array): Rebalanced {
    const days = this.#panel.dates.length;
    const { sell, buy } = this.#decide(book.names(), ranking, decided);
    const [tradedBefore, costBefore] = [book.traded, book.commission + book.slippage];
    const priceOf = (code: number) => prices[code * days + date] as number;
    let total = book.cash;
    for (const code of book.names())
      total += (book.shares[code] as number) * (priceOf(code) || (book.last[code] as number));
    let untradable = 0;
    for (const code of book.names()) this.#age[code] = (this.#age[code] as number) + 1;
    for (const code of sell) {
      if (!(priceOf(code) > 0)) untradable += 1;
      else if ((this.#age[code] as number) >= this.#strategy.holdDecisions) {
        book.trade(date, code, -(book.shares[code] as number), priceOf(code));
        this.#age[code] = 0;
      }
    }
    const each = buy.length > 0 ? (book.cash * this.#strategy.riskDegree) / buy.length : 0;
    for (const code of buy) {
      if (!(priceOf(code) > 0)) untradable += 1;
      else this.#buyFor(book, date, code, each, priceOf(code));
    }
    book.tidy();
    const turnover = (book.traded - tradedBefore) / 2 / total;
    const cost = book.commission + book.slippage - costBefore;
    const worth = Array.from(
      book.names(),
      (code) => (book.shares[code] as number) * (priceOf(code) || (book.last[code] as number)),
    );
    const weights = worth.map((value) => value / (total - cost));
    return {
      wantedTurnover: turnover,
      turnover,
      alpha: 1,
      untradable,
      cost,
      minWeight: weights.length > 0 ? Math.min(...weights) : 0,
      maxWeight: Math.max(0, ...weights),
    };
  }

  #decide(held: Int32Array, ranking: Ranking, date: number): { sell: number[]; buy: number[] } {
    const { topK, drop } = this.#strategy;
    const scoreOf = (code: number) => {
      const score = this.#panel.score[date * this.#panel.codes.length + code] as number;
      return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
    };
    const byScore = (a: number, b: number) => scoreOf(b) - scoreOf(a) || a - b;
    const last = Array.from(held).sort(byScore);
    const owned = new Set(last);
    const today = Array.from(ranking.best(date))
      .filter((code) => !owned.has(code))
      .slice(0, Math.max(0, drop + topK - last.length));
    const together = [...last, ...today].sort(byScore);
    const tail = new Set(together.slice(-drop));
    const sell = last.filter((code) => tail.has(code));
    return { sell, buy: today.slice(0, Math.max(0, sell.length + topK - last.length)) };
  }

  #buyFor(book: Book, date: number, code: number, cash: number, price: number): void {
    const { lot, allowNegativeCash } = this.#config;
    // Theirs reserves nothing for costs; where cash may not go below zero, ours does.
    const cost = allowNegativeCash ? 0 : book.cost(cash, date, code);
    const shares = Math.max(0, Math.min(cash, allowNegativeCash ? cash : book.cash - cost)) / price;
    const rounded = lot === null ? shares : Math.floor(shares / lot + 1e-9) * lot;
    if (rounded <= 0) return;
    this.#age[code] = 0;
    book.trade(date, code, rounded, price);
  }
}
