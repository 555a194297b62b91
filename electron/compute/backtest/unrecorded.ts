import type { BacktestConfig, TopK } from './config.ts';
import { type BacktestRun, delayOf, type RebalanceRow } from './engine.ts';
import { LeanBook } from './lean-book.ts';
import type { Panel } from './panel.ts';
import type { Ranking } from './ranking.ts';
import { payable } from './rebalance.ts';
import { wantedNames } from './targets.ts';

/** A configuration whose trades all cost the same share of their value, at a close, in fractions of a share. */
export type PlainConfig = BacktestConfig & { strategy: TopK };

export function isPlain(config: BacktestConfig): config is PlainConfig {
  const { strategy, costs, lot, fill } = config;
  const plainCosts = costs.commission.length === 0 && costs.slippage === null;
  return strategy.kind === 'top-k' && plainCosts && lot === null && fill !== 'next-open';
}

/** The rules of `Book` and `Rebalancer` for plain configurations whose trades nobody asks for. */
export class UnrecordedRun {
  readonly #panel: Panel;
  readonly #config: PlainConfig;
  readonly #ranking: Ranking;
  readonly #decisions: Int32Array;
  readonly #delay: number;
  readonly #book: LeanBook;
  readonly #rebalances: RebalanceRow[] = [];
  /** By place among the wanted names. */
  readonly #weights: Float64Array;
  /** Places among the wanted names of those that are held, and of those that are not. */
  readonly #owned: Int32Array;
  readonly #fresh: Int32Array;
  #ownedCount = 0;
  #freshCount = 0;
  /** Held or wanted names that have no price to trade at. */
  #untradable = 0;
  /** Worth of what is held, has a price and is not wanted. */
  #unwanted = 0;
  #tradeCount = 0;
  #cost = 0;
  #next = 0;

  constructor(panel: Panel, config: PlainConfig, ranking: Ranking, decisions: Int32Array) {
    this.#panel = panel;
    this.#config = config;
    this.#ranking = ranking;
    this.#decisions = decisions;
    this.#delay = delayOf(config);
    this.#book = new LeanBook(panel, config, decisions.length);
    const { topK } = config.strategy;
    this.#weights = new Float64Array(topK);
    this.#owned = new Int32Array(topK);
    this.#fresh = new Int32Array(topK);
  }

  /** Trades and marks the dates before `to`. */
  advance(to: number): void {
    for (; this.#next < this.#decisions.length; this.#next += 1) {
      const decided = this.#decisions[this.#next] as number;
      const date = decided + this.#delay;
      if (date >= to) break;
      this.#book.markFor(date);
      this.#rebalance(decided, date);
    }
    this.#book.mark(to);
  }

  finish(): BacktestRun | null {
    const start = this.#rebalances[0]?.date;
    if (start === undefined) return null;
    const book = this.#book;
    return {
      start,
      values: book.values,
      rebalances: this.#rebalances,
      trades: null,
      tradeCount: this.#tradeCount,
      delistings: book.delistings,
      commission: 0,
      slippage: this.#cost,
      // In a sweep nobody asks for it.
      get holdings() {
        return book.holdings();
      },
    };
  }

