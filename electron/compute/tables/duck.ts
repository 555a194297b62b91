import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';

export type Row = Record<string, string | number | boolean | null>;

/** A DuckDB of its own, whose tables and overflow lie in a folder. */
export interface Duck {
  run(sql: string): Promise<void>;
  /** Every row; numbers of any width come as numbers, dates and the like as text. `progress` hears shares from 0 to 1. */
  rows(sql: string, progress?: (share: number) => void): Promise<Row[]>;
  /** Chunks of at most 2,048 rows, whose columns are read in place. */
  chunks(sql: string): AsyncIterable<Chunk>;
  close(): void;
}

export interface Chunk {
  rows: number;
  column(at: number): ColumnVector;
}

/** One column of a chunk. `items` are its values as they lie in memory, where it is one of numbers. */
export interface ColumnVector {
  items: ArrayLike<number> | null;
  /** Whether any of its values may be null. */
  mayHaveNulls: boolean;
  isNull(row: number): boolean;
}

/** Half of the memory: the other half is the model's, the window's and everybody else's. */
const memoryShare = 0.5;
const progressEveryMs = 100;

/**
 * Opens DuckDB with its tables under `folder`, on so many threads. It reads no extension from the net and no file but
 * those asked for.
 */
export async function openDuck(folder: string, threads: number): Promise<Duck> {
  // Native and large: only who asks for data pays for it.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(join(folder, `tables-${process.hrtime.bigint()}.duckdb`), {
    memory_limit: `${Math.floor((totalmem() * memoryShare) / 2 ** 20)}MiB`,
    threads: String(threads),
    temp_directory: join(folder, 'overflow'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  // Without these it does not count how far a query is.
  await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false');
  return {
    run: async (sql) => void (await connection.run(sql)),
    async rows(sql, progress) {
      const watch = progress && watchProgress(connection, progress);
      try {
        const reader = await connection.runAndReadAll(sql);
        return reader.getRowObjects().map(plainRow);
      } finally {
        clearInterval(watch);
      }
    },
    async *chunks(sql) {
      const result = await connection.stream(sql);
      let next = result.fetchChunk();
      try {
        for (;;) {
          const chunk = await next;
          if (!chunk || chunk.rowCount === 0) return;
          // DuckDB works on the next one while this one is looked at.
          next = result.fetchChunk();
          yield {
            rows: chunk.rowCount,
            column: (at) => columnVector(chunk.getColumnVector(at) as unknown as Vector),
          };
        }
      } finally {
        await next.catch(() => null);
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function watchProgress(connection: DuckDBConnection, progress: (share: number) => void): NodeJS.Timeout {
  return setInterval(() => {
    const { percentage } = connection.progress;
    if (percentage > 0) progress(Math.min(1, percentage / 100));
  }, progressEveryMs);
}

interface Vector {
  /** A bit per row from the lowest on, set where there is a value; null where all have one. */
  validity?: { data: BigUint64Array | null };
}

function columnVector(vector: Vector): ColumnVector {
  const { items } = vector as Vector & { items?: unknown };
  const isNumbers =
    ArrayBuffer.isView(items) && !(items instanceof BigInt64Array || items instanceof DataView);
  const data = vector.validity?.data;
  const valid = data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : null;
  return {
    items: isNumbers ? (items as unknown as ArrayLike<number>) : null,
    mayHaveNulls: valid !== null,
    isNull: (row) => valid !== null && ((valid[row >> 3] as number) & (1 << (row & 7))) === 0,
  };
}

function plainRow(row: Record<string, DuckDBValue>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (typeof value === 'bigint') return [name, Number(value)];
      return [name, value !== null && typeof value === 'object' ? String(value) : value];
    }),
  );
}

/** A name as SQL writes it. */
export function named(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
