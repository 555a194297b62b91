/** What one cell holds, or what is wrong with it and what to do, as the end of a sentence. */
export type Cell<Value> = { value: Value } | { problem: string };

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const missing = new Set(['', 'nan', 'null', 'none', 'na', 'n/a']);

export const isMissing = (text: string) => missing.has(text.trim().toLowerCase());

/** A number; NaN where the cell says that it is not known. */
export function readNumber(text: string): Cell<number> {
  const trimmed = text.trim();
  if (isMissing(trimmed)) return { value: Number.NaN };
  if (numberPattern.test(trimmed)) return { value: Number(trimmed) };
  const why = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(trimmed)
    ? 'Write it without separators between thousands.'
    : /^[+-]?\d+,\d+$/.test(trimmed)
      ? 'Write it with a decimal point.'
      : trimmed.endsWith('%')
        ? 'Write the fraction: 0.012 for 1.2 %.'
        : 'Write a number, or leave the cell empty where it is not known.';
  return { problem: `holds "${shown(trimmed)}", which is no number. ${why}` };
}

export function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

type DateStyle = '2024-01-31' | '2024/01/31' | '20240131';

/** Dates of one column: one way of writing them, the year first, so that no day can be read as a month. */
export class DateColumn {
  #style: DateStyle | null = null;
  #styleLine = 0;
  readonly #known = new Map<string, Cell<string>>();

  read(text: string, line: number): Cell<string> {
    const known = this.#known.get(text);
    if (known) return known;
    const cell = this.#parse(text.trim(), line);
    this.#known.set(text, cell);
    return cell;
  }

  #parse(text: string, line: number): Cell<string> {
    const match = /^(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?$/.exec(text);
    if (!match) return { problem: `holds "${shown(text)}", which is no date. Write dates as 2024-01-31.` };
    const [, year, separator, month, day] = match;
    const date = `${year}-${month}-${day}`;
    const real = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== date) {
      return { problem: `holds "${shown(text)}", a day that does not exist. Correct it.` };
    }
    const style = separator === '-' ? '2024-01-31' : separator === '/' ? '2024/01/31' : '20240131';
    if (this.#style === null) [this.#style, this.#styleLine] = [style, line];
    if (this.#style !== style) {
      return {
        problem: `holds "${text}", written like ${style}, but line ${this.#styleLine} is written like ${this.#style}. Write all dates as 2024-01-31.`,
      };
    }
    return { value: date };
  }
}
