import type { BacktestConfig } from './config.ts';
import { type CostModel, commissionOf, slippageOf } from './costs.ts';
import { TradeLog } from './log.ts';
import { stretchDays } from './lows.ts';
import type { Panel } from './panel.ts';
import { Pool } from './pool.ts';
import { Sales } from './sales.ts';

/** A name that was sold because its prices ended. */
export interface Delisting {
  date: number;
  code: number;
  price: number;
}

/**
 * Cash and shares. Between trades only held names are touched, each along its own prices. Blending leaves many names
 * behind: where all trades are at a close and cost the same share of their value, those without gaps in their prices are
 * held together in a pool.
 */
export class Book {
  cash: number;
  /** Places of held codes, in the order they were bought. */
  held = new Int32Array(64);
  heldCount = 0;
  /** Held names without a price on the date marked last. */
  unpriced = 0;
  readonly shares: Float64Array;
  /** The last price seen of a held name. */
  readonly last: Float64Array;
  readonly log: TradeLog | null;
  readonly delistings: Delisting[] = [];
  commission = 0;
  slippage = 0;
  /** Value of all trades, buys and sales. */
  traded = 0;
  trades = 0;

  /** Null where each name has to be traded by itself. */
  readonly pool: Pool | null;

  readonly #panel: Panel;
  #kept = 0;
  readonly #sales: Sales;
  readonly #missing: Int32Array;
  readonly #costs: CostModel;
  readonly #delistAfter: number;
  readonly #haircut: number;
  /** Where costs are a plain share of the value they need no look-up; null where they are not. */
  readonly plainRate: number | null;

  constructor(panel: Panel, config: BacktestConfig, record: boolean) {
    const n = panel.codes.length;
    this.cash = config.capital;
    this.shares = new Float64Array(n);
    this.last = new Float64Array(n);
    this.log = record ? new TradeLog() : null;
    this.#panel = panel;
    this.#missing = new Int32Array(n);
    this.#costs = config.costs;
    this.#delistAfter = config.delistAfter;
    this.#haircut = config.delistHaircut;
    const plain = config.costs.commission.length === 0 && config.costs.slippage === null;
    this.plainRate = plain ? config.costs.fixedBps / 10_000 : null;
    this.#sales = new Sales(this);
    const { strategy } = config;
    const blends =
      strategy.kind === 'top-k' && strategy.turnoverRule === 'blend' && strategy.turnoverLimit < 1;
    const together = blends && plain && config.lot === null && config.fill !== 'next-open';
    this.pool = together ? new Pool(panel) : null;
  }

  /** How many names are held. */
  get count(): number {
    return this.heldCount + (this.pool?.count ?? 0);
  }

  names(): Int32Array {
    const alone = this.held.subarray(0, this.heldCount);
    if (this.pool === null) return alone;
    const all = new Int32Array(this.count);
    all.set(alone);
    all.set(this.pool.codes.subarray(0, this.pool.count), alone.length);
    return all;
  }

  sharesOf(code: number): number {
    return (this.shares[code] as number) + (this.pool?.sharesOf(code) ?? 0);
  }

  /** The last price of a held name up to a date. */
  lastPrice(code: number, date: number): number {
    const pooled = this.pool !== null && (this.pool.slots[code] as number) >= 0;
    return (pooled ? this.#panel.close[code * this.#panel.dates.length + date] : this.last[code]) as number;
  }

  /** Writes the value at the close of each date from `from` to before `to` into `values`. */
  mark(from: number, to: number, values: Float64Array): void {
    const { pool } = this;
    this.unpriced = 0;
    // Always by stretches, so that the same sums are made in the same order wherever a run stops between dates.
    for (let date = from; date < to; ) {
      if (pool !== null && date >= pool.end) this.#regroup(pool, date);
      const end = Math.min(to, date - (date % stretchDays) + stretchDays);
      this.#markAlone(date, end, values);
      pool?.mark(date, end, values);
      date = end;
    }
  }

  /** Names with a gap in the stretch that begins leave the pool, and those without one join it. */
  #regroup(pool: Pool, date: number): void {
    const { close, dates } = this.#panel;
    const before = this.heldCount;
    pool.enter(date, (code, shares) => {
      this.shares[code] = shares;
      this.#hold(code, close[code * dates.length + date - 1] as number);
    });
    let kept = 0;
    for (let i = 0; i < this.heldCount; i += 1) {
      const code = this.held[i] as number;
      if (i < before && pool.takes(code)) {
        pool.set(code, this.shares[code] as number, date - 1);
        this.shares[code] = 0;
        continue;
      }
      this.held[kept] = code;
      kept += 1;
    }
    this.heldCount = kept;
  }

