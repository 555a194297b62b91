import {
  closeSync,
  fsync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { takingTurns } from '../turns.ts';

/** So many files wait for the disk together: it has one wait for them all where each alone would be one. */
const inOneGroup = 100;

export interface AddOptions {
  /** Ends it between two groups. */
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Adds files to a folder in this order, each whole or not at all, whatever happens meanwhile. They are there for good
 * once it is done. Gives how many were added: all, unless the signal said stop.
 */
export async function addFiles(
  folder: string,
  files: readonly (readonly [name: string, bytes: Buffer])[],
  { signal, onProgress }: AddOptions,
): Promise<number> {
  if (files.length === 0) return 0;
  const folders = foldersOf(files.map(([name]) => name)).map((name) => join(folder, name));
  for (const each of folders) mkdirSync(each, { recursive: true });
  const parts = mkdtempSync(join(folder, partsPrefix));
  removeLeftBehind(folder, parts);
  let done = 0;
  try {
    while (done < files.length && !signal?.aborted) {
      const group = files.slice(done, done + inOneGroup);
      await addGroup(folder, group, parts);
      done += group.length;
      onProgress?.(done, files.length);
    }
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
  for (const each of folders) syncFolder(each);
  return done;
}

/** Every folder on the way to these files, the outermost first; empty for the top. */
function foldersOf(names: readonly string[]): string[] {
  const folders = new Set(['']);
  for (const name of names) {
    const steps = name.split('/').slice(0, -1);
    for (let depth = 1; depth <= steps.length; depth += 1) folders.add(steps.slice(0, depth).join('/'));
  }
  return [...folders];
}

async function addGroup(
  folder: string,
  group: readonly (readonly [name: string, bytes: Buffer])[],
  parts: string,
): Promise<void> {
  const partOf = (index: number) => join(parts, String(index));
  const turn = takingTurns();
  const open: number[] = [];
  try {
    for (const [index, [, bytes]] of group.entries()) {
      const file = openSync(partOf(index), 'w');
      open.push(file);
      writeFileSync(file, bytes);
      await turn();
    }
    // None is closed while another still waits.
    const ends = await Promise.allSettled(open.map((file) => synced(file)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  } finally {
    for (const file of open) closeSync(file);
  }
  for (const [index, [name]] of group.entries()) renameSync(partOf(index), join(folder, name));
}

const synced = promisify(fsync);

/** Files that are not whole yet lie in a folder of this name, one for each time something is added. */
const partsPrefix = '.adding-';

/** What works is done with a group in seconds. */
const leftBehindAfterMs = 60 * 60 * 1000;

/** Removes what others were adding when they were killed. Only one clock is asked, that of whoever keeps the folder. */
function removeLeftBehind(folder: string, parts: string): void {
  const now = statSync(parts).mtimeMs;
  for (const name of readdirSync(folder).filter((one) => one.startsWith(partsPrefix))) {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats && now - stats.mtimeMs > leftBehindAfterMs) rmSync(path, { recursive: true, force: true });
  }
}

/** The names in a folder are written apart from the files. Windows and some shares do this by themselves and refuse it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    closeSync(file);
  }
}
