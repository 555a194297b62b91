import { DataError } from '../data/index.ts';
import { csvHeader, csvTypes, loadCsv } from './csv.ts';
import { type Duck, named, quoted } from './duck.ts';
import { readingFailed } from './failures.ts';
import type { TableFiles } from './files.ts';
import { checkCodes, checkDates, codeOf, dayOf } from './keys.ts';
import { checkParquet, parquetSchema } from './parquet.ts';
import { type ColumnType, columnType, numberOf } from './types.ts';

/** The columns that name a row, where they are not called `date` and `code`. */
export interface Keys {
  date?: string;
  code?: string;
}

export interface TableColumn {
  name: string;
  type: ColumnType;
}

/**
 * A long table: a row per date and code. In SQL it is `panel`, with `"#date"`, `"#code"` and every other column by name;
 * `source` is the same with numbers as the files have them, which costs nothing to read.
 */
export interface Table {
  duck: Duck;
  /** As the files call them; `code` is null for a single series. */
  keys: { date: string; code: string | null };
  /** Beside the keys, in the order of the files. Numbers are doubles, and NaN counts as null. */
  columns: TableColumn[];
}

/** A wide table is most often a long one on its side: codes for columns. */
const mostColumns = 2_000;

/** Opens files as one table. `progress` hears the share of the opening. @throws DataError */
export async function openTable(
  duck: Duck,
  files: TableFiles,
  keys: Keys,
  progress: (share: number) => void,
): Promise<Table> {
  const { relation, columns } = await openRelation(duck, files, keys, 'loaded', progress);
  const names = columns.map(({ name }) => name);
  const date = keyColumn(files.files, names, 'date', keys.date);
  const code = keyColumn(files.files, names, 'code', keys.code);
  if (date === null) throw absent(files.files, names, 'date');
  const typeOf = (name: string) => columns.find((column) => column.name === name)?.type ?? 'other';
  await checkDates(duck, files, relation, date, typeOf(date));
  if (code !== null) await checkCodes(duck, files, relation, code, typeOf(code));
  const others = columns.filter(({ name }) => name !== date && name !== code);
  const selected = [
    `${dayOf(named(date), typeOf(date))} AS "#date"`,
    `${code === null ? "''" : codeOf(named(code), typeOf(code))} AS "#code"`,
    ...others.map(({ name, type }) => (type === 'number' ? knownNumber(name) : named(name))),
  ];
  await duck.run(`CREATE VIEW panel AS SELECT ${selected.join(', ')} FROM ${relation}`);
  const [day, name] = selected;
  const asTheyAre = others.map((column) => named(column.name));
  await duck.run(`CREATE VIEW source AS SELECT ${[day, name, ...asTheyAre].join(', ')} FROM ${relation}`);
  return { duck, keys: { date, code }, columns: others };
}

/** NaN is how some tools write what is not known. */
function knownNumber(name: string): string {
  const value = `${named(name)}::DOUBLE`;
  return `CASE WHEN isnan(${value}) THEN NULL ELSE ${value} END AS ${named(name)}`;
}

/** Files as one relation of SQL with typed columns; CSV is loaded into the table of that name. @throws DataError */
export function openRelation(
  duck: Duck,
  { kind, files }: TableFiles,
  keys: Keys,
  table: string,
  progress: (share: number) => void,
): Promise<{ relation: string; columns: TableColumn[] }> {
  return kind === 'csv' ? relationOfCsv(duck, files, keys, table, progress) : relationOfParquet(duck, files);
}

async function relationOfParquet(duck: Duck, files: readonly string[]) {
  for (const file of files) await checkParquet(file);
  const columns = await parquetSchema(duck, files).catch((error: unknown) => {
    throw error instanceof DataError ? error : readingFailed(files, error);
  });
  refuseWide(
    files,
    columns.map(({ name }) => name),
  );
  return {
    relation: `read_parquet([${files.map(quoted).join(', ')}])`,
    columns: columns.map(({ name, type }): TableColumn => ({ name, type: columnType(type) })),
  };
}

async function relationOfCsv(
  duck: Duck,
  files: readonly string[],
  keys: Keys,
  table: string,
  progress: (share: number) => void,
) {
  const header = await csvHeader(files);
  const { names } = header;
  const nameless = names.indexOf('');
  if (nameless >= 0) {
    throw new DataError(
      'bad-table',
      `${files[0]}:${header.line}: column ${nameless + 1} has no name. Name it, or take it out.`,
    );
  }
  refuseWide(files, names);
  const date = keyColumn(files, names, 'date', keys.date);
  const code = keyColumn(files, names, 'code', keys.code);
  await loadCsv(duck, files, header, (share) => progress(share * 0.8));
  const values = names.filter((name) => name !== date && name !== code);
  const types = await csvTypes(duck, files, values);
  progress(1);
  const columns = names.map((name): TableColumn => ({ name, type: types.get(name) ?? 'text' }));
  const selected = columns.map(({ name, type }) =>
    type === 'number' ? `${numberOf(named(name))} AS ${named(name)}` : named(name),
  );
  await duck.run(`CREATE TABLE ${named(table)} AS SELECT ${selected.join(', ')} FROM raw`);
  await duck.run('DROP TABLE raw');
  return { relation: named(table), columns };
}

function refuseWide(files: readonly string[], names: readonly string[]): void {
  if (names.length <= mostColumns) return;
  throw new DataError(
    'bad-table',
    `${files[0]} has ${names.length} columns, and ${mostColumns} can be read. A panel has a row per date and code: where codes are columns, as "${names.at(-1)}" in column ${names.length} may be, turn them into rows.`,
  );
}

export function keyColumn(
  files: readonly string[],
  names: readonly string[],
  key: 'date' | 'code',
  asked: string | undefined,
): string | null {
  const found = names.find((name) => name.toLowerCase() === (asked ?? key).toLowerCase());
  if (asked !== undefined && found === undefined) throw absent(files, names, key, asked);
  return found ?? null;
}

function absent(files: readonly string[], names: readonly string[], key: string, asked = key): DataError {
  const shown = names.slice(0, 12).join(', ');
  const more = names.length > 12 ? ` and ${names.length - 12} more` : '';
  return new DataError(
    'missing-column',
    `${files[0]}: there is no column "${asked}"; there are ${shown}${more}. Say which it is with --${key} NAME.`,
  );
}
