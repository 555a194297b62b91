import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { DataError } from '../data/index.ts';
import { type Duck, quoted } from './duck.ts';

/** https://parquet.apache.org/docs/file-format/: the mark at both ends, before the last one the footer's length. */
const mark = 'PAR1';
const tailBytes = 8;

/** Says of a file that is no Parquet, or only the beginning of one, what it is. @throws DataError */
export async function checkParquet(file: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file);
    const { size } = await handle.stat();
    const read = async (at: number, length: number) => {
      const { buffer, bytesRead } = await (handle as FileHandle).read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    if ((await read(0, 4)).toString('latin1') !== mark) {
      throw new DataError(
        'not-readable',
        `${file} is no Parquet file: it does not begin like one. Give another.`,
      );
    }
    const tail = await read(Math.max(0, size - tailBytes), tailBytes);
    const isWhole =
      size >= 3 * 4 &&
      tail.subarray(4).toString('latin1') === mark &&
      tail.readUInt32LE(0) <= size - tailBytes - 4;
    if (!isWhole) {
      throw new DataError(
        'not-readable',
        `${file} is cut off: after ${size} bytes the end of a Parquet file is not there. Fetch or write it again.`,
      );
    }
  } finally {
    await handle?.close();
  }
}

export interface SchemaColumn {
  name: string;
  /** As DuckDB calls it. */
  type: string;
}

/** The columns that all the files have, in the order of the first. @throws DataError where they differ */
export async function parquetSchema(duck: Duck, files: readonly string[]): Promise<SchemaColumn[]> {
  const first = files[0] as string;
  const columns = await schemaOf(duck, first);
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  for (const file of files.slice(1)) {
    const others = new Map((await schemaOf(duck, file)).map(({ name, type }) => [name, type]));
    for (const [name, type] of types) {
      const other = others.get(name);
      if (other === undefined) {
        throw new DataError(
          'missing-column',
          `${file} has no column "${name}", which ${basename(first)} has. Write all files with the same columns.`,
        );
      }
      if (other !== type) {
        throw new DataError(
          'bad-table',
          `${file}: column "${name}" is ${other}, and ${type} in ${basename(first)}. Write it in one type everywhere.`,
        );
      }
    }
    const extra = [...others.keys()].find((name) => !types.has(name));
    if (extra !== undefined) {
      throw new DataError(
        'bad-table',
        `${file} has a column "${extra}", which ${basename(first)} has not. Write all files with the same columns.`,
      );
    }
  }
  return columns;
}

async function schemaOf(duck: Duck, file: string): Promise<SchemaColumn[]> {
  const rows = await duck.rows(
    `SELECT column_name AS name, column_type AS type FROM (DESCRIBE SELECT * FROM read_parquet(${quoted(file)}))`,
  );
  return rows.map(({ name, type }) => ({ name: String(name), type: String(type) }));
}
