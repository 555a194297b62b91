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
  readonly #wanted: Uint8Array;
  readonly #buys: Int32Array;
  readonly #buyValues: Float64Array;

  constructor(codes: number, config: BacktestConfig, strategy: TopK) {
    this.weights = new Float64Array(codes);
    this.#config = config;
    this.#strategy = strategy;
    this.#wanted = new Uint8Array(codes);
    this.#buys = new Int32Array(codes);
    this.#buyValues = new Float64Array(codes);
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
    const { shares, last } = book;
    const { weights } = this;
    const { turnoverLimit, minAlpha, minWeight, dust } = this.#strategy;
    const wanted = this.#wanted;
    let total = book.cash;
    let frozen = 0;
    let untradable = 0;
    for (let i = 0; i < book.heldCount; i += 1) {
      const code = book.held[i] as number;
      const price = prices[code * days + date] as number;
      if (price > 0) total += (shares[code] as number) * price;
      else {
        frozen += (shares[code] as number) * (last[code] as number);
        untradable += 1;
      }
    }
    total += frozen;
    // What cannot be traded keeps its weight; the wanted weights share the rest.
    const scale = (total - frozen) / total;
    let turnover = 0;
    for (let i = 0; i < book.heldCount; i += 1) {
      const code = book.held[i] as number;
      const price = prices[code * days + date] as number;
      if (!(price > 0)) continue;
      turnover += Math.abs((weights[code] as number) * scale - ((shares[code] as number) * price) / total);
    }
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      wanted[code] = 1;
      if ((shares[code] as number) > 0) continue;
      if ((prices[code * days + date] as number) > 0) turnover += (weights[code] as number) * scale;
      else untradable += 1;
    }
    turnover /= 2;
    const limited = !first && turnover > turnoverLimit;
    const alpha = limited ? Math.min(1, Math.max(minAlpha, turnoverLimit / turnover)) : 1;

    const [tradedBefore, costBefore] = [book.traded, book.commission + book.slippage];
    let buys = 0;
    const heldBefore = book.heldCount;
    for (let i = 0; i < heldBefore; i += 1) {
      const code = book.held[i] as number;
      const price = prices[code * days + date] as number;
      if (!(price > 0)) continue;
      const owned = shares[code] as number;
      const now = (owned * price) / total;
      let next = now + alpha * ((weights[code] as number) * scale - now);
      if (wanted[code] === 0 && (next < minWeight || next < dust)) next = 0;
      const change = next - now;
      if (next === 0) book.trade(date, code, -owned, price);
      else if (change < -1e-6)
        book.trade(date, code, -Math.min(owned, this.#rounded((-change * total) / price)), price);
      else if (change > 1e-6) {
        this.#buys[buys] = code;
        this.#buyValues[buys] = change * total;
        buys += 1;
      }
    }
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      const next = alpha * (weights[code] as number) * scale;
      const isNew = (shares[code] as number) === 0 && wanted[code] === 1;
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
    this.#buy(book, date, buys, prices, days);
    for (let i = 0; i < names.length; i += 1) {
      weights[names[i] as number] = 0;
      wanted[names[i] as number] = 0;
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
    // A hair less, so that rounding cannot leave a debt.
    return factor < 1 ? factor * (1 - 1e-14) : factor;
  }

  #rounded(shares: number): number {
    const { lot } = this.#config;
    return lot === null ? shares : Math.floor(shares / lot + 1e-9) * lot;
  }
}
