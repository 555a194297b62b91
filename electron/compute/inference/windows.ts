import { type Duck, named } from '../tables/index.ts';

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
  readonly #lookback: number;
  readonly #features: readonly string[];
  #buffer = new Float32Array(0);

  constructor(duck: Duck, lookback: number, features: readonly string[]) {
    this.#duck = duck;
    this.#lookback = lookback;
    this.#features = features;
  }

  /** Bytes of the buffer. */
  get bytes(): number {
    return this.#buffer.byteLength;
  }

  async read(date: string): Promise<DateWindows> {
    const [lookback, width] = [this.#lookback, this.#features.length];
    const day = `DATE '${date}'`;
    // The keys alone say which rows belong where, so that the wide columns are read once and never sorted.
    await this.#duck.run(`CREATE OR REPLACE TEMP TABLE slot AS
      WITH here AS (SELECT DISTINCT "#code" AS code FROM panel WHERE "#date" = ${day}),
      past AS (SELECT "#code" AS code, "#date" AS date, row_number() OVER (PARTITION BY "#code" ORDER BY "#date" DESC) AS back
        FROM panel WHERE "#date" <= ${day} AND "#code" IN (SELECT code FROM here)),
      kept AS (SELECT code FROM past WHERE back = ${lookback}),
      numbered AS (SELECT code, row_number() OVER (ORDER BY code) - 1 AS place FROM kept)
      SELECT code, date, (place * ${lookback} + ${lookback} - back)::INTEGER AS slot FROM past JOIN numbered USING (code)
      WHERE back <= ${lookback}`);
    const codes = (await this.#duck.rows('SELECT DISTINCT code FROM slot ORDER BY code')).map(({ code }) =>
      String(code),
    );
    const [{ here, oldest } = { here: 0, oldest: null }] = await this.#duck.rows(
      `SELECT count(DISTINCT "#code") AS here, (SELECT min(date)::VARCHAR FROM slot) AS oldest FROM panel WHERE "#date" = ${day}`,
    );
    const size = codes.length * lookback * width;
    if (this.#buffer.length < size) this.#buffer = new Float32Array(size);
    if (codes.length > 0) await this.#fill(`"#date" BETWEEN DATE '${oldest}' AND ${day}`);
    const whole = this.#compact(codes);
    return {
      date,
      codes: whole.codes,
      values: this.#buffer.subarray(0, whole.codes.length * lookback * width),
      left: {
        short: Number(here) - codes.length,
        missing: codes.length - whole.codes.length,
        example: whole.hole && {
          code: whole.hole.code,
          feature: whole.hole.feature,
          date: await this.#dateOf(whole.hole.slot),
        },
      },
    };
  }

  async #fill(condition: string): Promise<void> {
    const columns = this.#features.map((name) => `${named(name)}::FLOAT`);
    const buffer = this.#buffer;
    const width = this.#features.length;
    for await (const chunk of this.#duck.chunks(
      `SELECT slot, ${columns.join(', ')} FROM (SELECT * FROM source WHERE ${condition}) JOIN slot ON slot.code = "#code" AND slot.date = "#date"`,
    )) {
      const slots = chunk.column(0).items as Int32Array;
      for (let feature = 0; feature < width; feature += 1) {
        const column = chunk.column(feature + 1);
        const values = column.items as Float32Array;
        for (let row = 0; row < chunk.rows; row += 1) {
          buffer[(slots[row] as number) * width + feature] = values[row] as number;
        }
        if (!column.mayHaveNulls) continue;
        for (let row = 0; row < chunk.rows; row += 1) {
          if (column.isNull(row)) buffer[(slots[row] as number) * width + feature] = Number.NaN;
        }
      }
    }
  }

  /** Moves whole windows together over those that have a hole, in the same buffer. */
  #compact(codes: readonly string[]) {
    const width = this.#features.length;
    const size = this.#lookback * width;
    const whole: string[] = [];
    let hole: { code: string; feature: string; slot: number } | null = null;
    for (const [place, code] of codes.entries()) {
      const from = place * size;
      const at = firstUnknown(this.#buffer, from, from + size);
      if (at >= 0) {
        hole ??= {
          code,
          feature: this.#features[at % width] as string,
          slot: Math.floor(at / width),
        };
        continue;
      }
      if (whole.length !== place) this.#buffer.copyWithin(whole.length * size, from, from + size);
      whole.push(code);
    }
    return { codes: whole, hole };
  }

  async #dateOf(slot: number): Promise<string> {
    const [found] = await this.#duck.rows(`SELECT date::VARCHAR AS date FROM slot WHERE slot = ${slot}`);
    return String(found?.date);
  }
}

/** Where the first value is that is no finite number; -1 where all are. */
function firstUnknown(values: Float32Array, from: number, to: number): number {
  for (let i = from; i < to; i += 1) if (!Number.isFinite(values[i] as number)) return i;
  return -1;
}
