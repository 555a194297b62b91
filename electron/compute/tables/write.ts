import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvOf } from '../backtest/index.ts';
import { named, openDuck, quoted } from './duck.ts';

export const tableFormats = ['csv', 'json', 'parquet'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** Rows of one shape; null is not known. */
export type TableRows = readonly Record<string, string | number | null>[];

/**
 * Writes each table as a file of its name into a folder, each whole or not at all. A table without rows has no columns,
 * and is not written. Numbers come back as they are, to the last bit; ISO dates are dates in Parquet.
 */
export async function writeTables(
  folder: string,
  tables: Record<string, TableRows>,
  format: TableFormat,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const filled = Object.entries(tables).filter(([, rows]) => rows.length > 0);
  if (format === 'parquet') return writeParquet(folder, filled);
  for (const [name, rows] of filled) {
    const path = join(folder, `${name}.${format}`);
    writeFileSync(`${path}.part`, format === 'csv' ? csvOf(rows) : `${JSON.stringify(rows, null, 1)}\n`);
    renameSync(`${path}.part`, path);
  }
}

async function writeParquet(folder: string, tables: [string, TableRows][]): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'holdpoint-tables-'));
  const duck = await openDuck(scratch, 1);
  try {
    for (const [name, rows] of tables) {
      const csv = join(scratch, 'rows.csv');
      writeFileSync(csv, csvOf(rows));
      const types = Object.keys(rows[0] ?? {}).map(
        (column) => `${quoted(column)}: '${typeOf(rows, column)}'`,
      );
      const part = join(folder, `${name}.parquet.part`);
      await duck.run(
        `COPY (SELECT ${Object.keys(rows[0] ?? {})
          .map(named)
          .join(', ')} FROM read_csv(${quoted(csv)}, header = true,
           auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {${types.join(', ')}}))
         TO ${quoted(part)} (FORMAT parquet, COMPRESSION zstd)`,
      );
      renameSync(part, join(folder, `${name}.parquet`));
    }
  } finally {
    duck.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function typeOf(rows: TableRows, column: string): 'DOUBLE' | 'DATE' | 'VARCHAR' {
  const values = rows.map((row) => row[column]).filter((value) => value !== null && value !== undefined);
  if (values.every((value) => typeof value === 'number')) return 'DOUBLE';
  return values.every((value) => /^\d{4}-\d{2}-\d{2}$/.test(String(value))) ? 'DATE' : 'VARCHAR';
}
