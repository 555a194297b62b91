import type { Database, Statement } from 'better-sqlite3';
import type { Entry, EntryKind } from './entry.ts';

/** Prepared statements by their SQL, each compiled once. */
export interface Tables {
  prepare(sql: string): Statement;
}

/** Tables folded from the journal. They hold nothing that the entries do not say. */
export interface Projection {
  name: string;
  /** Raise it when `tables` or a rule changes: the tables are then rebuilt at the next open. */
  version: number;
  /** SQL of each table (and its indexes) by table name. */
  tables: Record<string, string>;
  rules: Rule[];
}

export interface Rule {
  kind: string;
  apply(tables: Tables, entry: Entry): void;
}

/** What an entry of this kind does to a projection's tables. Must depend on the entry and the tables alone. */
export function on<Body>(
  kind: EntryKind<Body>,
  apply: (tables: Tables, body: Body, entry: Entry) => void,
): Rule {
  return { kind: kind.name, apply: (tables, entry) => apply(tables, kind.parse(entry), entry) };
}

/** Applies entries to every projection, in the one order that all devices agree on. */
export class Projector {
  readonly #db: Database;
  readonly #projections: readonly Projection[];
  readonly #tables: Tables;
  readonly #rules = new Map<string, Rule[]>();

  constructor(db: Database, projections: readonly Projection[]) {
    this.#db = db;
    this.#projections = projections;
    this.#tables = statementCache(db);
    for (const rule of projections.flatMap((projection) => projection.rules)) {
      this.#rules.set(rule.kind, [...(this.#rules.get(rule.kind) ?? []), rule]);
    }
  }

  apply(entry: Entry): void {
    for (const rule of this.#rules.get(entry.kind) ?? []) rule.apply(this.#tables, entry);
  }

  /** Rebuilds the tables when any projection has changed since they were built. */
  rebuildIfChanged(): void {
    const built = this.#db.prepare('SELECT name, built_with FROM projection ORDER BY name').raw().all();
    if (JSON.stringify(built) !== JSON.stringify(this.#fingerprints())) this.rebuild();
  }

  /** Throws every derived table away and folds the whole journal again, in one transaction. */
  rebuild(): void {
    this.#db
      .transaction(() => {
        for (const table of this.#projections.flatMap((projection) => Object.keys(projection.tables))) {
          this.#db.exec(`DROP TABLE IF EXISTS "${table}"`);
        }
        for (const sql of this.#projections.flatMap((projection) => Object.values(projection.tables))) {
          this.#db.exec(sql);
        }
        const entries = this.#db.prepare('SELECT * FROM entry ORDER BY lamport, device, seq');
        for (const entry of entries.all() as Entry[]) this.apply(entry);
        this.#db.exec('DELETE FROM projection');
        const record = this.#db.prepare('INSERT INTO projection (name, built_with) VALUES (?, ?)');
        for (const fingerprint of this.#fingerprints()) record.run(...fingerprint);
      })
      .immediate();
  }

  #fingerprints(): [string, string][] {
    return this.#projections
      .map(({ name, version, tables }): [string, string] => [name, JSON.stringify([version, tables])])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

export function statementCache(db: Database): Tables {
  const statements = new Map<string, Statement>();
  return {
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const made = db.prepare(sql);
      statements.set(sql, made);
      return made;
    },
  };
}
