import SQLite, { type Database } from 'better-sqlite3';
import { JournalError } from './errors.ts';

/**
 * Opens the database for its one writer. `synchronous` is set and asserted here because SQLite's build default
 * lets a fresh WAL file fall back to NORMAL, which can lose the last commits when the power goes.
 * @throws JournalError `not-durable`
 */
export function openDatabase(path: string): Database {
  const db = new SQLite(path);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('recursive_triggers = ON');
    if (process.platform === 'darwin') {
      db.pragma('fullfsync = ON');
      db.pragma('checkpoint_fullfsync = ON');
    }
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    assertDurable(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function assertDurable(db: Database): void {
  const mode = db.pragma('journal_mode', { simple: true });
  const synchronous = db.pragma('synchronous', { simple: true });
  if (mode === 'wal' && synchronous === 2) return;
  throw new JournalError(
    'not-durable',
    `${db.name}: SQLite runs with journal_mode=${mode} and synchronous=${synchronous}, but a commit must survive a power cut. Move the data folder to a local disk.`,
  );
}
