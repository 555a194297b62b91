import { on, type Projection } from '../journal/index.ts';
import {
  holdAnswered,
  runChose,
  runEnded,
  runHeld,
  runStarted,
  stepEnded,
  stepStarted,
  stopAsked,
} from './entries.ts';

/** Runs, their cells (step × batch × host), holds and what people chose, as the journal tells them. */
export const runProjection: Projection = {
  name: 'run',
  version: 1,
  tables: {
    run: `CREATE TABLE run (
      id TEXT PRIMARY KEY, launch TEXT NOT NULL, number INTEGER NOT NULL, plan TEXT NOT NULL,
      runbook TEXT NOT NULL, title TEXT NOT NULL, does TEXT NOT NULL, target TEXT NOT NULL, version TEXT NOT NULL,
      rehearsal INTEGER NOT NULL, rolls_back TEXT NOT NULL, started_by TEXT NOT NULL, started_at TEXT NOT NULL,
      stop TEXT, roll_back INTEGER NOT NULL DEFAULT 0,
      state TEXT, ended_at TEXT, ending TEXT NOT NULL DEFAULT '', changes TEXT NOT NULL DEFAULT '[]'
    ) STRICT`,
    run_cell: `CREATE TABLE run_cell (
      run TEXT NOT NULL, step TEXT NOT NULL, batch INTEGER NOT NULL, host TEXT NOT NULL,
      state TEXT NOT NULL, attempt INTEGER NOT NULL, job TEXT NOT NULL, started_at TEXT, ended_at TEXT,
      outcome TEXT NOT NULL, exit_code INTEGER, log_bytes INTEGER NOT NULL, log_digest TEXT NOT NULL, executions INTEGER,
      PRIMARY KEY (run, step, batch, host)
    ) STRICT`,
    run_hold: `CREATE TABLE run_hold (
      run TEXT NOT NULL, step TEXT NOT NULL, batch INTEGER NOT NULL,
      since TEXT NOT NULL, until TEXT, answered_at TEXT, role TEXT, go INTEGER, note TEXT, answered_by TEXT,
      PRIMARY KEY (run, step, batch)
    ) STRICT`,
    run_left_out: `CREATE TABLE run_left_out (
      run TEXT NOT NULL, host TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (run, host)
    ) STRICT`,
  },
  rules: [
    on(runStarted, (tables, body, entry) => {
      tables
        .prepare(
          `INSERT INTO run (id, launch, number, plan, runbook, title, does, target, version, rehearsal, rolls_back,
             started_by, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          body.run,
          body.launch,
          body.number,
          body.plan,
          body.runbook,
          body.title,
          body.does,
          body.target,
          body.version,
          body.rehearsal ? 1 : 0,
          body.rollsBack,
          entry.author,
          entry.at,
        );
    }),
    on(stepStarted, (tables, { run, step, batch, cells }, entry) => {
      for (const { host, attempt, job } of cells) {
        tables
          .prepare(
            `INSERT OR REPLACE INTO run_cell (run, step, batch, host, state, attempt, job, started_at, ended_at,
               outcome, exit_code, log_bytes, log_digest, executions)
             VALUES (?, ?, ?, ?, 'running', ?, ?, ?, NULL, '', NULL, 0, '', NULL)`,
          )
          .run(run, step, batch, host, attempt, job, entry.at);
      }
    }),
    on(stepEnded, (tables, body, entry) => {
      tables
        .prepare(
          `UPDATE run_cell SET state = ?, ended_at = ?, outcome = ?, exit_code = ?, log_bytes = ?, log_digest = ?,
             executions = ? WHERE run = ? AND step = ? AND batch = ? AND host = ? AND attempt = ?`,
        )
        .run(
          body.state,
          entry.at,
          body.outcome,
          body.exitCode,
          body.logBytes,
          body.logDigest,
          body.executions,
          body.run,
          body.step,
          body.batch,
          body.host,
          body.attempt,
        );
    }),
    on(runHeld, (tables, { run, step, batch, until }, entry) => {
      tables
        .prepare('INSERT OR REPLACE INTO run_hold (run, step, batch, since, until) VALUES (?, ?, ?, ?, ?)')
        .run(run, step, batch, entry.at, until);
    }),
    on(holdAnswered, (tables, { run, step, batch, role, go, note }, entry) => {
      tables
        .prepare(
          `UPDATE run_hold SET answered_at = ?, role = ?, go = ?, note = ?, answered_by = ?
           WHERE run = ? AND step = ? AND batch = ? AND answered_at IS NULL`,
        )
        .run(entry.at, role, go ? 1 : 0, note, entry.author, run, step, batch);
    }),
    on(runChose, (tables, { run, step, batch, hosts, choice, reason }, entry) => {
      const setCell = (state: string, outcome: string, host: string) =>
        tables
          .prepare(
            `UPDATE run_cell SET state = ?, outcome = ?, ended_at = ? WHERE run = ? AND step = ? AND batch = ? AND host = ?`,
          )
          .run(state, outcome, entry.at, run, step, batch, host);
      for (const host of hosts) {
        if (choice === 'retry') setCell('waiting', '', host);
        if (choice === 'skip') setCell('skipped', `skipped by ${entry.author}: ${reason}`, host);
        if (choice === 'done') setCell('done', `called done by ${entry.author}: ${reason}`, host);
        if (choice === 'leave-out') {
          setCell('left-out', `left out by ${entry.author}: ${reason}`, host);
          tables.prepare('INSERT OR REPLACE INTO run_left_out VALUES (?, ?, ?)').run(run, host, reason);
        }
      }
      if (choice === 'roll-back') tables.prepare('UPDATE run SET roll_back = 1 WHERE id = ?').run(run);
      if (choice === 'stop') tables.prepare(`UPDATE run SET stop = 'after-step' WHERE id = ?`).run(run);
    }),
    on(stopAsked, (tables, { run, when }) => {
      tables.prepare('UPDATE run SET stop = ? WHERE id = ?').run(when, run);
    }),
    on(runEnded, (tables, { run, state, ending, changes }, entry) => {
      tables
        .prepare('UPDATE run SET state = ?, ended_at = ?, ending = ?, changes = ? WHERE id = ?')
        .run(state, entry.at, ending, JSON.stringify(changes), run);
    }),
  ],
};
