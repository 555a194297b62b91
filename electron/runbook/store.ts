import type { Cell, CellState } from '../../shared/contract/runbook.ts';
import type { Tables } from '../journal/index.ts';
import type { CellFacts, HoldFacts, RunFacts } from './decide.ts';

/** A run as its row tells it. */
export interface RunRow {
  id: string;
  launch: string;
  number: number;
  plan: string;
  runbook: string;
  title: string;
  does: string;
  target: string;
  version: string;
  rehearsal: number;
  rolls_back: string;
  started_by: string;
  started_at: string;
  stop: 'after-step' | 'now' | null;
  roll_back: number;
  state: 'done' | 'failed' | 'stopped' | null;
  ended_at: string | null;
  ending: string;
  changes: string;
}

export interface CellRow {
  run: string;
  step: string;
  batch: number;
  host: string;
  state: CellState;
  attempt: number;
  job: string;
  started_at: string | null;
  ended_at: string | null;
  outcome: string;
  exit_code: number | null;
  log_bytes: number;
  log_digest: string;
  executions: number | null;
}

export interface HoldRow {
  step: string;
  batch: number;
  since: string;
  until: string | null;
  answered_at: string | null;
  role: string | null;
  go: number | null;
  note: string | null;
  answered_by: string | null;
}

/** Reads runs from their tables. Writes nothing: only the journal does. */
export class RunStore {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  run(id: string): RunRow | null {
    return (this.#tables.prepare('SELECT * FROM run WHERE id = ?').get(id) as RunRow | undefined) ?? null;
  }

  /** Newest first. */
  runsOf(launch: string): RunRow[] {
    return this.#tables
      .prepare('SELECT * FROM run WHERE launch = ? ORDER BY number DESC')
      .all(launch) as RunRow[];
  }

  /**
   * The release that the last run of a system left at each target: what was deployed and not taken back, or what was gone
   * back to. A target whose last run left no known version is not among them.
   */
  inPlace(system: string, rehearsal: boolean): { target: string; version: string; at: string }[] {
    const rows = this.#tables
      .prepare(
        `SELECT * FROM run WHERE substr(launch, 1, length(@prefix)) = @prefix AND rehearsal = @rehearsal
           AND does IN ('deploy', 'rollback') AND state = 'done' ORDER BY ended_at DESC`,
      )
      .all({ prefix: `${system}@`, rehearsal: rehearsal ? 1 : 0 }) as RunRow[];
    const last = new Map(rows.toReversed().map((row) => [row.target, row]));
    return [...last.values()].flatMap(({ target, version, ended_at }) =>
      version !== '' && ended_at !== null ? [{ target, version, at: ended_at }] : [],
    );
  }

  unended(): RunRow[] {
    return this.#tables
      .prepare('SELECT * FROM run WHERE state IS NULL ORDER BY started_at')
      .all() as RunRow[];
  }

  /** Runs whose rollback was ordered but never began. */
  rollbacksOwed(): RunRow[] {
    return this.#tables
      .prepare(
        `SELECT * FROM run WHERE roll_back = 1 AND state IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM run other WHERE other.rolls_back = run.id)`,
      )
      .all() as RunRow[];
  }

  rolledBackBy(id: string): string | null {
    return (
      (this.#tables.prepare('SELECT id FROM run WHERE rolls_back = ?').pluck().get(id) as string) ?? null
    );
  }

  nextNumber(launch: string): number {
    const last = this.#tables.prepare('SELECT max(number) FROM run WHERE launch = ?').pluck().get(launch);
    return ((last as number | null) ?? 0) + 1;
  }

  cells(run: string): CellRow[] {
    return this.#tables.prepare('SELECT * FROM run_cell WHERE run = ?').all(run) as CellRow[];
  }

  holds(run: string): HoldRow[] {
    return this.#tables.prepare('SELECT * FROM run_hold WHERE run = ?').all(run) as HoldRow[];
  }

  leftOut(run: string): Set<string> {
    return new Set(
      this.#tables.prepare('SELECT host FROM run_left_out WHERE run = ?').pluck().all(run) as string[],
    );
  }

  /** How long each run that ended well took, in milliseconds. */
  durationsOf(launch: string, runbook: string, target: string): number[] {
    const rows = this.#tables
      .prepare(
        `SELECT started_at, ended_at FROM run WHERE launch = ? AND runbook = ? AND target = ? AND state = 'done'`,
      )
      .all(launch, runbook, target) as { started_at: string; ended_at: string }[];
    return rows.map(({ started_at, ended_at }) => Date.parse(ended_at) - Date.parse(started_at));
  }

  facts(run: string): RunFacts {
    const row = this.run(run);
    const cells = new Map(this.cells(run).map((cell) => [cellKey(cell.step, cell.batch, cell.host), cell]));
    const holds = new Map(this.holds(run).map((hold) => [`${hold.step}\0${hold.batch}`, hold]));
    return {
      cell: (step, batch, host): CellFacts | null => cells.get(cellKey(step, batch, host)) ?? null,
      hold(step, batch): HoldFacts | null {
        const hold = holds.get(`${step}\0${batch}`);
        return hold
          ? { until: hold.until, answer: hold.answered_at === null ? null : { go: hold.go === 1 } }
          : null;
      },
      leftOut: this.leftOut(run),
      stop: row?.stop ?? null,
      rollBack: row?.roll_back === 1,
    };
  }
}

export function cellKey(step: string, batch: number, host: string): string {
  return `${step}\0${batch}\0${host}`;
}

export function cellOf(row: CellRow): Cell {
  return {
    host: row.host,
    state: row.state,
    attempt: row.attempt,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    exitCode: row.exit_code,
    logBytes: row.log_bytes,
    logDigest: row.log_digest,
    executions: row.executions,
  };
}
