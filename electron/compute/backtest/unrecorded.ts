import type { Delisting } from './book.ts';
import type { BacktestConfig, TopK } from './config.ts';
import { type BacktestRun, delayOf, type RebalanceRow } from './engine.ts';
import { gapsOf, marksOf } from './marks.ts';
import type { Panel } from './panel.ts';
import type { Ranking } from './ranking.ts';
import { wantedNames } from './targets.ts';

/** A configuration whose trades all cost the same share of their value, at a close, in fractions of a share. */
export type PlainConfig = BacktestConfig & { strategy: TopK };

/** Prices that memory hands over at once. */
const datesInLine = 8;

export function isPlain(config: BacktestConfig): config is PlainConfig {
  const { strategy, costs, lot, fill } = config;
  const plainCosts = costs.commission.length === 0 && costs.slippage === null;
  return strategy.kind === 'top-k' && plainCosts && lot === null && fill !== 'next-open';
}

/**
 * The rules of `Book` and `Rebalancer` for plain configurations whose trades nobody asks for: what is held lies in one
 * list, is valued along the prices of a date, and is thinned out in one pass, however it came there.
 */
export class UnrecordedRun {
  readonly #panel: Panel;
  readonly #config: PlainConfig;
  readonly #ranking: Ranking;
  readonly #decisions: Int32Array;
  readonly #delay: number;
  readonly #marks: Float64Array;
  readonly #gaps: Uint8Array;
  readonly #values: Float64Array;
  readonly #rebalances: RebalanceRow[] = [];
  readonly #delistings: Delisting[] = [];
  /** By slot. Worth is of the date marked last, negative where it cannot be sold. */
  #codes = new Int32Array(64);
  #shares = new Float64Array(64);
  #worth = new Float64Array(64);
  #count = 0;
  /** By code: the slot, -1 where it is not held. */
  readonly #slots: Int16Array | Int32Array;
  /** By place among the wanted names. */
  readonly #weights: Float64Array;
  readonly #buys: Int32Array;
  readonly #buyValues: Float64Array;
  /** Cash, costs, and what cannot be sold on the date marked last: a number in a field is made anew with every change. */
  readonly #money: Float64Array;
  /** Whether rebalances are far enough apart to go along the prices of each name, and not of each date. */
  readonly #isRare: boolean;
  #frozen = 0;
  #tradeCount = 0;
  #next = 0;
  #marked = 0;

  constructor(panel: Panel, config: PlainConfig, ranking: Ranking, decisions: Int32Array) {
    const n = panel.codes.length;
    this.#panel = panel;
    this.#config = config;
    this.#ranking = ranking;
    this.#decisions = decisions;
    this.#delay = delayOf(config);
    this.#isRare = panel.dates.length > datesInLine * decisions.length;
    this.#marks = marksOf(panel);
    this.#gaps = gapsOf(panel);
    this.#values = new Float64Array(panel.dates.length);
    this.#slots = (n < 2 ** 15 ? new Int16Array(n) : new Int32Array(n)).fill(-1);
    const { topK } = config.strategy;
    this.#weights = new Float64Array(topK);
    this.#buys = new Int32Array(topK);
    this.#buyValues = new Float64Array(topK);
    this.#money = Float64Array.of(config.capital, 0, 0);
  }

  /** Trades and marks the dates before `to`. */
  advance(to: number): void {
    for (; this.#next < this.#decisions.length; this.#next += 1) {
      const decided = this.#decisions[this.#next] as number;
      const date = decided + this.#delay;
      if (date >= to) break;
      this.#mark(this.#marked, date);
      this.#ranking.best(decided, this.#config.strategy.topK);
      this.#markDay(date);
      this.#marked = date + 1;
      this.#rebalance(decided, date);
    }
    this.#mark(this.#marked, to);
    this.#marked = Math.max(this.#marked, to);
  }

  finish(): BacktestRun | null {
    const start = this.#rebalances[0]?.date;
    if (start === undefined) return null;
    const last = (this.#panel.dates.length - 1) * this.#panel.codes.length;
    return {
      start,
      values: this.#values,
      rebalances: this.#rebalances,
      trades: null,
      tradeCount: this.#tradeCount,
      delistings: this.#delistings,
      commission: 0,
      slippage: this.#money[1] as number,
      holdings: Array.from(this.#codes.subarray(0, this.#count), (code, slot) => ({
        code,
        shares: this.#shares[slot] as number,
        price: Math.abs(this.#marks[last + code] as number),
      })),
    };
  }

  /** Values at the close of the dates between two rebalances. */
  #mark(from: number, to: number): void {
    for (let date = from; date < to; ) {
      let end = date;
      while (this.#isRare && end < to && this.#gaps[end] === 0) end += 1;
      if (end > date) this.#markSpan(date, end);
      else {
        this.#markDay(date);
        end += 1;
      }
      date = end;
    }
  }

