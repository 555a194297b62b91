import type { WindowPlan } from './key-index.ts';
import { Scatter } from './scatter.ts';

/** More codes than a date has find room by this share: those that are new, and those that may come back. */
const spareShare = 1 / 16;
/** By code, for the row to read from: none. */
export const noRow = 0x7fff_ffff;

/**
 * The windows of codes in one buffer, each in a slot. From one date to a later one the rows that both have are moved
 * and not read again. A code that is away keeps its slot until another needs it.
 */
export class Slots {
  readonly #width: number;
  readonly #lookback: number;
  #values = new Float32Array(0);
  /** By slot: the code that has it, or -1. */
  #codes = new Int32Array(0);
  /** By slot: where the first hole of its window is, or -1. */
  #holes = new Int32Array(0);
  /** By code: its slot, or -1. */
  readonly #slots: Int32Array;
  /** By code that has a slot: the row that its window begins with. */
  readonly #first: Int32Array;

  /** @param width values of a row; @param lookback rows of a window; @param codes how many there are at all */
  constructor(width: number, lookback: number, codes: number) {
    this.#width = width;
    this.#lookback = lookback;
    this.#slots = new Int32Array(codes).fill(-1);
    this.#first = new Int32Array(codes);
  }

  get bytes(): number {
    return this.#values.byteLength;
  }

  /** Moves what is there to where a plan has it. By code: the first row that has to be read, past its last where all are there. */
  move(plan: WindowPlan): Int32Array {
    if (plan.codes.length > this.#codes.length) this.#grow(plan.codes.length);
    const unread = new Int32Array(this.#slots.length).fill(noRow);
    const newcomers: number[] = [];
    for (const code of plan.codes) {
      const known = this.#first[code] as number;
      const rows = (plan.first[code] as number) - known;
      const isHeld = (this.#slots[code] as number) >= 0 && rows >= 0 && rows < this.#lookback;
      unread[code] = isHeld ? known + this.#lookback : (plan.begin[code] as number);
      if (isHeld) this.#shift(this.#slots[code] as number, rows);
      else newcomers.push(code);
      this.#first[code] = plan.first[code] as number;
    }
    this.#seat(newcomers, unread);
    return unread;
  }

  /** Writes rows into the windows; their places are counted in rows from the first slot on. */
  scatter(): Scatter {
    return new Scatter(this.#values, this.#width, this.#lookback, this.#holes);
  }

  /** The place that a code's row has among those of all slots. */
  placeOf(code: number, row: number): number {
    return (this.#slots[code] as number) * this.#lookback + row - (this.#first[code] as number);
  }

  /** Where the first value of a code's window is that is no finite number; -1 where all are. */
  holeOf(code: number): number {
    return this.#holes[this.#slots[code] as number] as number;
  }

  /** The windows of some codes, one after another at the beginning of the buffer. */
  arrange(codes: readonly number[]): Float32Array {
    const sources = this.#sources(codes);
    const spare = new Float32Array(this.#lookback * this.#width);
    for (let start = 0; start < sources.length; start += 1) {
      if (sources[start] === start) continue;
      spare.set(this.#window(start));
      let slot = start;
      for (let source = sources[slot] as number; source !== start; source = sources[slot] as number) {
        this.#window(slot).set(this.#window(source));
        sources[slot] = slot;
        slot = source;
      }
      this.#window(slot).set(spare);
      sources[slot] = slot;
    }
    return this.#values.subarray(0, codes.length * spare.length);
  }

  /** Nothing that was read counts any more. */
  clear(): void {
    this.#codes.fill(-1);
    this.#slots.fill(-1);
  }

  #grow(codes: number): void {
    const room = codes + Math.ceil(codes * spareShare);
    // Let go of first: two would be too much.
    this.#values = new Float32Array(0);
    // A row more, for what is read and belongs to no window.
    this.#values = new Float32Array((room * this.#lookback + 1) * this.#width);
    this.#codes = new Int32Array(room);
    this.#holes = new Int32Array(room);
    this.clear();
  }

  #window(slot: number): Float32Array {
    const size = this.#lookback * this.#width;
    return this.#values.subarray(slot * size, (slot + 1) * size);
  }

  /** Lets go of a window's first rows. */
  #shift(slot: number, rows: number): void {
    if (rows === 0) return;
    const from = rows * this.#width;
    const window = this.#window(slot);
    window.copyWithin(0, from);
    const hole = this.#holes[slot] as number;
    if (hole < 0) return;
    const left = window.subarray(0, window.length - from);
    this.#holes[slot] = hole >= from ? hole - from : left.findIndex((value) => !Number.isFinite(value));
  }

  /** Gives slots to codes: their own, else free ones, else those of codes that are away. */
  #seat(newcomers: readonly number[], unread: Int32Array): void {
    for (const code of newcomers) {
      const slot = this.#slots[code] as number;
      if (slot >= 0) this.#codes[slot] = -1;
    }
    const slots = Array.from(this.#codes.keys());
    const free = slots.filter((slot) => this.#codes[slot] === -1);
    const away = slots.filter((slot) => unread[this.#codes[slot] as number] === noRow);
    for (const [i, code] of newcomers.entries()) {
      const slot = (i < free.length ? free[i] : away[i - free.length]) as number;
      const before = this.#codes[slot] as number;
      if (before >= 0) this.#slots[before] = -1;
      this.#codes[slot] = code;
      this.#slots[code] = slot;
      this.#holes[slot] = -1;
    }
  }

  /** Gives the first slots to some codes, in order, and theirs to who had those. By slot: where its window is yet. */
  #sources(codes: readonly number[]): Int32Array {
    const { length } = codes;
    const wanted = new Set(codes);
    const sources = Int32Array.from(this.#codes.keys());
    const vacated = codes.map((code) => this.#slots[code] as number).filter((slot) => slot >= length);
    for (let slot = 0; slot < length; slot += 1) {
      if (!wanted.has(this.#codes[slot] as number)) sources[vacated.pop() as number] = slot;
    }
    for (const [slot, code] of codes.entries()) sources[slot] = this.#slots[code] as number;
    this.#codes = sources.map((source) => this.#codes[source] as number);
    this.#holes = sources.map((source) => this.#holes[source] as number);
    for (const [slot, code] of this.#codes.entries()) if (code >= 0) this.#slots[code] = slot;
    return sources;
  }
}
