import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { JournalError } from './errors.ts';

export interface InstanceLock {
  release(): void;
}

/**
 * Claims a data folder for this process. The claim is an exclusive SQLite transaction, so the operating system
 * drops it when the process ends in any way; the text beside it only says who holds it.
 * @throws JournalError `in-use`
 */
export function lockDataFolder(folder: string): InstanceLock {
  // Evidence and output are for this user alone.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holder = join(folder, 'lock.txt');
  const db = new SQLite(join(folder, 'lock.db'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw new JournalError(
      'in-use',
      `${folder} is open in another Holdpoint (${readHolder(holder)}). Use that window, or start this one with --data and another folder.`,
      { cause: error },
    );
  }
  writeFileSync(holder, `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}`);
  return { release: () => db.close() };
}

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return 'holder unknown';
  }
}
