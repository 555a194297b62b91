import type { Delisting } from './book.ts';
import type { BacktestConfig } from './config.ts';
import { datesTogether, gapsOf, marksOf, rowOf } from './marks.ts';
import type { Panel } from './panel.ts';

/** With more from one rebalance to the next, on average, each name is marked along its own prices, and else by date. */
const manyDates = 4;

/**
 * What a run holds whose trades nobody asks for, and what it is worth. Each name has a slot of one list, and its shares are
 * `units * scale`: selling the same part of every name is one multiplication, however many there are.
 */
export class LeanBook {
  /** By slot. Worth is of the date marked last, negative where there is no price. */
  worth = new Float64Array(64);
  count = 0;
  #codes = new Int32Array(64);
  #units = new Float64Array(64);
  #below = new Int32Array(64);
  #scale = 1;
  /** By code: the slot, -1 where it is not held. */
  readonly slots: Int16Array | Int32Array;
  /** At the close of each date. */
  readonly values: Float64Array;
  readonly delistings: Delisting[] = [];
  cash: number;
  /** Worth and number of names that have no price on the date marked last. */
  frozen = 0;
  frozenCount = 0;
  /** Of the last `thin`. */
  trades = 0;
  /** Of a code and date at `each * code + startOf(date)`; not above zero where there is none. */
  readonly prices: Float64Array;
  readonly each: number;
  readonly #config: BacktestConfig;
  readonly #marks: Float64Array;
  readonly #hasGaps: boolean;
  /** By date: 1 where some name has had no price for too long. */
  readonly #ends: Uint8Array;
  #marked = 0;

  /** @param rebalances how many there will be */
  constructor(panel: Panel, config: BacktestConfig, rebalances: number) {
    const { length } = panel.codes;
    this.slots = (length < 2 ** 15 ? new Int16Array(length) : new Int32Array(length)).fill(-1);
    this.values = new Float64Array(panel.dates.length);
    this.cash = config.capital;
    this.#config = config;
    this.#marks = marksOf(panel);
    const { isNone, ends } = gapsOf(panel, config.delistAfter);
    this.#ends = ends;
    this.#hasGaps = !isNone;
    const isAlong = isNone && panel.dates.length > manyDates * rebalances;
    this.prices = isAlong ? panel.close : this.#marks;
    this.each = isAlong ? panel.dates.length : datesTogether;
  }

  startOf(date: number): number {
    return this.prices === this.#marks ? rowOf(date, this.slots.length) : date;
  }

  /** Places of the codes that are held. */
  names(): Int32Array {
    return this.#codes.slice(0, this.count);
  }

  #shares(slot: number): number {
    return (this.#units[slot] as number) * this.#scale;
  }

  /** Values at the close of the dates before `to`. */
  mark(to: number): void {
    for (let date = this.#marked; date < to; ) {
      let end = date;
      while (end < to && this.#ends[end] === 0) end += 1;
      if (end > date) this.#markSpan(date, end);
      else {
        this.#markDate(date);
        end += 1;
      }
      date = end;
    }
    this.#marked = Math.max(this.#marked, to);
  }

  /** As `mark` does, to a date on which the worth of each name is asked for. */
  markFor(date: number): void {
    this.mark(date);
    this.#markDate(date);
    this.#marked = date + 1;
  }

  /** Dates on which no name ends. */
  #markSpan(from: number, to: number): void {
    this.values.fill(this.cash, from, to);
    for (let date = from; date < to; ) {
      const end = Math.min(to, date - (date % datesTogether) + datesTogether);
      const next = this.prices === this.#marks ? end : to;
      this.#addSpan(date, next);
      date = next;
    }
  }

