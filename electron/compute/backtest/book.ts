import type { BacktestConfig } from './config.ts';
import { type CostModel, commissionOf, slippageOf } from './costs.ts';
import { TradeLog } from './log.ts';
import type { Panel } from './panel.ts';

/** A name that was sold because its prices ended. */
export interface Delisting {
  date: number;
  code: number;
  price: number;
}

/** Cash and shares. Between trades only held names are touched, each along its own prices. */
export class Book {
  cash: number;
  /** Places of held codes, in the order they were bought. */
  held = new Int32Array(64);
  heldCount = 0;
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

  readonly #panel: Panel;
  readonly #missing: Int32Array;
  readonly #costs: CostModel;
  readonly #delistAfter: number;
  readonly #haircut: number;
  /** Where costs are a plain share of the value they need no look-up. */
  readonly #plainRate: number | null;

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
    this.#plainRate = plain ? config.costs.fixedBps / 10_000 : null;
  }

  names(): Int32Array {
    return this.held.subarray(0, this.heldCount);
  }

  /** Writes the value at the close of each date from `from` to before `to` into `values`. */
  mark(from: number, to: number, values: Float64Array): void {
    for (let date = from; date < to; date += 1) values[date] = this.cash;
    const { close, dates } = this.#panel;
    const days = dates.length;
    let kept = 0;
    for (let i = 0; i < this.heldCount; i += 1) {
      const code = this.held[i] as number;
      const shares = this.shares[code] as number;
      const prices = code * days;
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
      if (date === to) {
        this.held[kept] = code;
        kept += 1;
      } else this.#delist(code, date, to, values);
    }
    this.heldCount = kept;
  }

  #isGone(code: number): boolean {
    const missing = (this.#missing[code] as number) + 1;
    this.#missing[code] = missing;
    return missing >= this.#delistAfter;
  }

  #delist(code: number, date: number, to: number, values: Float64Array): void {
    const price = (this.last[code] as number) * (1 - this.#haircut);
    const proceeds = (this.shares[code] as number) * price;
    this.log?.add(date, code, -(this.shares[code] as number), price, 0, 0);
    this.delistings.push({ date, code, price });
    this.shares[code] = 0;
    this.#missing[code] = 0;
    this.cash += proceeds;
    for (let later = date; later < to; later += 1) values[later] = (values[later] as number) + proceeds;
  }

  /** Cost of a trade of that value on that date. */
  cost(value: number, date: number, code: number): number {
    if (this.#plainRate !== null) return value * this.#plainRate;
    const dayValue = this.#dayValue(date, code);
    return commissionOf(this.#costs, value) + slippageOf(this.#costs, value, dayValue);
  }

  #dayValue(date: number, code: number): number {
    const { volumeValue, dates } = this.#panel;
    return volumeValue === null ? Number.NaN : (volumeValue[code * dates.length + date] as number);
  }

  /** Trades so many shares; negative sells. Selling all of a name takes it out of the book at the next `tidy`. */
  trade(date: number, code: number, shares: number, price: number): void {
    const value = Math.abs(shares) * price;
    const before = this.shares[code] as number;
    let commission = 0;
    let slippage: number;
    if (this.#plainRate !== null) slippage = value * this.#plainRate;
    else {
      commission = commissionOf(this.#costs, value);
      slippage = slippageOf(this.#costs, value, this.#dayValue(date, code));
    }
    this.cash -= shares * price + commission + slippage;
    this.commission += commission;
    this.slippage += slippage;
    this.traded += value;
    this.trades += 1;
    this.shares[code] = before + shares;
    if (before === 0) this.#hold(code, price);
    if (this.log !== null) this.log.add(date, code, shares, price, commission, slippage);
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
