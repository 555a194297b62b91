import type { Migration } from './index.ts';

/**
 * The entry table. UPDATE and DELETE triggers alone are not enough: `INSERT OR REPLACE` deletes without firing
 * them, so an INSERT trigger refuses a key that is there already.
 */
export const entries: Migration = {
  version: 1,
  sql: `
    CREATE TABLE device (id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL) STRICT;

    CREATE TABLE entry (
      device  TEXT    NOT NULL,
      seq     INTEGER NOT NULL CHECK (seq >= 1),
      lamport INTEGER NOT NULL CHECK (lamport >= 1),
      at      TEXT    NOT NULL,
      author  TEXT    NOT NULL,
      kind    TEXT    NOT NULL,
      body    TEXT    NOT NULL CHECK (json_valid(body)),
      prev    TEXT    NOT NULL,
      hash    TEXT    NOT NULL UNIQUE,
      PRIMARY KEY (device, seq)
    ) STRICT;
    CREATE UNIQUE INDEX entry_order ON entry (lamport, device, seq);
    CREATE INDEX entry_kind ON entry (kind);
    CREATE INDEX entry_launch ON entry (json_extract(body, '$.launch'), lamport);

    CREATE TRIGGER entry_is_new BEFORE INSERT ON entry
      WHEN EXISTS (SELECT 1 FROM entry WHERE (device = NEW.device AND seq = NEW.seq) OR hash = NEW.hash)
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only: this entry exists'); END;
    CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only: entries are never changed'); END;
    CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only: entries are never deleted'); END;
  `,
};