  /** Adds the worth of all names to the values, four at a time for a quarter of the writes. */
  #addSpan(from: number, to: number): void {
    const codes = this.#codes;
    const units = this.#units;
    const scale = this.#scale;
    const { values, count, prices, each } = this;
    const shift = this.startOf(from) - from;
    let slot = 0;
    for (; slot + 3 < count; slot += 4) {
      const a = each * (codes[slot] as number) + shift;
      const b = each * (codes[slot + 1] as number) + shift;
      const c = each * (codes[slot + 2] as number) + shift;
      const d = each * (codes[slot + 3] as number) + shift;
      const sharesA = scale * (units[slot] as number);
      const sharesB = scale * (units[slot + 1] as number);
      const sharesC = scale * (units[slot + 2] as number);
      const sharesD = scale * (units[slot + 3] as number);
      for (let date = from; date < to; date += 1) {
        values[date] =
          (values[date] as number) +
          (sharesA * Math.abs(prices[a + date] as number) + sharesB * Math.abs(prices[b + date] as number)) +
          (sharesC * Math.abs(prices[c + date] as number) + sharesD * Math.abs(prices[d + date] as number));
      }
    }
    for (; slot < count; slot += 1) {
      const start = each * (codes[slot] as number) + shift;
      const shares = scale * (units[slot] as number);
      for (let date = from; date < to; date += 1) {
        values[date] = (values[date] as number) + shares * Math.abs(prices[start + date] as number);
      }
    }
  }

  /** What has been without a price for too long is sold; the worth of all others is noted. */
  #markDate(date: number): void {
    if (this.#ends[date] === 1) this.#sellEnded(date);
    this.values[date] = this.cash + this.#worthAt(this.startOf(date));
  }

  #sellEnded(date: number): void {
    const start = rowOf(date, this.slots.length);
    // Backwards, because the last slot takes the place of one that is dropped.
    for (let slot = this.count - 1; slot >= 0; slot -= 1) {
      const code = this.#codes[slot] as number;
      const isFrozen = (this.#marks[start + datesTogether * code] as number) < 0;
      if (isFrozen && this.#isGone(code, date)) this.#delist(slot, date);
    }
  }

  #worthAt(start: number): number {
    const codes = this.#codes;
    const units = this.#units;
    const scale = this.#scale;
    const { worth, count, prices, each } = this;
    // Two sums, because each addition waits for the one before it.
    let even = 0;
    let odd = 0;
    let slot = 0;
    for (; slot + 1 < count; slot += 2) {
      const a = scale * (units[slot] as number) * (prices[start + each * (codes[slot] as number)] as number);
      const b =
        scale * (units[slot + 1] as number) * (prices[start + each * (codes[slot + 1] as number)] as number);
      worth[slot] = a;
      worth[slot + 1] = b;
      even += a;
      odd += b;
    }
    if (slot < count) {
      const value =
        scale * (units[slot] as number) * (prices[start + each * (codes[slot] as number)] as number);
      worth[slot] = value;
      even += value;
    }
    if (this.#hasGaps) this.#countFrozen();
    return even + odd + 2 * this.frozen;
  }

  #countFrozen(): void {
    const { worth, count } = this;
    this.frozen = 0;
    this.frozenCount = 0;
    for (let slot = 0; slot < count; slot += 1) {
      const value = worth[slot] as number;
      if (value >= 0) continue;
      this.frozen -= value;
      this.frozenCount += 1;
    }
  }

  #isGone(code: number, date: number): boolean {
    const n = this.slots.length;
    const { delistAfter } = this.#config;
    if (date + 1 < delistAfter) return false;
    for (let t = date; t > date - delistAfter; t -= 1) {
      if (!((this.#marks[rowOf(t, n) + datesTogether * code] as number) < 0)) return false;
    }
    return true;
  }

  #delist(slot: number, date: number): void {
    const code = this.#codes[slot] as number;
    const last = Math.abs(this.#marks[rowOf(date, this.slots.length) + datesTogether * code] as number);
    const price = last * (1 - this.#config.delistHaircut);
    this.cash += this.#shares(slot) * price;
    this.delistings.push({ date, code, price });
    this.#drop(slot);
  }

  /**
   * Sells the part `alpha` of every name with a positive worth, `total` together; all of one that would be left worth less than
   * `least`, and nothing of one whose part would be worth no more than `smallest`. Gives the value sold.
   */
  thin(alpha: number, total: number, least: number, smallest: number): number {
    const rest = 1 - alpha;
    // What is worth as much as this is neither sold out nor left alone.
    const bar = rest > 0 ? Math.max(least / rest, smallest / alpha) * (1 + 1e-12) : Number.POSITIVE_INFINITY;
    const { worth } = this;
    let trades = this.count;
    let sold = 0;
    let thinned = total;
    // Backwards, because the last slot takes the place of one that is dropped.
    for (let at = this.#findBelow(bar) - 1; at >= 0; at -= 1) {
      const slot = this.#below[at] as number;
      const value = worth[slot] as number;
      if (value < 0) {
        trades -= 1;
        if (rest > 0) this.multiply(slot, 1 / rest);
      } else if (value - alpha * value < least || (alpha === 1 && value > smallest)) {
        thinned -= value;
        sold += value;
        this.#drop(slot);
      } else if (alpha * value <= smallest) {
        thinned -= value;
        trades -= 1;
        if (rest > 0) this.multiply(slot, 1 / rest);
      }
    }
    this.trades = trades;
    if (rest === 0) return sold;
    this.#keep(rest);
    return sold + alpha * thinned;
  }

  /** Lists the slots worth less than the bar. Without a branch: one in ten is, and none can tell which. */
  #findBelow(bar: number): number {
    const { worth, count } = this;
    const below = this.#below;
    let found = 0;
    for (let slot = 0; slot < count; slot += 1) {
      below[found] = slot;
      found += Number((worth[slot] as number) < bar);
    }
    return found;
  }

  /** Long after, units are written anew before they outgrow what a number holds. */
  #keep(part: number): void {
    this.#scale *= part;
    if (this.#scale > 1e-100) return;
    for (let slot = 0; slot < this.count; slot += 1) this.#units[slot] = this.#shares(slot);
    this.#scale = 1;
  }

  /** Holds so many times as much of a name; 0 takes it out. */
  multiply(slot: number, by: number): void {
    if (by > 0) this.#units[slot] = (this.#units[slot] as number) * by;
    else this.#drop(slot);
  }

  /** A name that is not held yet. */
  add(code: number, shares: number): void {
    if (this.count === this.#codes.length) this.#makeRoom();
    const slot = this.count;
    this.#codes[slot] = code;
    this.#units[slot] = shares / this.#scale;
    this.slots[code] = slot;
    this.count = slot + 1;
  }

  /** The last slot takes its place. */
  #drop(slot: number): void {
    const { worth, slots } = this;
    const codes = this.#codes;
    const units = this.#units;
    const last = this.count - 1;
    const moved = codes[last] as number;
    slots[moved] = slot;
    slots[codes[slot] as number] = -1;
    codes[slot] = moved;
    units[slot] = units[last] as number;
    worth[slot] = worth[last] as number;
    this.count = last;
  }

  #makeRoom(): void {
    const [codes, units, worth] = [this.#codes, this.#units, this.worth];
    this.#codes = new Int32Array(codes.length * 2);
    this.#units = new Float64Array(codes.length * 2);
    this.worth = new Float64Array(codes.length * 2);
    this.#below = new Int32Array(codes.length * 2);
    this.#codes.set(codes);
    this.#units.set(units);
    this.worth.set(worth);
  }

  /** Held at the end. */
  holdings(): { code: number; shares: number; price: number }[] {
    const last = rowOf(this.#marked - 1, this.slots.length);
    return Array.from(this.names(), (code, place) => ({
      code,
      shares: this.#shares(place),
      price: Math.abs(this.#marks[last + datesTogether * code] as number),
    }));
  }
}
