import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { CsvReader, type CsvRow } from './csv.ts';
import { DataError } from './errors.ts';

/** The header of a file: which column a name is, whatever its case. */
export interface Header {
  names: readonly string[];
  line: number;
}

export interface TableReader {
  /** Called once, before the rows. May throw. */
  header(header: Header): void;
  /** A row as long as the header. Gives what is wrong with it, each with its column. */
  row(cells: readonly string[], line: number): Problem[];
}

export interface Problem {
  column: string;
  /** The end of a sentence that begins with the column. */
  text: string;
}

/** So many problems are shown; the rest is counted. */
const mostShown = 10;
/** Characters. A quotation mark that is never closed would take the rest of the file for one row. */
export const longestRow = 1 << 23;

/**
 * Reads a CSV file in pieces. Gives the SHA-256 of its bytes.
 * @throws DataError with every row that cannot be used, up to ten
 */
export async function readTable(
  file: string,
  reader: TableReader,
): Promise<{ sha256: string; rows: number }> {
  const digest = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const found: string[] = [];
  let problems = 0;
  let rows = 0;
  let header: Header | null = null;
  const object = (line: number, text: string) => {
    problems += 1;
    if (found.length < mostShown) found.push(`${file}:${line}: ${text}`);
  };
  const csv = new CsvReader(({ cells, line }: CsvRow) => {
    if (header === null) {
      header = headerOf(file, cells, line);
      reader.header(header);
      return;
    }
    rows += 1;
    const { names } = header;
    if (cells.length !== names.length) {
      object(line, rowLength(cells.length, names));
      return;
    }
    for (const { column, text } of reader.row(cells, line)) object(line, `column "${column}" ${text}`);
  });
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      digest.update(chunk as Buffer);
      csv.push(decoder.decode(chunk as Buffer, { stream: true }));
      if (csv.pending > longestRow) break;
    }
    if (csv.pending <= longestRow) {
      csv.push(decoder.decode());
      csv.end();
    }
  } catch (error) {
    throw readingError(file, error);
  }
  if (csv.pending > 0) {
    throw new DataError(
      'not-readable',
      `${file}:${csv.line}: a quoted cell of this row never ends. Close the quotation mark, or fetch the file again: it may be cut off.`,
    );
  }
  if (header === null)
    throw new DataError('not-readable', `${file} is empty. It needs a line of column names.`);
  if (problems > 0) {
    const more = problems - found.length;
    throw new DataError('bad-rows', [...found, ...(more > 0 ? [`and ${more} more.`] : [])].join('\n'));
  }
  return { sha256: digest.digest('hex'), rows };
}

/** @throws DataError where it is no text, or a name is there twice */
export function headerOf(file: string, cells: readonly string[], line: number): Header {
  const names = cells.map((name) => name.trim());
  if (names.some((name) => name.includes('\0'))) {
    throw new DataError('not-readable', `${file} is no text. Give a CSV file in UTF-8.`);
  }
  const lower = names.map((name) => name.toLowerCase());
  const twice = lower.findIndex((name, at) => name !== '' && lower.indexOf(name) !== at);
  if (twice >= 0) {
    throw new DataError(
      'bad-table',
      `${file}:${line}: column "${names[twice]}" is there twice, as columns ${lower.indexOf(lower[twice] as string) + 1} and ${twice + 1}. Rename or remove one.`,
    );
  }
  return { names, line };
}

function rowLength(found: number, names: readonly string[]): string {
  if (found > names.length) {
    return `the row has ${found} cells, and the header names ${names.length} columns. Quote cells that hold a separator.`;
  }
  return `the row ends after ${found} of ${names.length} cells; column "${names[found]}" is missing. Complete it, or fetch the file again: it may be cut off.`;
}

export function readingError(file: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new DataError('not-found', `${file} does not exist. Check the path.`);
  if (code === 'EISDIR') return new DataError('not-readable', `${file} is a folder. Give a CSV file.`);
  if (code === 'EACCES') return new DataError('not-readable', `${file} may not be read by this user.`);
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new DataError('not-readable', `${file} is no text in UTF-8. Give a CSV file, saved as UTF-8.`);
  }
  return error;
}

/** Where each wanted column is; -1 for an optional one that is not there. @throws DataError `missing-column` */
export function columnsOf<Name extends string>(
  file: string,
  { names, line }: Header,
  needed: readonly Name[],
  optional: readonly Name[] = [],
): Record<Name, number> {
  const lower = names.map((name) => name.toLowerCase());
  const absent = needed.filter((name) => !lower.includes(name));
  if (absent.length > 0) {
    const shown = names.slice(0, 12).join(', ');
    const more = names.length > 12 ? ` and ${names.length - 12} more` : '';
    throw new DataError(
      'missing-column',
      `${file}:${line}: there is no column ${absent.map((name) => `"${name}"`).join(' or ')}; there are ${shown}${more}. Add or rename it.`,
    );
  }
  return Object.fromEntries([...needed, ...optional].map((name) => [name, lower.indexOf(name)])) as Record<
    Name,
    number
  >;
}
