import { readNumber } from './cells.ts';
import { DataError } from './errors.ts';
import { Growing } from './growing.ts';
import { type Problem, readTable } from './table.ts';

/** Columns that name rows and are no features. */
const keys = new Set(['date', 'code']);

export interface SampleFile {
  columns: Map<string, Float64Array>;
  /** By date, in the order they come first: its rows. Null where there is no column `date`. */
  dates: Map<string, number[]> | null;
  rows: number;
  sha256: string;
}

/** Every column of numbers of a CSV file; NaN is missing. @throws DataError where a column is neither number nor key */
export async function readSamples(file: string): Promise<SampleFile> {
  const columns: { name: string; at: number; values: Growing }[] = [];
  let dates: Map<string, number[]> | null = null;
  let [dateAt, row] = [-1, 0];
  const { rows, sha256 } = await readTable(file, {
    header: ({ names }) => {
      dateAt = names.findIndex((name) => name.toLowerCase() === 'date');
      if (dateAt >= 0) dates = new Map();
      for (const [at, name] of names.entries()) {
        if (name !== '' && !keys.has(name.toLowerCase())) columns.push({ name, at, values: new Growing() });
      }
      if (columns.length === 0) {
        throw new DataError(
          'missing-column',
          `${file} has no column beside date and code. Add one of numbers.`,
        );
      }
    },
    row: (cells) => {
      const problems: Problem[] = [];
      if (dates) {
        const date = (cells[dateAt] as string).trim();
        const known = dates.get(date);
        if (known) known.push(row);
        else dates.set(date, [row]);
      }
      row += 1;
      for (const { name, at, values } of columns) {
        const cell = readNumber(cells[at] as string);
        if ('problem' in cell) problems.push({ column: name, text: cell.problem });
        else values.push(cell.value);
      }
      return problems;
    },
  });
  return { columns: new Map(columns.map(({ name, values }) => [name, values.values])), dates, rows, sha256 };
}
