import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import SQLite, { type Database } from 'better-sqlite3';
import { listBackups } from './backup.ts';
import { JournalError } from './errors.ts';
import { verifyChains } from './verify.ts';

export interface Recovered {
  db: Database;
  /** What a person reads: what was found, where the copies are, what was kept. */
  report: string;
}

/**
 * After damage: copies the files aside untouched, and opens a copy of the newest backup whose chain is whole.
 * @throws JournalError `corrupt` when there is none
 */
export function recover(path: string, backups: string, why: string, now: Date): Recovered {
  const aside = `${path}.damaged-${now.toISOString().replaceAll(':', '-')}`;
  mkdirSync(aside, { recursive: true });
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    if (existsSync(file)) copyFileSync(file, join(aside, basename(file)));
  }
  for (const backup of listBackups(backups)) {
    const copy = join(aside, 'opened-from-backup.db');
    copyFileSync(backup, copy);
    const db = new SQLite(copy);
    const kept = wholeChain(db);
    if (kept) {
      const report = `The journal is damaged: ${why}. Nothing more is written to it. The damaged files are copied to ${aside}. Shown is the backup ${basename(backup)}: ${kept.entries} entries, the last of ${kept.last}.`;
      return { db, report };
    }
    db.close();
  }
  throw new JournalError(
    'corrupt',
    `The journal ${path} is damaged: ${why}. There is no whole backup in ${backups}. The damaged files are copied to ${aside}; keep them, and start with --data and a new folder.`,
  );
}

function wholeChain(db: Database): { entries: number; last: string } | null {
  try {
    const { broken, entries } = verifyChains(db);
    if (broken) return null;
    const last = db.prepare('SELECT max(at) FROM entry').pluck().get() as string | null;
    return { entries, last: last ?? 'never' };
  } catch {
    return null;
  }
}
