import type { BacktestConfig } from './config.ts';
import { type CostModel, commissionOf, slippageOf } from './costs.ts';
import { TradeLog } from './log.ts';
import { datesTogether, marksOf, rowOf } from './marks.ts';
import type { Panel } from './panel.ts';

/** A name that was sold because its prices ended. */
export interface Delisting {
  date: number;
  code: number;
  price: number;
}

/** Cash and shares, name by name. Between trades only held names are touched. */
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

  readonly #panel: Panel;
  readonly #marks: Float64Array;
  readonly #missing: Int32Array;
  readonly #costs: CostModel;
  readonly #delistAfter: number;
  readonly #haircut: number;

  constructor(panel: Panel, config: BacktestConfig, record: boolean) {
    const n = panel.codes.length;
    this.cash = config.capital;
    this.shares = new Float64Array(n);
    this.last = new Float64Array(n);
    this.log = record ? new TradeLog() : null;
    this.#panel = panel;
    this.#marks = marksOf(panel);
    this.#missing = new Int32Array(n);
    this.#costs = config.costs;
    this.#delistAfter = config.delistAfter;
    this.#haircut = config.delistHaircut;
  }

  names(): Int32Array {
    return this.held.subarray(0, this.heldCount);
  }

  /** Writes the value at the close of each date from `from` to before `to` into `values`. */
  mark(from: number, to: number, values: Float64Array): void {
    this.unpriced = 0;
    for (let date = from; date < to; date += 1) values[date] = this.#markDay(date);
  }

  #markDay(date: number): number {
    const { held, shares, last } = this;
    const marks = this.#marks;
    const missing = this.#missing;
    const row = rowOf(date, this.shares.length);
    const count = this.heldCount;
    this.unpriced = 0;
    let kept = 0;
    let worth = 0;
    for (let i = 0; i < count; i += 1) {
      const code = held[i] as number;
      const now = marks[row + datesTogether * code] as number;
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
    return this.cash + worth;
  }

  #isGone(code: number): boolean {
    const missing = (this.#missing[code] as number) + 1;
    this.#missing[code] = missing;
    return missing >= this.#delistAfter;
  }

  #delist(code: number, date: number): void {
    const price = (this.last[code] as number) * (1 - this.#haircut);
    const sold = this.shares[code] as number;
    this.log?.add(date, code, -sold, price, 0, 0);
    this.delistings.push({ date, code, price });
    this.shares[code] = 0;
    this.#missing[code] = 0;
    this.cash += sold * price;
  }

  /** Cost of a trade of that value on that date. */
  cost(value: number, date: number, code: number): number {
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
    const value = Math.abs(shares) * price;
    const commission = commissionOf(this.#costs, value);
    const slippage = slippageOf(this.#costs, value, this.#dayValue(date, code));
    this.cash -= shares * price + commission + slippage;
    this.commission += commission;
    this.slippage += slippage;
    this.traded += value;
    this.trades += 1;
    this.log?.add(date, code, shares, price, commission, slippage);
    this.shares[code] = before + shares;
    if (before === 0) this.#hold(code, price);
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
