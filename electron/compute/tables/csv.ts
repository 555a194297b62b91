import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { CsvReader } from '../data/csv.ts';
import { DataError } from '../data/index.ts';
import { type Header, headerOf, longestRow, readingError, readTable } from '../data/table.ts';
import { type Duck, named, quoted } from './duck.ts';
import { named as namedFiles } from './failures.ts';
import { isNumber, missingText } from './types.ts';

export interface CsvHeader extends Header {
  separator: string;
}

/** The column names, which all the files must share. @throws DataError */
export async function csvHeader(files: readonly string[]): Promise<CsvHeader> {
  const first = files[0] as string;
  const header = await readHeader(first);
  for (const file of files.slice(1)) {
    const other = await readHeader(file);
    const at = Array.from({ length: Math.max(other.names.length, header.names.length) }).findIndex(
      (_, i) => other.names[i] !== header.names[i],
    );
    if (at >= 0) {
      throw new DataError(
        'bad-table',
        `${file}:${other.line}: column ${at + 1} is "${other.names[at] ?? ''}", and "${header.names[at] ?? ''}" in ${basename(first)}. Write all files with the same columns in the same order.`,
      );
    }
  }
  return header;
}

async function readHeader(file: string): Promise<CsvHeader> {
  let found: Header | null = null;
  const csv = new CsvReader(({ cells, line }) => {
    found ??= headerOf(file, cells, line);
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) {
      csv.push(decoder.decode(chunk as Buffer, { stream: true }));
      if (found || csv.pending > longestRow) break;
    }
    if (!found) csv.end();
  } catch (error) {
    throw readingError(file, error);
  }
  if (!found) throw new DataError('not-readable', `${file} is empty. It needs a line of column names.`);
  return { ...(found as Header), separator: csv.separator };
}

/** Loads the files as they are, all text, into the table `raw`. @throws DataError */
export async function loadCsv(
  duck: Duck,
  files: readonly string[],
  { names, separator }: CsvHeader,
  progress: (share: number) => void,
): Promise<void> {
  const columns = names.map((name) => `${quoted(name)}: 'VARCHAR'`).join(', ');
  const sql = `CREATE TABLE raw AS SELECT * FROM read_csv([${files.map(quoted).join(', ')}], auto_detect = false,
    header = true, delim = ${quoted(separator)}, quote = '"', escape = '"', columns = {${columns}},
    max_line_size = ${longestRow})`;
  try {
    await duck.rows(sql, progress);
  } catch (error) {
    // Our own reader knows the line and the remedy; where it finds nothing wrong, the first line of the reason must do.
    for (const file of files) await readTable(file, { header: () => {}, row: () => [] });
    const [reason] = (error as Error).message.split('\n');
    throw new DataError(
      'not-readable',
      `${namedFiles(files)} cannot be read as CSV (${reason}). Save it anew.`,
    );
  }
}

/** Finds the first cell of a column that has a problem, and throws it with file and line. @throws DataError */
export async function locateCell(
  files: readonly string[],
  column: string,
  problemOf: (text: string, line: number) => string | null,
): Promise<void> {
  for (const file of files) {
    let at = -1;
    let seen = false;
    await readTable(file, {
      header: ({ names }) => {
        at = names.indexOf(column);
      },
      row: (cells, line) => {
        // One is enough: the rest of the file is only read to its end.
        const text = seen ? null : problemOf(cells[at] as string, line);
        if (text === null) return [];
        seen = true;
        return [{ column, text }];
      },
    });
  }
}

export type CsvType = 'number' | 'text';

/**
 * What each column of `raw` holds: numbers, or text. A column that is mostly numbers is meant to be one of numbers.
 * @throws DataError with the first cell of such a column that is none
 */
export async function csvTypes(
  duck: Duck,
  files: readonly string[],
  names: readonly string[],
): Promise<Map<string, CsvType>> {
  const parts = names.flatMap((name, i) => [
    `count(*) FILTER (WHERE NOT ${missingText(named(name))}) AS known${i}`,
    `count(*) FILTER (WHERE ${isNumber(named(name))}) AS numbers${i}`,
  ]);
  const [counts = {}] = parts.length > 0 ? await duck.rows(`SELECT ${parts.join(', ')} FROM raw`) : [{}];
  const types = new Map<string, CsvType>();
  for (const [i, name] of names.entries()) {
    const [known, numbers] = [Number(counts[`known${i}`]), Number(counts[`numbers${i}`])];
    if (numbers < known && numbers * 2 >= known) await refuseMixed(duck, files, name);
    // Of a column without any value nothing contradicts that it is one of numbers.
    types.set(name, numbers === known ? 'number' : 'text');
  }
  return types;
}

async function refuseMixed(duck: Duck, files: readonly string[], name: string): Promise<never> {
  const column = named(name);
  const [other = {}] = await duck.rows(
    `SELECT ${column} AS text FROM raw WHERE NOT ${missingText(column)} AND NOT ${isNumber(column)} LIMIT 1`,
  );
  const text = String(other.text);
  const remedy = 'among numbers. Write a number, or leave the cell empty where it is not known.';
  const inFile = new Set([text]);
  await locateCell(files, name, (cell) =>
    inFile.has(cell) ? `holds "${cell.slice(0, 40)}" ${remedy}` : null,
  );
  throw new DataError('bad-rows', `${files[0]}: column "${name}" holds "${text.slice(0, 40)}" ${remedy}`);
}
