import { type Chunk, type Duck, named } from '../tables/index.ts';
import { dateOf, type KeyIndex, keyColumns, type WindowPlan } from './key-index.ts';
import { noRow, Slots } from './slots.ts';

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

/**
 * Few rows are sorted, which brings them together: as DuckDB finds them, each chunk has some, and takes the memory of a
 * full one until it is collected. So much of a window may be held once more for that.
 */
const fewShare = 1 / 8;

/**
 * Assembles the windows of one date after another in one buffer, which grows to the largest date and no further. Of a
 * date that follows the last one, only what is new is read.
 */
export class WindowReader {
  readonly #duck: Duck;
  readonly #keys: KeyIndex;
  readonly #lookback: number;
  readonly #features: readonly string[];
  readonly #slots: Slots;

  constructor(duck: Duck, keys: KeyIndex, lookback: number, features: readonly string[]) {
    this.#duck = duck;
    this.#keys = keys;
    this.#lookback = lookback;
    this.#features = features;
    this.#slots = new Slots(features.length, lookback, keys.codes);
  }

  /** Bytes of the buffer. */
  get bytes(): number {
    return this.#slots.bytes;
  }

  async read(date: string): Promise<DateWindows> {
    const plan = this.#keys.windowsOn(date, this.#lookback);
    try {
      await this.#fill(date, plan, this.#slots.move(plan));
    } catch (error) {
      this.#slots.clear();
      throw error;
    }
    const long = plan.codes.filter((code) => plan.first[code] === plan.begin[code]);
    const whole = long.filter((code) => this.#slots.holeOf(code) < 0);
    const holed = long.find((code) => this.#slots.holeOf(code) >= 0);
    const example = holed === undefined ? null : this.#holeOf(holed, plan);
    return {
      date,
      codes: whole.map((code) => this.#keys.nameOf(code)),
      values: this.#slots.arrange(whole),
      left: { short: plan.codes.length - long.length, missing: long.length - whole.length, example },
    };
  }

  /** Reads the rows of each code from the one on that is not there yet. */
  async #fill(date: string, { codes, first }: WindowPlan, unread: Int32Array): Promise<void> {
    const last = this.#lookback - 1;
    const behind = codes.filter((code) => (unread[code] as number) <= (first[code] as number) + last);
    if (behind.length === 0) return;
    const oldest = behind.reduce(
      (day, code) => Math.min(day, this.#keys.dayOf(unread[code] as number)),
      Number.POSITIVE_INFINITY,
    );
    const isFew = behind.every(
      (code) => (first[code] as number) + last - (unread[code] as number) < this.#lookback * fewShare,
    );
    const scatter = this.#slots.scatter();
    const columns = this.#features.map((name) => `${named(name)}::FLOAT`);
    for await (const chunk of this.#duck.chunks(
      `SELECT ${keyColumns}, ${columns.join(', ')} FROM source WHERE "#date" BETWEEN DATE '${dateOf(oldest)}' AND DATE '${date}' ${isFew ? 'ORDER BY code, day' : ''}`,
    )) {
      scatter.write(chunk, 2, this.#targets(unread, chunk));
    }
  }

  /** Where each row of a chunk belongs among the rows of all windows; -1 where it belongs to none. */
  #targets(unread: Int32Array, chunk: Chunk): Int32Array {
    const codes = chunk.column(0).items as Int32Array;
    const days = chunk.column(1).items as Int32Array;
    return codes.map((code, at) => {
      const from = unread[code] as number;
      const row = from === noRow ? -1 : this.#keys.rowOf(code, days[at] as number);
      return row < from ? -1 : this.#slots.placeOf(code, row);
    });
  }

  #holeOf(code: number, { first }: WindowPlan) {
    const offset = this.#slots.holeOf(code);
    const width = this.#features.length;
    return {
      code: this.#keys.nameOf(code),
      feature: this.#features[offset % width] as string,
      date: this.#keys.dateOf((first[code] as number) + Math.floor(offset / width)),
    };
  }
}
