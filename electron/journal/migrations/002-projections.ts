import type { Migration } from './index.ts';

/** Which version of each projection's rules its tables were last built with. */
export const projections: Migration = {
  version: 2,
  sql: `
    CREATE TABLE projection (name TEXT NOT NULL PRIMARY KEY, built_with TEXT NOT NULL) STRICT;
  `,
};
