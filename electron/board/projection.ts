import { on, type Projection } from '../journal/index.ts';
import { clockHeld, clockResumed, roleAnswered, roleWithdrew, t0Set } from './entries.ts';

/** What the roles have said, and what was done to the countdown. */
export const boardProjection: Projection = {
  name: 'board',
  version: 1,
  tables: {
    answer: `CREATE TABLE answer (
      launch TEXT NOT NULL, role TEXT NOT NULL, value TEXT NOT NULL, condition TEXT NOT NULL,
      by TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (launch, role)
    ) STRICT`,
    countdown: `CREATE TABLE countdown (
      launch TEXT PRIMARY KEY, t0 TEXT, t0_is_set INTEGER NOT NULL DEFAULT 0, held_ms INTEGER NOT NULL DEFAULT 0,
      held_since TEXT, held_reason TEXT, held_by TEXT
    ) STRICT`,
  },
  rules: [
    on(roleAnswered, (tables, { launch, role, value, condition }, entry) => {
      tables
        .prepare('INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)')
        .run(launch, role, value, condition, entry.author, entry.at);
    }),
    on(roleWithdrew, (tables, { launch, role }) => {
      tables.prepare('DELETE FROM answer WHERE launch = ? AND role = ?').run(launch, role);
    }),
    on(t0Set, (tables, { launch, t0 }) => {
      tables
        .prepare(
          `INSERT INTO countdown (launch, t0, t0_is_set) VALUES (?, ?, 1) ON CONFLICT (launch)
           DO UPDATE SET t0 = excluded.t0, t0_is_set = 1, held_ms = 0`,
        )
        .run(launch, t0);
    }),
    on(clockHeld, (tables, { launch, reason }, entry) => {
      tables
        .prepare(
          `INSERT INTO countdown (launch, held_since, held_reason, held_by) VALUES (?, ?, ?, ?)
           ON CONFLICT (launch) DO UPDATE SET held_since = excluded.held_since,
             held_reason = excluded.held_reason, held_by = excluded.held_by`,
        )
        .run(launch, entry.at, reason, entry.author);
    }),
    on(clockResumed, (tables, { launch, heldMs }) => {
      tables
        .prepare(
          `UPDATE countdown SET held_ms = held_ms + ?, held_since = NULL, held_reason = NULL, held_by = NULL
           WHERE launch = ?`,
        )
        .run(heldMs, launch);
    }),
  ],
};
