import { BacktestError } from './errors.ts';

/**
 * Scores and prices of many names over many dates, dense. NaN is missing.
 * Prices lie by code, so that a held name is read along time; scores lie by date, so that a date is ranked in one pass.
 */
export interface Panel {
  /** ISO dates, ascending. */
  dates: readonly string[];
  /** Ascending. */
  codes: readonly string[];
  /** At `code * dates + date`. Above zero. */
  close: Float64Array;
  open: Float64Array | null;
  /** Value traded on the day, in the currency of the prices. */
  volumeValue: Float64Array | null;
  /** At `date * codes + code`. */
  score: Float64Array;
  label: Float64Array | null;
  /** What `marksOf` gives, where it is at hand. */
  marks?: Float64Array;
  /** Trading days of the exchange, ascending, where they are known: at least those of the dates. Else the dates are. */
  sessions?: readonly string[] | null;
}

/** Columns of a long table, a row per date and code, in any order. */
export interface PanelRows {
  date: readonly string[];
  code: readonly string[];
  close: Float64Array;
  score: Float64Array;
  open?: Float64Array;
  volumeValue?: Float64Array;
  label?: Float64Array;
}

/** @throws BacktestError `bad-panel`; `rowName` says where a row is, for its message */
export function panelFromRows(rows: PanelRows, rowName = (row: number) => `row ${row + 1}`): Panel {
  const [dates, dateOf] = distinct(rows.date);
  const [codes, codeOf] = distinct(rows.code);
  if (dates.length < 2) {
    const found = dates.length === 0 ? 'no date' : `only one date, ${dates[0]}`;
    throw new BacktestError('bad-panel', `The panel has ${found}. A backtest needs two dates or more.`);
  }
  const cells = dates.length * codes.length;
  const missing = () => new Float64Array(cells).fill(Number.NaN);
  const close = missing();
  const score = missing();
  const open = rows.open ? missing() : null;
  const volumeValue = rows.volumeValue ? missing() : null;
  const label = rows.label ? missing() : null;
  const first = new Int32Array(cells).fill(-1);
  for (let row = 0; row < rows.date.length; row += 1) {
    const [date, code] = [dateOf[row] as number, codeOf[row] as number];
    const byCode = code * dates.length + date;
    const byDate = date * codes.length + code;
    if (first[byCode] !== -1) {
      throw new BacktestError(
        'bad-panel',
        `${rowName(row)} has ${codes[code]} on ${dates[date]} again; it is in ${rowName(first[byCode] as number)} already. Keep one of them.`,
      );
    }
    first[byCode] = row;
    close[byCode] = priceOf(rows.close[row]);
    score[byDate] = rows.score[row] as number;
    if (open) open[byCode] = priceOf(rows.open?.[row]);
    if (volumeValue) volumeValue[byCode] = rows.volumeValue?.[row] as number;
    if (label) label[byDate] = rows.label?.[row] as number;
  }
  return { dates, codes, close, open, volumeValue, score, label };
}

/** A price of zero or less is none. */
function priceOf(value: number | undefined): number {
  return value !== undefined && value > 0 ? value : Number.NaN;
}

/** Sorted distinct values, and for each row its place among them. */
function distinct(values: readonly string[]): [string[], Int32Array] {
  const places = new Map<string, number>();
  for (const value of values) places.set(value, 0);
  const sorted = [...places.keys()].sort();
  for (const [place, value] of sorted.entries()) places.set(value, place);
  return [sorted, Int32Array.from(values, (value) => places.get(value) as number)];
}
