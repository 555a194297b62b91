import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { DataError } from '../data/index.ts';

export interface InputDigests {
  /** SHA-256 of each file, in the order asked. */
  digests: string[];
  /** Whether the files are still what was digested, as far as size and times tell. */
  unchanged(): Promise<boolean>;
}

/** Reads every file once. Progress is told as the share of all bytes. @throws DataError */
export async function digestInputs(
  files: readonly string[],
  progress: (share: number) => void,
): Promise<InputDigests> {
  const before = await Promise.all(files.map(regularFile));
  const total = before.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const digests: string[] = [];
  for (const file of files) {
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
        hash.update(chunk as Buffer);
        done += (chunk as Buffer).length;
        progress(Math.min(1, done / Math.max(total, 1)));
      }
    } catch (error) {
      throw readingError(file, error);
    }
    digests.push(hash.digest('hex'));
  }
  return {
    digests,
    async unchanged() {
      const now = await Promise.all(files.map((file) => stat(file).catch(() => null)));
      return now.every((stats, i) => stats !== null && same(stats, before[i] as Stats));
    },
  };
}

/** SHA-256 of one file. */
export async function digestFile(file: string): Promise<string> {
  const { digests } = await digestInputs([file], () => {});
  return digests[0] as string;
}

async function regularFile(file: string): Promise<Stats> {
  const stats = await stat(file).catch((error: unknown) => {
    throw readingError(file, error);
  });
  if (stats.isDirectory()) throw new DataError('not-readable', `${file} is a folder. Give a file.`);
  if (!stats.isFile()) {
    throw new DataError('not-readable', `${file} is no regular file, and it is read twice. Save it as one.`);
  }
  return stats;
}

function same(a: Stats, b: Stats): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
}

function readingError(file: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new DataError('not-found', `${file} does not exist. Check the path.`);
  if (code === 'EACCES')
    return new DataError('not-readable', `${file} may not be read by this user. Change its permissions.`);
  return new DataError(
    'not-readable',
    `${file} cannot be read (${message}). Check the disk, or copy it anew.`,
  );
}
