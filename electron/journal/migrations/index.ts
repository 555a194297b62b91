import type { Database } from 'better-sqlite3';
import { JournalError } from '../errors.ts';
import { entries } from './001-entries.ts';
import { projections } from './002-projections.ts';
import { settings } from './003-settings.ts';

export interface Migration {
  /** The `user_version` the file has afterwards. */
  version: number;
  sql: string;
}

/** Forward only, in order. A step that has been released is never edited. */
export const migrations: readonly Migration[] = [entries, projections, settings];

export const newestVersion = migrations.length;

export function versionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** Brings the file to `upTo`, one transaction a step, the version bump inside it. */
export function migrate(db: Database, upTo: number = newestVersion): void {
  const found = versionOf(db);
  if (found > newestVersion) {
    throw new JournalError(
      'newer-schema',
      `${db.name} was written by a newer Holdpoint (schema ${found}, this one knows ${newestVersion}). Update Holdpoint, or open another data folder.`,
    );
  }
  for (const { version, sql } of migrations) {
    if (version <= versionOf(db) || version > upTo) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
