import { DataError } from '../data/index.ts';
import { type Duck, named } from './duck.ts';
import type { TableFiles } from './files.ts';
import { checkDates, dayOf } from './keys.ts';
import { keyColumn, openRelation, type TableColumn } from './open.ts';

/** Columns of values, whoever they are of: a sample needs neither dates nor codes. */
export interface Samples {
  rows: number;
  /** Beside date and code, in the order of the files. */
  columns: TableColumn[];
  /** Whether there is a column `date`. */
  isDated: boolean;
  /** A column of numbers as the files have it, NaN where it is not known, with the days since 1970 of its rows. */
  read(column: string): Promise<{ values: Float64Array; days: Int32Array }>;
}

/** Opens files for their columns; `name` tells them from others in the same DuckDB. @throws DataError */
export async function openSamples(
  duck: Duck,
  files: TableFiles,
  name: string,
  progress: (share: number) => void,
): Promise<Samples> {
  const { relation, columns } = await openRelation(duck, files, {}, name, progress);
  const names = columns.map((column) => column.name);
  const [date, code] = [
    keyColumn(files.files, names, 'date', undefined),
    keyColumn(files.files, names, 'code', undefined),
  ];
  const others = columns.filter((column) => column.name !== date && column.name !== code);
  if (others.length === 0) {
    throw new DataError(
      'missing-column',
      `${files.files[0]} has no column beside date and code. Add one of numbers.`,
    );
  }
  const dateType = columns.find((column) => column.name === date)?.type ?? 'other';
  if (date !== null) await checkDates(duck, files, relation, date, dateType);
  const day = date === null ? '0' : `(${dayOf(named(date), dateType)} - DATE '1970-01-01')`;
  const [{ rows } = { rows: 0 }] = await duck.rows(`SELECT count(*) AS rows FROM ${relation}`);
  if (Number(rows) === 0) {
    throw new DataError('bad-table', `${files.files[0]} has no rows. Give data with at least one.`);
  }
  return {
    rows: Number(rows),
    columns: others,
    isDated: date !== null,
    async read(column) {
      const values = new Float64Array(Number(rows));
      const days = new Int32Array(Number(rows));
      let at = 0;
      const sql = `SELECT coalesce(${named(column)}::DOUBLE, 'NaN'::DOUBLE), ${day}::INTEGER FROM ${relation}`;
      for await (const chunk of duck.chunks(sql)) {
        values.set(chunk.column(0).items as Float64Array, at);
        days.set(chunk.column(1).items as Int32Array, at);
        at += chunk.rows;
      }
      return { values, days };
    },
  };
}
