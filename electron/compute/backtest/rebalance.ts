import type { Book } from './book.ts';
import type { BacktestConfig, TopK } from './config.ts';

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
}

/**
 * Moves a book to wanted weights at given prices: first the sales, then the buys, shrunk to the cash there is.
 * The scratch arrays are kept between calls, so that a rebalance allocates nothing that grows with the panel.
 */
export class Rebalancer {
  /** Wanted weights by code; zero again after each call. */
  readonly weights: Float64Array;
  readonly #config: BacktestConfig;
  readonly #strategy: TopK;
  readonly #buys: Int32Array;
  readonly #buyValues: Float64Array;
  readonly #sales: Int32Array;
  readonly #saleShares: Float64Array;
  readonly #salePrices: Float64Array;
  /** By place in the book: value, then weight of a held name, and its price. */
  readonly #values: Float64Array;
  readonly #prices: Float64Array;

  constructor(codes: number, config: BacktestConfig, strategy: TopK) {
    this.weights = new Float64Array(codes);
    this.#config = config;
    this.#strategy = strategy;
    this.#buys = new Int32Array(codes);
    this.#buyValues = new Float64Array(codes);
    this.#sales = new Int32Array(codes);
    this.#saleShares = new Float64Array(codes);
    this.#salePrices = new Float64Array(codes);
    this.#values = new Float64Array(codes);
    this.#prices = new Float64Array(codes);
  }

  /**
   * @param prices by code and date, as in the panel; what has none on the date is not traded
   * @param first whether this is the first time: building the portfolio up is not held back by the turnover limit
   */
  run(
    book: Book,
    date: number,
    names: Int32Array,
    prices: Float64Array,
    days: number,
    first: boolean,
  ): Rebalanced {
    const { shares, last, held } = book;
    const { weights } = this;
    const { turnoverLimit, minAlpha, minWeight, dust } = this.#strategy;
    const now = this.#values;
    const at = this.#prices;
    const count = book.heldCount;
    let total = book.cash;
    let frozen = 0;
    let untradable = 0;
    for (let i = 0; i < count; i += 1) {
      const code = held[i] as number;
      const price = prices[code * days + date] as number;
      at[i] = price;
      if (price > 0) {
        now[i] = (shares[code] as number) * price;
        total += now[i] as number;
      } else {
        frozen += (shares[code] as number) * (last[code] as number);
        untradable += 1;
      }
    }
    total += frozen;
    // What cannot be traded keeps its weight; the wanted weights share the rest.
    const scale = (total - frozen) / total;
    let turnover = 0;
    for (let i = 0; i < count; i += 1) {
      if (!((at[i] as number) > 0)) continue;
      now[i] = (now[i] as number) / total;
      turnover += Math.abs((weights[held[i] as number] as number) * scale - (now[i] as number));
    }
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      if ((shares[code] as number) > 0) continue;
      if ((prices[code * days + date] as number) > 0) turnover += (weights[code] as number) * scale;
      else untradable += 1;
    }
    turnover /= 2;
    const limited = !first && turnover > turnoverLimit;
    const alpha = limited ? Math.min(1, Math.max(minAlpha, turnoverLimit / turnover)) : 1;

    const [tradedBefore, costBefore] = [book.traded, book.commission + book.slippage];
    const least = Math.max(minWeight, dust);
    const saleCodes = this.#sales;
    const salePrices = this.#salePrices;
    const saleShares = this.#saleShares;
    let buys = 0;
    let sales = 0;
    for (let i = 0; i < count; i += 1) {
      const price = at[i] as number;
      if (!(price > 0)) continue;
      const code = held[i] as number;
      const before = now[i] as number;
      const weight = weights[code] as number;
      let next = before + alpha * (weight * scale - before);
      if (next < least && weight === 0) next = 0;
      const change = next - before;
      if (next === 0 || change < -1e-6) {
        const owned = shares[code] as number;
        saleCodes[sales] = code;
        salePrices[sales] = price;
        saleShares[sales] = next === 0 ? owned : Math.min(owned, this.#rounded((-change * total) / price));
        sales += 1;
      } else if (change > 1e-6) {
        this.#buys[buys] = code;
        this.#buyValues[buys] = change * total;
        buys += 1;
      }
    }
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      const next = alpha * (weights[code] as number) * scale;
      const isNew = (shares[code] as number) === 0;
      if (
        isNew &&
        (prices[code * days + date] as number) > 0 &&
        next >= minWeight * (1 - 1e-12) &&
        next > 1e-6
      ) {
        this.#buys[buys] = code;
        this.#buyValues[buys] = next * total;
        buys += 1;
      }
    }
    book.sell(date, saleCodes, saleShares, salePrices, sales);
    this.#buy(book, date, buys, prices, days);
    for (let i = 0; i < names.length; i += 1) {
      weights[names[i] as number] = 0;
    }
    book.tidy();
    return {
      wantedTurnover: turnover,
      turnover: (book.traded - tradedBefore) / 2 / total,
      alpha,
      untradable,
      cost: book.commission + book.slippage - costBefore,
    };
  }

  #buy(book: Book, date: number, count: number, prices: Float64Array, days: number): void {
    const factor = this.#config.allowNegativeCash ? 1 : this.#affordable(book, date, count);
    for (let i = 0; i < count; i += 1) {
      const code = this.#buys[i] as number;
      const price = prices[code * days + date] as number;
      const bought = this.#rounded(((this.#buyValues[i] as number) * factor) / price);
      if (bought > 0) book.trade(date, code, bought, price);
    }
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