  /** Dates on which every name has a price: each goes along its own prices, four at a time for a quarter of the writes. */
  #markSpan(from: number, to: number): void {
    const { close, dates } = this.#panel;
    const days = dates.length;
    const codes = this.#codes;
    const shares = this.#shares;
    const count = this.#count;
    const values = this.#values.fill(this.#money[0] as number, from, to);
    let slot = 0;
    for (; slot + 3 < count; slot += 4) {
      const a = (codes[slot] as number) * days;
      const b = (codes[slot + 1] as number) * days;
      const c = (codes[slot + 2] as number) * days;
      const d = (codes[slot + 3] as number) * days;
      const sharesA = shares[slot] as number;
      const sharesB = shares[slot + 1] as number;
      const sharesC = shares[slot + 2] as number;
      const sharesD = shares[slot + 3] as number;
      for (let date = from; date < to; date += 1) {
        values[date] =
          (values[date] as number) +
          sharesA * (close[a + date] as number) +
          sharesB * (close[b + date] as number) +
          sharesC * (close[c + date] as number) +
          sharesD * (close[d + date] as number);
      }
    }
    for (; slot < count; slot += 1) {
      const start = (codes[slot] as number) * days;
      const held = shares[slot] as number;
      for (let date = from; date < to; date += 1) {
        values[date] = (values[date] as number) + held * (close[start + date] as number);
      }
    }
  }

  /** One date, name by name; what has been without a price for too long is sold. */
  #markDay(date: number): void {
    const row = date * this.#panel.codes.length;
    const marks = this.#marks;
    const codes = this.#codes;
    const shares = this.#shares;
    const worth = this.#worth;
    let total = 0;
    let frozen = 0;
    this.#frozen = 0;
    if (this.#gaps[date] === 0) {
      const count = this.#count;
      for (let slot = 0; slot < count; slot += 1) {
        const value = (shares[slot] as number) * (marks[row + (codes[slot] as number)] as number);
        worth[slot] = value;
        total += value;
      }
    } else {
      // Backwards, because the last slot takes the place of one that is dropped.
      for (let slot = this.#count - 1; slot >= 0; slot -= 1) {
        const value = (shares[slot] as number) * (marks[row + (codes[slot] as number)] as number);
        if (value < 0) {
          if (this.#isGone(codes[slot] as number, date)) {
            this.#delist(slot, date);
            continue;
          }
          frozen -= value;
          this.#frozen += 1;
        } else total += value;
        worth[slot] = value;
      }
    }
    this.#money[2] = frozen;
    this.#values[date] = (this.#money[0] as number) + total + frozen;
  }

  #isGone(code: number, date: number): boolean {
    const n = this.#panel.codes.length;
    const { delistAfter } = this.#config;
    if (date + 1 < delistAfter) return false;
    for (let t = date; t > date - delistAfter; t -= 1) {
      if (!((this.#marks[t * n + code] as number) < 0)) return false;
    }
    return true;
  }

  #delist(slot: number, date: number): void {
    const code = this.#codes[slot] as number;
    const last = Math.abs(this.#marks[date * this.#panel.codes.length + code] as number);
    const price = last * (1 - this.#config.delistHaircut);
    this.#money[0] = (this.#money[0] as number) + (this.#shares[slot] as number) * price;
    this.#delistings.push({ date, code, price });
    this.#drop(slot);
  }

  #rebalance(decided: number, date: number): void {
    const { strategy, costs, allowNegativeCash } = this.#config;
    const { turnoverLimit, minAlpha, minWeight, dust } = strategy;
    const row = date * this.#panel.codes.length;
    const marks = this.#marks;
    const slots = this.#slots;
    const weights = this.#weights;
    const money = this.#money;
    const rate = costs.fixedBps / 10_000;
    const total = this.#values[date] as number;
    let cash = money[0] as number;
    const frozen = money[2] as number;
    const isFirst = this.#count === 0;
    const names = wantedNames(
      this.#panel,
      this.#ranking,
      strategy,
      decided,
      () => this.#codes.slice(0, this.#count),
      weights,
    );
    const scale = (total - frozen) / total;
    let untradable = this.#frozen;
    // Every held name counts with its whole weight, and the wanted ones are set right: there are few of them.
    let turnover = total - cash - frozen;
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      const slot = slots[code] as number;
      const wanted = (weights[i] as number) * scale * total;
      if (slot >= 0) {
        const owned = this.#worth[slot] as number;
        if (owned > 0) turnover += Math.abs(wanted - owned) - owned;
        // What is left of it is settled with the wanted names.
        if ((weights[i] as number) > 0) this.#worth[slot] = -Math.abs(owned);
      } else if ((marks[row + code] as number) > 0) turnover += wanted;
      else untradable += 1;
    }
    turnover /= 2 * total;
    const isLimited = !isFirst && turnover > turnoverLimit;
    const alpha = isLimited ? Math.min(1, Math.max(minAlpha, turnoverLimit / turnover)) : 1;
    const smallest = 1e-6 * total;

    let sold = 0;
    let trades = 0;
    const least = Math.max(minWeight, dust) * total;
    const rest = 1 - alpha;
    // What is worth as much as this is neither sold out nor left alone.
    const bar = rest > 0 ? Math.max(least / rest, smallest / alpha) * (1 + 1e-12) : Number.POSITIVE_INFINITY;
    let thinned = 0;
    const worth = this.#worth;
    const shares = this.#shares;
    for (let slot = this.#count - 1; slot >= 0; slot -= 1) {
      const value = worth[slot] as number;
      if (value >= bar) {
        thinned += value;
        trades += 1;
        shares[slot] = (shares[slot] as number) * rest;
        continue;
      }
      if (value < 0) continue;
      if (value - alpha * value < least) {
        sold += value;
        trades += 1;
        this.#drop(slot);
      } else if (alpha * value > smallest) {
        sold += alpha * value;
        trades += 1;
        if (alpha < 1) shares[slot] = (shares[slot] as number) * rest;
        else this.#drop(slot);
      }
    }
    sold += alpha * thinned;
    const buys = this.#buys;
    const buyValues = this.#buyValues;
    let count = 0;
    let wanted = 0;
    for (let i = 0; i < names.length; i += 1) {
      const code = names[i] as number;
      const price = marks[row + code] as number;
      if (!(price > 0 && (weights[i] as number) > 0)) continue;
      const slot = slots[code] as number;
      const weight = alpha * (weights[i] as number) * scale;
      let change = weight * total;
      if (slot >= 0) {
        const owned = shares[slot] as number;
        change -= alpha * owned * price;
        if (change < -smallest) {
          const parted = Math.min(owned, -change / price);
          sold += parted * price;
          trades += 1;
          shares[slot] = owned - parted;
          if (!(owned - parted > 0)) this.#drop(slot);
          continue;
        }
      } else if (weight < minWeight * (1 - 1e-12)) continue;
      if (change <= smallest) continue;
      buys[count] = code;
      buyValues[count] = change;
      wanted += change;
      count += 1;
    }
    cash += sold - sold * rate;
    // A hair less than there is, so that rounding cannot leave a debt.
    const affordable = Math.max(0, (cash / (wanted * (1 + rate))) * (1 - 1e-14));
    const factor = allowNegativeCash || !(affordable < 1) ? 1 : affordable;
    let bought = 0;
    for (let i = 0; i < count; i += 1) {
      const value = (buyValues[i] as number) * factor;
      if (!(value > 0)) continue;
      const code = buys[i] as number;
      this.#buy(code, value / (marks[row + code] as number));
      bought += value;
      trades += 1;
    }
    const cost = (sold + bought) * rate;
    money[0] = cash - bought * (1 + rate);
    money[1] = (money[1] as number) + cost;
    this.#tradeCount += trades;
    this.#values[date] = total - cost;
    if (this.#tradeCount === 0) return;
    this.#rebalances.push({
      wantedTurnover: turnover,
      turnover: (sold + bought) / 2 / total,
      alpha,
      untradable,
      cost,
      minWeight: Number.NaN,
      maxWeight: Number.NaN,
      decided,
      date,
      names: this.#count,
      cash: money[0] as number,
    });
  }

  #buy(code: number, shares: number): void {
    const slot = this.#slots[code] as number;
    if (slot >= 0) {
      this.#shares[slot] = (this.#shares[slot] as number) + shares;
      return;
    }
    if (this.#count === this.#codes.length) this.#grow();
    this.#codes[this.#count] = code;
    this.#shares[this.#count] = shares;
    this.#slots[code] = this.#count;
    this.#count += 1;
  }

  /** The last slot takes its place. */
  #drop(slot: number): void {
    const last = this.#count - 1;
    const moved = this.#codes[last] as number;
    this.#slots[this.#codes[slot] as number] = -1;
    this.#count = last;
    if (slot === last) return;
    this.#codes[slot] = moved;
    this.#shares[slot] = this.#shares[last] as number;
    this.#worth[slot] = this.#worth[last] as number;
    this.#slots[moved] = slot;
  }

  #grow(): void {
    const [codes, shares, worth] = [this.#codes, this.#shares, this.#worth];
    this.#codes = new Int32Array(codes.length * 2);
    this.#shares = new Float64Array(codes.length * 2);
    this.#worth = new Float64Array(codes.length * 2);
    this.#codes.set(codes);
    this.#shares.set(shares);
    this.#worth.set(worth);
  }
}
