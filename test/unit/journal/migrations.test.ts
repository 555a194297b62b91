import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../../electron/journal/index.ts';
import { migrate, migrations, newestVersion, versionOf } from '../../../electron/journal/migrations/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

function fileAt(version: number): SQLite.Database {
  const db = new SQLite(join(temporaryFolder(), 'holdpoint.db'));
  migrate(db, version);
  return db;
}

const schemaOf = (db: SQLite.Database) =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();

describe('migrations', () => {
  it('are numbered from 1 without gaps', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  });

  for (let version = 0; version < newestVersion; version += 1) {
    it(`bring a file of version ${version} to the newest schema and keep its entries`, () => {
      const db = fileAt(version);
      if (version > 0) {
        db.exec(
          `INSERT INTO entry VALUES ('d', 1, 1, '2026-01-01T00:00:00.000Z', 'ada', 'k', '{}', '', 'h')`,
        );
      }
      migrate(db);
      expect(versionOf(db)).toBe(newestVersion);
      expect(schemaOf(db)).toEqual(schemaOf(fileAt(newestVersion)));
      expect(db.prepare('SELECT count(*) FROM entry').pluck().get()).toBe(version > 0 ? 1 : 0);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    });
  }

  it('refuse a file written by a newer Holdpoint, and say what to do', () => {
    const folder = temporaryFolder();
    openJournal(folder).close();
    const db = new SQLite(join(folder, 'holdpoint.db'));
    db.pragma(`user_version = ${newestVersion + 1}`);
    db.close();
    expect(() => openJournal(folder)).toThrow('Update Holdpoint');
  });
});
