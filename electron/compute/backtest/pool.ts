import { type Lows, lowsOf, stretchDays } from './lows.ts';
import type { Panel } from './panel.ts';

/**
 * Held names that have a price on every date of the present stretch. The shares of each are its own base times one scale
 * for all, so that selling the same part of every name is one multiplication; and what all bases are worth is summed up
 * for the dates ahead as names come and go, so that the value of a date is one look-up, however many names there are.
 */
export class Pool {
  count = 0;
  /** By slot: the code, its base, and a bound below what its base is worth on the dates of the stretch. */
  codes = new Int32Array(64);
  bases = new Float64Array(64);
  floors = new Float64Array(64);
  /** By code: the slot, -1 where it is not in the pool. */
  readonly slots: Int16Array | Int32Array;

  readonly #panel: Panel;
  readonly #lows: Lows;
  #stretch = -1;
  #start = 0;
  #end = 0;
  /** By date of the stretch: what all bases are worth. */
  readonly #worth = new Float64Array(stretchDays);
  /** One number; in an array, because a number in a field is made anew with every change. */
  readonly #scale = Float64Array.of(1);

  constructor(panel: Panel) {
    this.#panel = panel;
    this.#lows = lowsOf(panel);
    const { length } = panel.codes;
    this.slots = (length < 2 ** 15 ? new Int16Array(length) : new Int32Array(length)).fill(-1);
  }

  get scale(): number {
    return this.#scale[0] as number;
  }

  /** The date after the last of the present stretch. */
  get end(): number {
    return this.#end;
  }

  sharesOf(code: number): number {
    const slot = this.slots[code] as number;
    return slot < 0 ? 0 : (this.bases[slot] as number) * this.scale;
  }

  worthOn(date: number): number {
    return (this.#worth[date - this.#start] as number) * this.scale;
  }

  /** Adds what the pool is worth on dates of the present stretch. */
  mark(from: number, to: number, values: Float64Array): void {
    const scale = this.scale;
    const start = this.#start;
    for (let date = from; date < to; date += 1) {
      values[date] = (values[date] as number) + (this.#worth[date - start] as number) * scale;
    }
  }

  /** Whether a code has all its prices in the present stretch, so that the pool can take it. */
  takes(code: number): boolean {
    return !Number.isNaN(this.#lows.of(code, this.#stretch));
  }

  /** Begins the stretch of a date. `release` is handed each name that has a gap in it. */
  enter(date: number, release: (code: number, shares: number) => void): void {
    this.#stretch = Math.floor(date / stretchDays);
    this.#start = this.#stretch * stretchDays;
    this.#end = Math.min(this.#start + stretchDays, this.#panel.dates.length);
    const { codes, bases, floors, slots } = this;
    const scale = this.scale;
    this.#scale[0] = 1;
    let kept = 0;
    for (let slot = 0; slot < this.count; slot += 1) {
      const code = codes[slot] as number;
      const base = (bases[slot] as number) * scale;
      const low = this.#lows.of(code, this.#stretch);
      if (Number.isNaN(low)) {
        slots[code] = -1;
        release(code, base);
        continue;
      }
      codes[kept] = code;
      bases[kept] = base;
      floors[kept] = base * low;
      slots[code] = kept;
      kept += 1;
    }
    this.count = kept;
    this.#sumUp();
  }

  /** Four names at a time: a quarter of the writes. */
  #sumUp(): void {
    const { codes, bases, count } = this;
    const { close, dates } = this.#panel;
    const worth = this.#worth.fill(0);
    const days = dates.length;
    const start = this.#start;
    const length = this.#end - start;
    let slot = 0;
    for (; slot + 3 < count; slot += 4) {
      const a = (codes[slot] as number) * days + start;
      const b = (codes[slot + 1] as number) * days + start;
      const c = (codes[slot + 2] as number) * days + start;
      const d = (codes[slot + 3] as number) * days + start;
      const baseA = bases[slot] as number;
      const baseB = bases[slot + 1] as number;
      const baseC = bases[slot + 2] as number;
      const baseD = bases[slot + 3] as number;
      for (let i = 0; i < length; i += 1) {
        worth[i] =
          (worth[i] as number) +
          (baseA * (close[a + i] as number) +
            baseB * (close[b + i] as number) +
            (baseC * (close[c + i] as number) + baseD * (close[d + i] as number)));
      }
    }
    for (; slot < count; slot += 1) this.#add(codes[slot] as number, bases[slot] as number, start);
  }

  /** Counts so much more of a code from a date on. */
  #add(code: number, base: number, from: number): void {
    const { close, dates } = this.#panel;
    const worth = this.#worth;
    const start = this.#start;
    const length = this.#end - start;
    const prices = code * dates.length + start;
    for (let i = from - start; i < length; i += 1) {
      worth[i] = (worth[i] as number) + base * (close[prices + i] as number);
    }
  }

  /** Sells the same part of every name. */
  thin(part: number): void {
    this.#scale[0] = this.scale * (1 - part);
  }

  /** Sets the shares of a code that the pool takes, after the close of a date. */
  set(code: number, shares: number, date: number): void {
    const base = shares / this.scale;
    let slot = this.slots[code] as number;
    if (slot < 0) {
      slot = this.count;
      if (slot === this.codes.length) this.#grow();
      this.codes[slot] = code;
      this.bases[slot] = 0;
      this.slots[code] = slot;
      this.count += 1;
    }
    this.#add(code, base - (this.bases[slot] as number), date + 1);
    this.bases[slot] = base;
    this.floors[slot] = base * this.#lows.of(code, this.#stretch);
  }

  /** Takes a name out after the close of a date; the last slot takes its place. */
  drop(slot: number, date: number): void {
    const { codes, bases, floors, slots } = this;
    const code = codes[slot] as number;
    this.#add(code, -(bases[slot] as number), date + 1);
    const last = this.count - 1;
    const moved = codes[last] as number;
    codes[slot] = moved;
    bases[slot] = bases[last] as number;
    floors[slot] = floors[last] as number;
    slots[moved] = slot;
    slots[code] = -1;
    this.count = last;
  }

  #grow(): void {
    const { codes, bases, floors } = this;
    this.codes = new Int32Array(codes.length * 2);
    this.bases = new Float64Array(bases.length * 2);
    this.floors = new Float64Array(floors.length * 2);
    this.codes.set(codes);
    this.bases.set(bases);
    this.floors.set(floors);
  }
}
