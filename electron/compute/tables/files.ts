import { existsSync, readdirSync, statSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DataError } from '../data/index.ts';

export type FileKind = 'parquet' | 'csv';

const kinds: Record<string, FileKind> = {
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
};

export interface TableFiles {
  kind: FileKind;
  /** Sorted, at least one. */
  files: string[];
}

/**
 * The files that a path names: itself, all of a kind below a folder, or what a pattern such as `data/2024-*.parquet`
 * matches. @throws DataError where there is none, or where there are two kinds
 */
export async function findTableFiles(path: string): Promise<TableFiles> {
  const files = await filesOf(path);
  const found = new Map(files.map((file) => [kindOf(file), file] as const));
  const [kind] = [...found.keys()];
  if (kind === undefined) {
    throw new DataError(
      'not-found',
      `${path} names no file of data. Give a Parquet or CSV file, a folder of them, or a pattern in quotation marks.`,
    );
  }
  if (found.size > 1) {
    throw new DataError(
      'bad-table',
      `${path} names Parquet and CSV files, ${found.get('parquet')} and ${found.get('csv')} among them. Name files of one kind.`,
    );
  }
  return { kind, files };
}

async function filesOf(path: string): Promise<string[]> {
  if (!existsSync(path)) {
    if (!/[*?[{]/.test(path)) {
      throw new DataError('not-found', `${path} does not exist. Check the path.`);
    }
    const matched: string[] = [];
    for await (const file of glob(path)) if (isData(file)) matched.push(file);
    return matched.sort();
  }
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isData(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const isData = (name: string) => kinds[extname(name).toLowerCase()] !== undefined;

/** By its name; a file that a person names outright and that has another ending is read as text. */
const kindOf = (file: string) => kinds[extname(file).toLowerCase()] ?? 'csv';
