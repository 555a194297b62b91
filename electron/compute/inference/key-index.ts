import type { Duck } from '../tables/index.ts';

const epoch = `DATE '1970-01-01'`;
const msPerDay = 86_400_000;

/** SQL: a row's code by its number in the index, and its day since 1970; both cost no join. */
export const keyColumns = `enum_code("#code"::"#codes")::INTEGER AS code, ("#date" - ${epoch})::INTEGER AS day`;

/** The windows of one date, before their values are read. Rows are counted over all codes. */
export interface WindowPlan {
  /** The numbers of the codes with a row on the date, in order. */
  codes: number[];
  /** By the number of such a code: the row that its window begins with, one of another code where it has too few. */
  first: Int32Array;
  /** By the number of such a code: its own first row from there on. */
  begin: Int32Array;
}

/**
 * The keys of a panel in memory, four bytes a row: which rows make the window of a code on a date is looked up, so that
 * the wide columns are read as they lie in the files, neither joined nor sorted.
 */
export class KeyIndex {
  readonly #codes: string[];
  /** Days since 1970, rising for each code; those of a code begin at its start. */
  readonly #days: Int32Array;
  readonly #starts: Int32Array;
  /** By code: the row that was asked for last. Files have the rows of a code in order, mostly. */
  readonly #cursors: Int32Array;

  private constructor(codes: string[], days: Int32Array, starts: Int32Array) {
    this.#codes = codes;
    this.#days = days;
    this.#starts = starts;
    this.#cursors = Int32Array.from(starts);
  }

  static async open(duck: Duck): Promise<KeyIndex> {
    const known = await duck.rows('SELECT DISTINCT "#code" AS code FROM panel ORDER BY code');
    const codes = known.map(({ code }) => String(code));
    await duck.run('CREATE TYPE "#codes" AS ENUM (SELECT DISTINCT "#code" AS code FROM panel ORDER BY code)');
    const [{ rows } = { rows: 0 }] = await duck.rows('SELECT count(*) AS rows FROM panel');
    const days = new Int32Array(Number(rows));
    const starts = new Int32Array(codes.length + 1);
    let at = 0;
    for await (const chunk of duck.chunks(`SELECT ${keyColumns} FROM panel ORDER BY code, day`)) {
      days.set(chunk.column(1).items as Int32Array, at);
      for (const code of chunk.column(0).items as Int32Array) {
        at += 1;
        starts[code + 1] = at;
      }
    }
    return new KeyIndex(codes, days, starts);
  }

  /** How many codes there are. */
  get codes(): number {
    return this.#codes.length;
  }

  /** Bytes that it holds, without the codes' names. */
  get bytes(): number {
    return this.#days.byteLength + this.#starts.byteLength + this.#cursors.byteLength;
  }

  /** The first key that occurs more than once, by code and date; null where each occurs once. */
  firstTwice(): { code: string; date: string } | null {
    for (const [code, name] of this.#codes.entries()) {
      const end = this.#starts[code + 1] as number;
      for (let row = (this.#starts[code] as number) + 1; row < end; row += 1) {
        if (this.#days[row] === this.#days[row - 1]) return { code: name, date: this.dateOf(row) };
      }
    }
    return null;
  }

  windowsOn(date: string, lookback: number): WindowPlan {
    const today = dayOf(date);
    const first = new Int32Array(this.#codes.length);
    const begin = new Int32Array(this.#codes.length);
    const codes: number[] = [];
    for (let code = 0; code < this.#codes.length; code += 1) {
      const row = this.rowOf(code, today);
      if (row < 0) continue;
      const from = row - lookback + 1;
      first[code] = from;
      begin[code] = Math.max(from, this.#starts[code] as number);
      codes.push(code);
    }
    return { codes, first, begin };
  }

  /** The row of a code on a day, counted over all codes; -1 where there is none. */
  rowOf(code: number, day: number): number {
    const days = this.#days;
    const next = (this.#cursors[code] as number) + 1;
    const end = this.#starts[code + 1] as number;
    if (next < end && days[next] === day) {
      this.#cursors[code] = next;
      return next;
    }
    let [low, high] = [this.#starts[code] as number, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((days[middle] as number) < day) low = middle + 1;
      else high = middle;
    }
    if (low >= end || days[low] !== day) return -1;
    this.#cursors[code] = low;
    return low;
  }

  /** The day of a row, since 1970. */
  dayOf(row: number): number {
    return this.#days[row] as number;
  }

  dateOf(row: number): string {
    return dateOf(this.dayOf(row));
  }

  nameOf(code: number): string {
    return this.#codes[code] as string;
  }
}

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / msPerDay;

/** A day since 1970 as a date. */
export function dateOf(day: number): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}
