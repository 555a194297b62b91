import type { Book } from './book.ts';
import type { BacktestConfig, TopK } from './config.ts';
import type { Panel } from './panel.ts';
import { scratchOf } from './scratch.ts';
import { thinOut } from './thinning.ts';

/** What a rebalance did. Shares of the portfolio's value are fractions. */
export interface Rebalanced {
  /** Half the sum of weight changes that was wanted, and that was traded. */
  wantedTurnover: number;
  turnover: number;
  /** The part of the way to the wanted weights that was gone: 1 where no limit held it back. */
  alpha: number;
  /** Held or wanted names that had no price to trade at. */
  untradable: number;
  cost: number;
  /** Smallest and largest weight after it; 0 where nothing is held, NaN where trades are not recorded. */
  minWeight: number;
  maxWeight: number;
}

/**
 * Moves a book to wanted weights at given prices: first the sales, then the buys, shrunk to the cash there is.
 * The scratch arrays are kept between calls and shared between runs over one panel: a rebalance allocates nothing that
 * grows with the panel, and many runs side by side work in the same small memory.
 */
export class Rebalancer {
  /** Wanted weights by code; zero again after each call. */
  readonly weights: Float64Array;
  readonly #panel: Panel;
  readonly #days: number;
  readonly #config: BacktestConfig;
  readonly #strategy: TopK;
  readonly #buys: Int32Array;
  readonly #buyValues: Float64Array;
  readonly #owned: Float64Array;
  /** By place in the book: the price of a held name. */
  readonly #prices: Float64Array;
  /** By place among the wanted names: the shares that are owned of a name in the pool, 0 of others. */
  readonly #pooled: Float64Array;

  constructor(panel: Panel, config: BacktestConfig, strategy: TopK) {
    const scratch = scratchOf(panel);
    this.#panel = panel;
    this.#days = panel.dates.length;
    this.#config = config;
    this.#strategy = strategy;
    this.weights = scratch.weights;
    this.#pooled = scratch.pooled;
    this.#buys = scratch.buys;
    this.#buyValues = scratch.buyValues;
    this.#owned = scratch.owned;
    this.#prices = scratch.prices;
  }

  /**
   * @param prices by code and date, as in the panel; what has none on the date is not traded
   * @param marked the value of the book where it is known that every held name has its last price from this date
   * @param first whether this is the first time: building the portfolio up is not held back by the turnover limit
   */
  run(
    book: Book,
    date: number,
    names: Int32Array,
    prices: Float64Array,
    marked: number | null,
    first: boolean,
  ): Rebalanced {
    const days = this.#days;
    const { shares, last, held, pool } = book;
    const pooled = this.#pooled;
    const { weights } = this;
    const { turnoverLimit, minAlpha, minWeight, dust } = this.#strategy;
    const at = this.#prices;
    const count = book.heldCount;
    let tradable = 0;
    let frozen = 0;
    let untradable = 0;
    const known = marked !== null;
    if (known) tradable = marked - book.cash;
    for (let i = 0; !known && i < count; i += 1) {
      const code = held[i] as number;
      const price = prices[code * days + date] as number;
      at[i] = price;
      if (price > 0) tradable += (shares[code] as number) * price;
      else {
        frozen += (shares[code] as number) * (last[code] as number);
        untradable += 1;
      }
    }
    if (!known && pool !== null) tradable += pool.worthOn(date);
    const total = book.cash + tradable + frozen;
    // What cannot be traded keeps its weight; the wanted weights share the rest.
    const scale = (total - frozen) / total;
    // Every held name counts with its whole weight, and the wanted ones are set right: there are few of them.
    let turnover = tradable / total;
    let wantedWorth = 0;
    let wantedCount = 0;
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      const price = prices[code * days + date] as number;
      const together = pool === null ? 0 : pool.sharesOf(code);
      const owned = count === 0 ? together : together + (shares[code] as number);
      pooled[i] = (weights[code] as number) > 0 ? together : 0;
      if ((pooled[i] as number) > 0) {
        wantedWorth += together * price;
        wantedCount += 1;
      }
      const weight = (weights[code] as number) * scale;
      if (price > 0) turnover += Math.abs(weight - (owned * price) / total) - (owned * price) / total;
      else if (owned === 0) untradable += 1;
    }
    turnover /= 2;
    const limited = !first && turnover > turnoverLimit;
    const alpha = limited ? Math.min(1, Math.max(minAlpha, turnoverLimit / turnover)) : 1;

