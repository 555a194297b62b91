import type { Chunk } from '../tables/index.ts';

/** So many rows are written at a time, that what is written stays in the processor's nearest cache. */
const tile = 64;
/** The bits of a float32 that are all set in what is no finite number. */
const exponent = 0x7f80_0000;
const notANumber = 0x7fc0_0000;

/** Writes columns into windows that lie in one buffer, row by row, and notes where a value is no finite number. */
export class Scatter {
  readonly #holes: Int32Array;
  /** Bits and not numbers: to move them, nothing has to be known of them. */
  readonly #to: Int32Array;
  readonly #width: number;
  readonly #lookback: number;

  /**
   * @param buffer room for the windows, and for one row behind them
   * @param width values of a row; @param lookback rows of a window
   * @param holes by window: where its first hole is, from its beginning; -1 where it has none. New ones are noted here
   */
  constructor(buffer: Float32Array, width: number, lookback: number, holes: Int32Array) {
    this.#to = new Int32Array(buffer.buffer, buffer.byteOffset, buffer.length);
    this.#width = width;
    this.#lookback = lookback;
    this.#holes = holes;
  }

  /**
   * Writes a chunk's columns of float32 from the given one on.
   * @param targets by row of the chunk: its place among the rows of all windows, or -1
   */
  write(chunk: Chunk, from: number, targets: Int32Array): void {
    const spare = this.#holes.length * this.#lookback;
    const bases = targets.map((target) => (target < 0 ? spare : target) * this.#width);
    const columns = Array.from({ length: this.#width }, (_, feature) => bitsOf(chunk, from + feature));
    for (let first = 0; first < chunk.rows; first += tile) {
      const end = Math.min(first + tile, chunk.rows);
      let feature = 0;
      for (; feature + 3 < columns.length; feature += 4) this.#writeFour(columns, feature, bases, first, end);
      for (; feature < columns.length; feature += 1) this.#writeOne(columns, feature, bases, first, end);
    }
  }

  /** Four columns at a time: what they have of a row lies side by side. */
  #writeFour(columns: Int32Array[], feature: number, bases: Int32Array, first: number, end: number): void {
    const to = this.#to;
    const [as, bs, cs, ds] = columns.slice(feature, feature + 4) as [
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    for (let row = first; row < end; row += 1) {
      const at = (bases[row] as number) + feature;
      const a = as[row] as number;
      const b = bs[row] as number;
      const c = cs[row] as number;
      const d = ds[row] as number;
      to[at] = a;
      to[at + 1] = b;
      to[at + 2] = c;
      to[at + 3] = d;
      if ((a & exponent) === exponent) this.#note(at);
      if ((b & exponent) === exponent) this.#note(at + 1);
      if ((c & exponent) === exponent) this.#note(at + 2);
      if ((d & exponent) === exponent) this.#note(at + 3);
    }
  }

  #writeOne(columns: Int32Array[], feature: number, bases: Int32Array, first: number, end: number): void {
    const to = this.#to;
    const column = columns[feature] as Int32Array;
    for (let row = first; row < end; row += 1) {
      const value = column[row] as number;
      const at = (bases[row] as number) + feature;
      to[at] = value;
      if ((value & exponent) === exponent) this.#note(at);
    }
  }

  #note(at: number): void {
    const size = this.#lookback * this.#width;
    const window = Math.floor(at / size);
    if (window >= this.#holes.length) return;
    const offset = at - window * size;
    const known = this.#holes[window] as number;
    if (known < 0 || offset < known) this.#holes[window] = offset;
  }
}

function bitsOf(chunk: Chunk, column: number): Int32Array {
  const { items, isNull, mayHaveNulls } = chunk.column(column);
  const values = items as Float32Array;
  const bits = new Int32Array(values.buffer, values.byteOffset, chunk.rows);
  return mayHaveNulls ? bits.map((value, row) => (isNull(row) ? notANumber : value)) : bits;
}
