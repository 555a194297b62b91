import type { Book } from './book.ts';
import type { BacktestConfig, TopK } from './config.ts';
import type { Panel } from './panel.ts';

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
 * The share of all buys that is made, of what cash would pay for: a hair less, so that rounding cannot leave a debt, and
 * nothing for cash that rounding has left.
 */
export function payable(share: number): number {
  if (!(share < 1)) return 1;
  return share < 1e-9 ? 0 : share * (1 - 1e-14);
}

/**
 * Moves a book to wanted weights at given prices: first the sales, then the buys, shrunk to the cash there is. Arrays are
 * kept between calls: a rebalance allocates nothing that grows with the panel.
 */
export class Rebalancer {
  /** Wanted weights by code; zero again after each call. */
  readonly #weights: Float64Array;
  readonly #days: number;
  readonly #config: BacktestConfig;
  readonly #strategy: TopK;
  readonly #buys: Int32Array;
  readonly #buyValues: Float64Array;
  /** By place in the book: the price of a held name. */
  readonly #prices: Float64Array;

  constructor({ codes, dates }: Panel, config: BacktestConfig, strategy: TopK) {
    this.#days = dates.length;
    this.#config = config;
    this.#strategy = strategy;
    this.#weights = new Float64Array(codes.length);
    this.#buys = new Int32Array(codes.length);
    this.#buyValues = new Float64Array(codes.length);
    this.#prices = new Float64Array(codes.length);
  }

  /**
   * @param wanted weights of the names, by their places
   * @param prices by code and date, as in the panel; what has none on the date is not traded
   * @param first whether this is the first time: building the portfolio up is not held back by the turnover limit
   */
  run(
    book: Book,
    date: number,
    names: Int32Array,
    wanted: Float64Array,
    prices: Float64Array,
    first: boolean,
  ): Rebalanced {
    const days = this.#days;
    const { shares, last, held } = book;
    const weights = this.#weights;
    const { turnoverLimit, minAlpha, minWeight, dust } = this.#strategy;
    const at = this.#prices;
    const count = book.heldCount;
    let tradable = 0;
    let frozen = 0;
    let untradable = 0;
    for (let i = 0; i < count; i += 1) {
      const code = held[i] as number;
      const price = prices[code * days + date] as number;
      at[i] = price;
      if (price > 0) tradable += (shares[code] as number) * price;
      else {
        frozen += (shares[code] as number) * (last[code] as number);
        untradable += 1;
      }
    }
    const total = book.cash + tradable + frozen;
    // What cannot be traded keeps its weight; the wanted weights share the rest.
    const scale = (total - frozen) / total;
    // Every held name counts with its whole weight, and the wanted ones are set right: there are few of them.
    let turnover = tradable / total;
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      const price = prices[code * days + date] as number;
      const owned = shares[code] as number;
      weights[code] = wanted[i] as number;
      const weight = (wanted[i] as number) * scale;
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
    let buys = 0;
    let kept = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (let i = 0; i < count; i += 1) {
      const code = held[i] as number;
      const price = at[i] as number;
      const owned = shares[code] as number;
      let value = owned * price;
      if (price > 0) {
        const weight = weights[code] as number;
        let sold = 0;
        if (weight > 0) {
          const change = alpha * (weight * scale * total - value);
          if (change > smallest) {
            this.#add(buys, code, change);
            buys += 1;
            held[kept] = code;
            kept += 1;
            continue;
          }
          if (change < -smallest) sold = Math.min(owned, this.#rounded(-change / price));
        } else if (value - alpha * value < least) {
          book.trade(date, code, -owned, price);
          continue;
        } else if (alpha * value > smallest) sold = whole ? alpha * owned : this.#rounded(alpha * owned);
        if (sold > 0) {
          book.trade(date, code, -sold, price);
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
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      const weight = alpha * (weights[code] as number) * scale;
      weights[code] = 0;
      if ((shares[code] as number) > 0 || !((prices[code * days + date] as number) > 0)) continue;
      if (weight < minWeight * (1 - 1e-12) || weight * total <= smallest) continue;
      this.#add(buys, code, weight * total);
      buys += 1;
    }
    this.#buy(book, date, buys, prices);
    for (const code of this.#buys.subarray(0, buys)) {
      const value = (shares[code] as number) * (prices[code * days + date] as number);
      if (value > 0 && value < low) low = value;
      if (value > high) high = value;
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

  #buy(book: Book, date: number, count: number, prices: Float64Array): void {
    const factor = this.#config.allowNegativeCash ? 1 : this.#affordable(book, date, count);
    for (let i = 0; i < count; i += 1) {
      const code = this.#buys[i] as number;
      const price = prices[code * this.#days + date] as number;
      const bought = this.#rounded(((this.#buyValues[i] as number) * factor) / price);
      if (bought > 0) book.trade(date, code, bought, price);
    }
  }

  #add(at: number, code: number, value: number): void {
    this.#buys[at] = code;
    this.#buyValues[at] = value;
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
    return payable(factor);
  }

  #rounded(shares: number): number {
    const { lot } = this.#config;
    return lot === null ? shares : Math.floor(shares / lot + 1e-9) * lot;
  }
}