    const [tradedBefore, costBefore] = [book.traded, book.commission + book.slippage];
    const least = Math.max(minWeight, dust) * total;
    const smallest = 1e-6 * total;
    const whole = this.#config.lot === null;
    const sales = book.sales(date);
    let buys = 0;
    let kept = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (let i = 0; i < count; i += 1) {
      const code = held[i] as number;
      const price = (known ? last[code] : at[i]) as number;
      const owned = shares[code] as number;
      let value = owned * price;
      if (price > 0) {
        const weight = weights[code] as number;
        let sold = 0;
        if (weight > 0) {
          const change = alpha * (weight * scale * total - value);
          if (change > smallest) {
            this.#add(buys, code, change, 0);
            buys += 1;
            held[kept] = code;
            kept += 1;
            continue;
          }
          if (change < -smallest) sold = Math.min(owned, this.#rounded(-change / price));
        } else if (value - alpha * value < least) {
          sales.sell(code, owned, price);
          continue;
        } else if (alpha * value > smallest) sold = whole ? alpha * owned : this.#rounded(alpha * owned);
        if (sold > 0) {
          sales.sell(code, sold, price);
          if (!((shares[code] as number) > 0)) continue;
          value -= sold * price;
        }
      } else value = owned * (last[code] as number);
      if (value < low) low = value;
      if (value > high) high = value;
      held[kept] = code;
      kept += 1;
    }
    book.heldCount = kept;
    if (pool !== null) {
      thinOut(this.#panel, pool, sales, { date, weights, alpha, least, smallest, wantedWorth, wantedCount });
    }
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      const weight = alpha * (weights[code] as number) * scale;
      weights[code] = 0;
      const owned = pooled[i] as number;
      if (owned > 0) {
        const price = prices[code * days + date] as number;
        const change = weight * total - alpha * owned * price;
        if (change > smallest) {
          this.#add(buys, code, change, owned);
          buys += 1;
          continue;
        }
        const sold = change < -smallest ? Math.min(owned, -change / price) : 0;
        if (sold > 0) sales.count(code, sold, price);
        pool?.set(code, owned - sold, date);
        continue;
      }
      if ((kept > 0 && (shares[code] as number) > 0) || !((prices[code * days + date] as number) > 0))
        continue;
      if (weight < minWeight * (1 - 1e-12) || weight * total <= smallest) continue;
      this.#add(buys, code, weight * total, 0);
      buys += 1;
    }
    sales.settle();
    this.#buy(book, date, buys, prices, days);
    if (pool !== null && book.log === null) low = high = Number.NaN;
    else {
      const inPool = pool?.codes.subarray(0, pool.count) ?? [];
      for (const code of [...this.#buys.subarray(0, buys), ...inPool]) {
        const value = book.sharesOf(code) * (prices[code * days + date] as number);
        if (value > 0 && value < low) low = value;
        if (value > high) high = value;
      }
    }
    const cost = book.commission + book.slippage - costBefore;
    return {
      wantedTurnover: turnover,
      turnover: (book.traded - tradedBefore) / 2 / total,
      alpha,
      untradable,
      cost,
      minWeight: high === 0 ? 0 : low / (total - cost),
      maxWeight: high / (total - cost),
    };
  }

  #buy(book: Book, date: number, count: number, prices: Float64Array, days: number): void {
    const factor = this.#config.allowNegativeCash ? 1 : this.#affordable(book, date, count);
    for (let i = 0; i < count; i += 1) {
      const code = this.#buys[i] as number;
      const price = prices[code * days + date] as number;
      const bought = this.#rounded(((this.#buyValues[i] as number) * factor) / price);
      const owned = this.#owned[i] as number;
      if (bought > 0) book.buy(date, code, bought, price, owned);
      else if (owned > 0) book.pool?.set(code, owned, date);
    }
  }

  /** @param owned shares in the pool */
  #add(at: number, code: number, value: number, owned: number): void {
    this.#buys[at] = code;
    this.#buyValues[at] = value;
    this.#owned[at] = owned;
  }

  /** The share of all buys that cash pays for, costs included: costs depend on the share, so it is approached. */
  #affordable(book: Book, date: number, count: number): number {
    let wanted = 0;
    for (let i = 0; i < count; i += 1) wanted += this.#buyValues[i] as number;
    if (wanted <= 0) return 1;
    if (book.plainRate !== null) return this.#aHairLess(book.cash / (wanted * (1 + book.plainRate)));
    let factor = 1;
    for (let round = 0; round < 12; round += 1) {
      let costs = 0;
      for (let i = 0; i < count; i += 1) {
        costs += book.cost((this.#buyValues[i] as number) * factor, date, this.#buys[i] as number);
      }
      const next = Math.max(0, Math.min(1, (book.cash - costs) / wanted));
      const settled = Math.abs(next - factor) < 1e-15;
      factor = next;
      if (settled) break;
    }
    return this.#aHairLess(factor);
  }

  /** So that rounding cannot leave a debt. */
  #aHairLess(factor: number): number {
    return factor < 1 ? Math.max(0, factor * (1 - 1e-14)) : 1;
  }

  #rounded(shares: number): number {
    const { lot } = this.#config;
    return lot === null ? shares : Math.floor(shares / lot + 1e-9) * lot;
  }
}