  #rebalance(decided: number, date: number): void {
    const { strategy } = this.#config;
    const book = this.#book;
    const before = book.values[date] as number;
    const isFirst = book.count === 0;
    const names = wantedNames(
      this.#panel,
      this.#ranking,
      strategy,
      decided,
      () => book.names(),
      this.#weights,
    );
    const wantedTurnover = this.#compare(names, date) / (2 * before);
    const isLimited = !isFirst && wantedTurnover > strategy.turnoverLimit;
    const alpha = isLimited
      ? Math.min(1, Math.max(strategy.minAlpha, strategy.turnoverLimit / wantedTurnover))
      : 1;
    const { traded, cost } = this.#trade(names, date, alpha);
    this.#cost += cost;
    if (this.#tradeCount === 0) return;
    this.#rebalances.push({
      wantedTurnover,
      turnover: traded / 2 / before,
      alpha,
      untradable: this.#untradable,
      cost,
      minWeight: Number.NaN,
      maxWeight: Number.NaN,
      decided,
      date,
      names: book.count,
      cash: book.cash,
    });
  }

  /**
   * Tells the wanted names that are held from those that are not, and gives the value that would change hands. Every held
   * name counts with its whole worth, and the wanted ones are set right: there are few of them.
   */
  #compare(names: Int32Array, date: number): number {
    const book = this.#book;
    const { slots, worth, prices, each } = book;
    const start = book.startOf(date);
    const weights = this.#weights;
    const owned = this.#owned;
    const fresh = this.#fresh;
    const tradable = (book.values[date] as number) - book.frozen;
    let untradable = book.frozenCount;
    let change = tradable - book.cash;
    let unwanted = change;
    let ownedCount = 0;
    let freshCount = 0;
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      const slot = slots[code] as number;
      const target = (weights[i] as number) * tradable;
      if (slot === -1) {
        if ((prices[start + each * code] as number) > 0) {
          change += target;
          fresh[freshCount] = i;
          freshCount += 1;
        } else untradable += 1;
        continue;
      }
      const value = worth[slot] as number;
      if (value < 0) continue;
      change += Math.abs(target - value) - value;
      if (target === 0) continue;
      // It is left alone when the others are thinned out.
      worth[slot] = -value;
      unwanted -= value;
      owned[ownedCount] = i;
      ownedCount += 1;
    }
    this.#ownedCount = ownedCount;
    this.#freshCount = freshCount;
    this.#untradable = untradable;
    this.#unwanted = unwanted;
    return change;
  }

  /** Goes the part `alpha` of the way: sales first, then buys, shrunk to the cash there is. */
  #trade(names: Int32Array, date: number, alpha: number): { traded: number; cost: number } {
    const { strategy, costs, allowNegativeCash } = this.#config;
    const { minWeight, dust } = strategy;
    const book = this.#book;
    const { slots, worth, prices, each } = book;
    const start = book.startOf(date);
    const weights = this.#weights;
    const owned = this.#owned;
    const fresh = this.#fresh;
    const rate = costs.fixedBps / 10_000;
    const total = book.values[date] as number;
    const tradable = total - book.frozen;
    const smallest = 1e-6 * total;
    let sold = book.thin(alpha, this.#unwanted, Math.max(minWeight, dust) * total, smallest);
    let { trades } = book;
    let wanted = 0;
    for (let at = 0; at < this.#ownedCount; at += 1) {
      const i = owned[at] as number;
      const value = -(worth[slots[names[i] as number] as number] as number);
      const change = alpha * ((weights[i] as number) * tradable - value);
      if (change > smallest) wanted += change;
      else if (change < -smallest) sold += Math.min(value, -change);
    }
    let buys = 0;
    for (let at = 0; at < this.#freshCount; at += 1) {
      const i = fresh[at] as number;
      const value = alpha * (weights[i] as number) * tradable;
      if (value <= smallest || value < minWeight * total * (1 - 1e-12)) continue;
      wanted += value;
      fresh[buys] = i;
      buys += 1;
    }
    const cash = book.cash + sold - sold * rate;
    const factor = allowNegativeCash ? 1 : payable(cash / (wanted * (1 + rate)));
    for (let at = 0; at < this.#ownedCount; at += 1) {
      const i = owned[at] as number;
      const slot = slots[names[i] as number] as number;
      const value = -(worth[slot] as number);
      const change = alpha * ((weights[i] as number) * tradable - value);
      const traded = change > 0 ? change * factor : change;
      if (Math.abs(change) <= smallest || traded === 0) continue;
      book.multiply(slot, 1 + traded / value);
      trades += 1;
    }
    for (let at = 0; at < buys && factor > 0; at += 1) {
      const i = fresh[at] as number;
      const code = names[i] as number;
      const value = alpha * (weights[i] as number) * tradable * factor;
      book.add(code, value / (prices[start + each * code] as number));
      trades += 1;
    }
    const bought = wanted * factor;
    const cost = (sold + bought) * rate;
    book.cash = cash - bought * (1 + rate);
    book.values[date] = total - cost;
    this.#tradeCount += trades;
    return { traded: sold + bought, cost };
  }
}
