import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import SQLite, { type Database } from 'better-sqlite3';
import { verifyChains } from './verify.ts';

const kept = 24;

/** Writes a verified copy of the database into `folder` and drops the oldest beyond 24. Gives the copy's path. */
export function backUp(db: Database, folder: string, now: Date): string {
  mkdirSync(folder, { recursive: true });
  const name = `${now.toISOString().replaceAll(':', '-')}.db`;
  const partial = join(folder, `${name}.part`);
  rmSync(partial, { force: true });
  db.prepare('VACUUM INTO ?').run(partial);
  assertWhole(partial, countEntries(db));
  const path = join(folder, name);
  renameSync(partial, path);
  for (const old of listBackups(folder).slice(kept)) rmSync(old, { force: true });
  return path;
}

/** The backups in `folder`, newest first. */
export function listBackups(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.db'))
      .sort()
      .reverse()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** When the newest backup was made; null where there is none. */
export function newestBackupAt(folder: string): string | null {
  const [newest] = listBackups(folder);
  if (!newest) return null;
  return basename(newest, '.db').replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:');
}

/** How many entries the newest backup holds; 0 where there is none or it cannot be read. */
export function entriesInNewestBackup(folder: string): number {
  const [newest] = listBackups(folder);
  if (!newest) return 0;
  try {
    const copy = new SQLite(newest, { readonly: true });
    try {
      return countEntries(copy);
    } finally {
      copy.close();
    }
  } catch {
    return 0;
  }
}

function assertWhole(path: string, entries: number): void {
  const copy = new SQLite(path, { readonly: true });
  try {
    const integrity = copy.pragma('integrity_check', { simple: true });
    const report = verifyChains(copy);
    if (integrity !== 'ok' || report.broken || report.entries !== entries) {
      throw new Error(
        `The backup ${path} is not a whole copy: integrity ${integrity}, ${report.entries} of ${entries} entries.`,
      );
    }
  } finally {
    copy.close();
  }
}

function countEntries(db: Database): number {
  return db.prepare('SELECT count(*) FROM entry').pluck().get() as number;
}
