import { DateColumn } from '../data/cells.ts';
import { DataError } from '../data/index.ts';
import { locateCell } from './csv.ts';
import { type Duck, named, quoted } from './duck.ts';
import type { TableFiles } from './files.ts';
import type { ColumnType } from './types.ts';

/** Dates that are written the way a file writes most things: the year first, and nothing after the day. */
const styles = [
  String.raw`\d{4}-\d{2}-\d{2}([T ]00:00(:00(\.0+)?)?(Z|\+00:00)?)?`,
  String.raw`\d{4}/\d{2}/\d{2}`,
  String.raw`\d{8}`,
];

/** SQL: the day that a column says, whatever its type. Text must have been checked. */
export function dayOf(column: string, type: ColumnType): string {
  if (type === 'date') return `${column}::DATE`;
  const text = type === 'number' ? `${column}::BIGINT::VARCHAR` : `trim(${column})`;
  return `try_strptime(substr(replace(replace(${text}, '-', ''), '/', ''), 1, 8), '%Y%m%d')::DATE`;
}

/** SQL: a code as text; a whole number that came as a fraction loses its point. */
export function codeOf(column: string, type: ColumnType): string {
  if (type !== 'number') return `trim(${column}::VARCHAR)`;
  return `CASE WHEN ${column}::DOUBLE = floor(${column}::DOUBLE) THEN ${column}::BIGINT::VARCHAR ELSE ${column}::VARCHAR END`;
}

/** Checks that every date is one, and written like the others. @throws DataError with file, row and remedy */
export async function checkDates(
  duck: Duck,
  { kind, files }: TableFiles,
  relation: string,
  column: string,
  type: ColumnType,
): Promise<void> {
  const name = named(column);
  const text = type === 'number' ? `${name}::BIGINT::VARCHAR` : `trim(${name}::VARCHAR)`;
  const style =
    type === 'date'
      ? '1'
      : `CASE ${styles.map((pattern, i) => `WHEN regexp_full_match(${text}, ${quoted(pattern)}) THEN ${i + 1}`).join(' ')} ELSE 0 END`;
  const bad = `(${name} IS NULL OR ${style} = 0 OR ${dayOf(name, type)} IS NULL)`;
  const [found = {}] = await duck.rows(
    `SELECT count(*) FILTER (WHERE ${bad}) AS bad, count(DISTINCT ${style}) FILTER (WHERE NOT ${bad}) AS styles FROM ${relation}`,
  );
  if (found.bad === 0 && Number(found.styles) <= 1) return;
  if (kind === 'csv') {
    const dates = new DateColumn();
    await locateCell(files, column, (cell, line) => {
      const read = dates.read(cell, line);
      return 'problem' in read ? read.problem : null;
    });
  }
  await locateInParquet(duck, files, column, type === 'date' ? null : text, bad);
  throw new DataError(
    'bad-rows',
    `${files[0]}: column "${column}" has dates of several kinds. Write all as 2024-01-31.`,
  );
}

async function locateInParquet(
  duck: Duck,
  files: readonly string[],
  column: string,
  text: string | null,
  bad: string,
): Promise<void> {
  const dates = new DateColumn();
  for (const file of files) {
    const source = `read_parquet(${quoted(file)}, file_row_number = true)`;
    if (text === null) {
      const [row] = await duck.rows(
        `SELECT file_row_number + 1 AS row FROM ${source} WHERE ${bad} ORDER BY 1 LIMIT 1`,
      );
      if (row) throw badRow(file, row.row, column, 'is empty. Write the date, or take the row out.');
      continue;
    }
    // The first row of each way of writing is enough: `DateColumn` says which of them is the other one.
    const rows = await duck.rows(
      `SELECT min(file_row_number) + 1 AS row, arg_min(coalesce(${text}, ''), file_row_number) AS text FROM ${source}
       GROUP BY ${bad}, regexp_replace(coalesce(${text}, ''), '\\d', '9', 'g') ORDER BY 1`,
    );
    for (const { row, text: cell } of rows) {
      const read = dates.read(String(cell), Number(row));
      if ('problem' in read) throw badRow(file, row, column, read.problem.replace(/\bline (\d+)/, 'row $1'));
    }
  }
}

function badRow(file: string, row: unknown, column: string, problem: string): DataError {
  return new DataError('bad-rows', `${file}: row ${row}: column "${column}" ${problem}`);
}

/** Checks that every row has a code, and none is written in two ways. @throws DataError */
export async function checkCodes(
  duck: Duck,
  { kind, files }: TableFiles,
  relation: string,
  column: string,
  type: ColumnType,
): Promise<void> {
  const code = codeOf(named(column), type);
  const [empty = {}] = await duck.rows(
    `SELECT count(*) AS rows FROM ${relation} WHERE ${named(column)} IS NULL OR ${code} = ''`,
  );
  if (Number(empty.rows) > 0) {
    if (kind === 'csv') {
      await locateCell(files, column, (cell) =>
        cell.trim() === '' ? 'is empty. Write the code, or take the row out.' : null,
      );
    }
    throw new DataError(
      'bad-rows',
      `${files[0]}: column "${column}" is empty in ${empty.rows} rows. Write the code, or take the rows out.`,
    );
  }
  const key = `CASE WHEN regexp_full_match(code, '\\d+(\\.0+)?') THEN ltrim(regexp_replace(code, '\\.0+$', ''), '0') ELSE code END`;
  const [twice] = await duck.rows(
    `SELECT min(code) AS one, max(code) AS other FROM (SELECT DISTINCT ${code} AS code FROM ${relation})
     GROUP BY ${key} HAVING count(*) > 1 ORDER BY 1 LIMIT 1`,
  );
  if (!twice) return;
  const problem = `holds "${twice.other}" and "${twice.one}" for the same code. Write codes as text, in one way.`;
  if (kind === 'csv') {
    const first = new Map<string, number>();
    await locateCell(files, column, (cell, line) => {
      const text = cell.trim();
      if (text !== twice.one && text !== twice.other) return null;
      if (!first.has(text)) first.set(text, line);
      return first.size > 1 ? problem : null;
    });
  }
  throw new DataError('bad-rows', `${files[0]}: column "${column}" ${problem}`);
}