  /** Names outside the pool, and cash. */
  #markAlone(from: number, to: number, values: Float64Array): void {
    this.unpriced = 0;
    if (to - from === 1) this.#markDay(from, values);
    else if (to > from) this.#markSpan(from, to, values);
  }

  #markDay(date: number, values: Float64Array): void {
    const { close, dates } = this.#panel;
    const { held, shares, last } = this;
    const missing = this.#missing;
    const days = dates.length;
    const count = this.heldCount;
    let kept = 0;
    let worth = 0;
    for (let i = 0; i < count; i += 1) {
      const code = held[i] as number;
      const now = close[code * days + date] as number;
      if (now > 0) {
        last[code] = now;
        missing[code] = 0;
      } else if (this.#isGone(code)) {
        this.#delist(code, date);
        continue;
      } else this.unpriced += 1;
      worth += (shares[code] as number) * (last[code] as number);
      held[kept] = code;
      kept += 1;
    }
    this.heldCount = kept;
    values[date] = this.cash + worth;
  }

  #markSpan(from: number, to: number, values: Float64Array): void {
    values.fill(this.cash, from, to);
    const { held } = this;
    const count = this.heldCount;
    this.#kept = 0;
    for (let i = 0; i < count; i += 4) {
      const fours = i + 3 < count;
      const date = fours ? this.#markFour(i, from, to, values) : from;
      for (let k = i; k < Math.min(i + 4, count); k += 1) this.#markOne(held[k] as number, date, to, values);
    }
    this.heldCount = this.#kept;
  }

  /**
   * Four names at a time, for as long as all of them have a price: a quarter of the writes. Gives the date on which one
   * has none, or `to`.
   */
  #markFour(first: number, from: number, to: number, values: Float64Array): number {
    const { close, dates } = this.#panel;
    const { held, shares, last } = this;
    const days = dates.length;
    const a = held[first] as number;
    const b = held[first + 1] as number;
    const c = held[first + 2] as number;
    const d = held[first + 3] as number;
    const sharesA = shares[a] as number;
    const sharesB = shares[b] as number;
    const sharesC = shares[c] as number;
    const sharesD = shares[d] as number;
    const [startA, startB, startC, startD] = [a * days, b * days, c * days, d * days];
    let date = from;
    for (; date < to; date += 1) {
      const worth =
        sharesA * (close[startA + date] as number) +
        sharesB * (close[startB + date] as number) +
        sharesC * (close[startC + date] as number) +
        sharesD * (close[startD + date] as number);
      if (Number.isNaN(worth)) break;
      values[date] = (values[date] as number) + worth;
    }
    for (let i = first; date > from && i < first + 4; i += 1) {
      const code = held[i] as number;
      last[code] = close[code * days + date - 1] as number;
      this.#missing[code] = 0;
    }
    return date;
  }

  #markOne(code: number, from: number, to: number, values: Float64Array): void {
    const { close, dates } = this.#panel;
    const shares = this.shares[code] as number;
    const prices = code * dates.length;
    let price = this.last[code] as number;
    let date = from;
    for (; date < to; date += 1) {
      const now = close[prices + date] as number;
      if (now > 0) {
        price = now;
        this.#missing[code] = 0;
      } else if (this.#isGone(code)) break;
      values[date] = (values[date] as number) + shares * price;
    }
    this.last[code] = price;
    if (date < to) {
      const proceeds = this.#delist(code, date);
      for (let later = date; later < to; later += 1) values[later] = (values[later] as number) + proceeds;
    } else {
      this.held[this.#kept] = code;
      this.#kept += 1;
      if ((this.#missing[code] as number) > 0) this.unpriced += 1;
    }
  }

  #isGone(code: number): boolean {
    const missing = (this.#missing[code] as number) + 1;
    this.#missing[code] = missing;
    return missing >= this.#delistAfter;
  }

  /** Gives what the sale brings. */
  #delist(code: number, date: number): number {
    const price = (this.last[code] as number) * (1 - this.#haircut);
    const sold = this.shares[code] as number;
    this.log?.add(date, code, -sold, price, 0, 0);
    this.delistings.push({ date, code, price });
    this.shares[code] = 0;
    this.#missing[code] = 0;
    this.cash += sold * price;
    return sold * price;
  }

  /** Cost of a trade of that value on that date. */
  cost(value: number, date: number, code: number): number {
    if (this.plainRate !== null) return value * this.plainRate;
    const dayValue = this.#dayValue(date, code);
    return commissionOf(this.#costs, value) + slippageOf(this.#costs, value, dayValue);
  }

  #dayValue(date: number, code: number): number {
    const { volumeValue, dates } = this.#panel;
    return volumeValue === null ? Number.NaN : (volumeValue[code * dates.length + date] as number);
  }

  /** Trades so many shares; negative sells. Selling all of a name takes it out of the book at the next `tidy`. */
  trade(date: number, code: number, shares: number, price: number): void {
    const before = this.shares[code] as number;
    this.#pay(date, code, shares, price);
    this.shares[code] = before + shares;
    if (before === 0) this.#hold(code, price);
  }

  /** Buys into the pool where it takes the name; `owned` is what is held of it, where it is in the pool. */
  buy(date: number, code: number, shares: number, price: number, owned: number): void {
    const { pool } = this;
    const alone = this.heldCount > 0 && (this.shares[code] as number) > 0;
    if (pool === null || alone || !pool.takes(code)) {
      this.trade(date, code, shares, price);
      return;
    }
    this.#pay(date, code, shares, price);
    pool.set(code, owned + shares, date);
  }

  #pay(date: number, code: number, shares: number, price: number): void {
    const value = Math.abs(shares) * price;
    let commission = 0;
    let slippage: number;
    if (this.plainRate !== null) slippage = value * this.plainRate;
    else {
      commission = commissionOf(this.#costs, value);
      slippage = slippageOf(this.#costs, value, this.#dayValue(date, code));
    }
    this.cash -= shares * price + commission + slippage;
    this.commission += commission;
    this.slippage += slippage;
    this.traded += value;
    this.trades += 1;
    if (this.log !== null) this.log.add(date, code, shares, price, commission, slippage);
  }

  /** Many sales on one date: where costs are a plain share of the value, they are settled together. */
  sales(date: number): Sales {
    this.#sales.date = date;
    return this.#sales;
  }

  #hold(code: number, price: number): void {
    if (this.heldCount === this.held.length) {
      const wider = new Int32Array(this.held.length * 2);
      wider.set(this.held);
      this.held = wider;
    }
    this.held[this.heldCount] = code;
    this.heldCount += 1;
    this.last[code] = price;
    this.#missing[code] = 0;
  }

  /** Takes names out of the book that are not held any more. */
  tidy(): void {
    let kept = 0;
    for (let i = 0; i < this.heldCount; i += 1) {
      const code = this.held[i] as number;
      if ((this.shares[code] as number) <= 0) continue;
      this.held[kept] = code;
      kept += 1;
    }
    this.heldCount = kept;
  }
}
