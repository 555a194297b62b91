import { type Chunk, type Duck, named } from '../tables/index.ts';
import { dateOf, type KeyIndex, keyColumns, type WindowPlan } from './key-index.ts';
import { Scatter } from './scatter.ts';

/** The windows of one date, one after another in the buffer that all dates share. */
export interface DateWindows {
  date: string;
  /** Codes whose window is whole, in order. */
  codes: string[];
  /** `codes.length` windows, each of rows in order of time, each of features; valid until the next date is read. */
  values: Float32Array;
  /** Codes with a row on this date that are left out. */
  left: {
    /** Because they have too few rows yet. */
    short: number;
    /** Because a value of their window is missing. */
    missing: number;
    example: { code: string; date: string; feature: string } | null;
  };
}

/** Assembles the windows of one date after another into one buffer, which grows to the largest date and no further. */
export class WindowReader {
  readonly #duck: Duck;
  readonly #keys: KeyIndex;
  readonly #lookback: number;
  readonly #features: readonly string[];
  #buffer = new Float32Array(0);

  constructor(duck: Duck, keys: KeyIndex, lookback: number, features: readonly string[]) {
    this.#duck = duck;
    this.#keys = keys;
    this.#lookback = lookback;
    this.#features = features;
  }

  /** Bytes of the buffer. */
  get bytes(): number {
    return this.#buffer.byteLength;
  }

  async read(date: string): Promise<DateWindows> {
    const width = this.#features.length;
    const plan = this.#keys.windowsOn(date, this.#lookback);
    const size = this.#lookback * width;
    // A row more, for what is read and belongs to no window.
    const needed = plan.codes.length * size + width;
    if (this.#buffer.length < needed) this.#buffer = new Float32Array(needed);
    const scatter = new Scatter(this.#buffer, width, this.#lookback, plan.codes.length);
    if (plan.codes.length > 0) await this.#fill(plan, date, scatter);
    const whole = this.#compact(plan.codes, scatter);
    const { hole } = whole;
    return {
      date,
      codes: whole.codes,
      values: this.#buffer.subarray(0, whole.codes.length * size),
      left: {
        short: plan.short,
        missing: plan.codes.length - whole.codes.length,
        example: hole && {
          code: plan.codes[hole.place] as string,
          feature: this.#features[hole.offset % width] as string,
          date: this.#keys.dateOf(
            (plan.first[plan.places.indexOf(hole.place)] as number) + Math.floor(hole.offset / width),
          ),
        },
      },
    };
  }

  async #fill(plan: WindowPlan, date: string, scatter: Scatter): Promise<void> {
    const columns = this.#features.map((name) => `${named(name)}::FLOAT`);
    for await (const chunk of this.#duck.chunks(
      `SELECT ${keyColumns}, ${columns.join(', ')} FROM source WHERE "#date" BETWEEN DATE '${dateOf(plan.oldest)}' AND DATE '${date}'`,
    )) {
      scatter.write(chunk, 2, this.#targets(plan, chunk));
    }
  }

  /** Where each row of a chunk belongs among the rows of all windows; -1 where it belongs to none. */
  #targets({ places, first }: WindowPlan, chunk: Chunk): Int32Array {
    const codes = chunk.column(0).items as Int32Array;
    const days = chunk.column(1).items as Int32Array;
    return codes.map((code, row) => {
      const place = places[code] as number;
      const back = place < 0 ? -1 : this.#keys.rowOf(code, days[row] as number) - (first[code] as number);
      return back < 0 ? -1 : place * this.#lookback + back;
    });
  }

  /** Moves whole windows together over those that have a hole, in the same buffer. */
  #compact(codes: readonly string[], { holes }: Scatter) {
    const size = this.#lookback * this.#features.length;
    const whole: string[] = [];
    let hole: { place: number; offset: number } | null = null;
    for (const [place, code] of codes.entries()) {
      const offset = holes[place] as number;
      if (offset >= 0) {
        hole ??= { place, offset };
        continue;
      }
      const from = place * size;
      if (whole.length !== place) this.#buffer.copyWithin(whole.length * size, from, from + size);
      whole.push(code);
    }
    return { codes: whole, hole };
  }
}
