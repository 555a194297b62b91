import { DataError } from '../data/index.ts';

/** What DuckDB says of files that were damaged after they were written, in a sentence with the remedy. */
export function readingFailed(files: readonly string[], error: unknown): Error {
  const [reason = ''] = (error as Error).message.split('\n');
  if (/^(Internal|Binder|Parser|Catalog) Error/.test(reason)) return error as Error;
  if (/out of memory|failed to allocate/i.test(reason)) {
    return new DataError(
      'not-readable',
      `${named(files)} needs more memory or disk than there is: ${reason}. Free some.`,
    );
  }
  return new DataError(
    'not-readable',
    `${named(files)} cannot be read (${reason}). Fetch or write it again.`,
  );
}

export function named(files: readonly string[]): string {
  return files.length === 1 ? (files[0] as string) : `One of ${files.length} files, ${files[0]} the first,`;
}
