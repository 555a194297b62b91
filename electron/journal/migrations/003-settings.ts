import type { Migration } from './index.ts';

/** What belongs to this machine and person, not to a launch: theme, name, recently opened packs. Not journaled. */
export const settings: Migration = {
  version: 3,
  sql: `
    CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value))) STRICT;
  `,
};
