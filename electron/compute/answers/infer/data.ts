import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../data/index.ts';
import { type DateWindows, InferenceError, KeyIndex, type WindowShape } from '../../inference/index.ts';
import type { Work } from '../../jobs.ts';
import {
  findTableFiles,
  type Keys,
  named,
  openDuck,
  openTable,
  readingFailed,
  type Table,
} from '../../tables/index.ts';

/** Opens data for a model, works with it, and closes it. `work` hears shares from 0 to 1. @throws DataError */
export async function withTable<Result>(
  { data, keys }: { data: string; keys: Keys },
  { scratch, cores, progress }: Pick<Work, 'scratch' | 'cores' | 'progress'>,
  use: (table: Table) => Promise<Result>,
): Promise<Result> {
  const files = await findTableFiles(data);
  const duck = await openDuck(mkdtempSync(join(scratch, 'infer-')), cores);
  try {
    const table = await openTable(duck, files, keys, (share) => progress('opening the data', share * 0.2));
    return await use(table);
  } catch (error) {
    if (error instanceof DataError || error instanceof InferenceError) throw error;
    throw readingFailed(files.files, error);
  } finally {
    duck.close();
  }
}

export function checkColumns(path: string, features: readonly string[], { columns }: Table): void {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const wrong = features.filter((name) => types.get(name) !== 'number');
  const [first] = wrong;
  if (first === undefined) return;
  const shown = wrong.slice(0, 5).join(', ');
  const more = wrong.length > 5 ? ` and ${wrong.length - 5} more` : '';
  throw new DataError(
    'missing-column',
    `${path} lacks ${wrong.length} of the model's ${features.length} features as columns of numbers: ${shown}${more}. ${types.has(first) ? `"${first}" is there and holds ${types.get(first)}.` : 'Add or rename them.'}`,
  );
}

/** The keys of a table, each of which occurs once. @throws DataError */
export async function openKeys({ duck }: Table, path: string): Promise<KeyIndex> {
  const keys = await KeyIndex.open(duck);
  const twice = keys.firstTwice();
  if (!twice) return keys;
  throw new DataError(
    'bad-table',
    `${path} has ${twice.code} twice on ${twice.date}; a window takes one row per date. Keep one of them.`,
  );
}

/** Every date of the data, in order; at least one. @throws DataError */
export async function allDates({ duck }: Table, path: string): Promise<string[]> {
  const rows = await duck.rows('SELECT DISTINCT "#date"::VARCHAR AS date FROM panel ORDER BY date');
  if (rows.length === 0)
    throw new DataError('bad-table', `${path} has no rows. Give data with at least one.`);
  return rows.map(({ date }) => String(date));
}

/** What a column says on one date, by code; NaN where it says nothing. */
export async function labelsOn({ duck }: Table, column: string, date: string): Promise<Map<string, number>> {
  const rows = await duck.rows(
    `SELECT "#code" AS code, ${named(column)}::DOUBLE AS label FROM panel WHERE "#date" = DATE '${date}'`,
  );
  return new Map(rows.map(({ code, label }) => [String(code), label === null ? Number.NaN : Number(label)]));
}

/** @throws DataError where the column is not there, or no column of numbers */
export function checkLabel(path: string, label: string, features: readonly string[], table: Table): void {
  const found = table.columns.find(({ name }) => name === label);
  if (features.includes(label)) {
    throw new DataError(
      'bad-table',
      `"${label}" is one of the model's features, and so no label: the model has seen it. Name another column as the label (--label).`,
    );
  }
  if (found?.type === 'number') return;
  throw new DataError(
    'missing-column',
    `${path} has no column of numbers "${label}"${found ? `: it holds ${found.type}` : ''}. Name one that says what came after each date (--label).`,
  );
}

export function noWindows(
  path: string,
  { date, left }: DateWindows,
  { lookback }: WindowShape,
): InferenceError {
  const { short, missing, example } = left;
  const hole = example
    ? ` ${missing} have a value that is missing, ${example.code} in column "${example.feature}" on ${example.date}.`
    : '';
  return new InferenceError(
    'no-windows',
    `${path}: on ${date} no code has a whole window of ${lookback} rows.${short > 0 ? ` ${short} have fewer rows.` : ''}${hole} Give more history, or fill what is missing.`,
  );
}
