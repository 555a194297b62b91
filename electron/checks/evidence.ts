import { z } from 'zod';
import { type Evidence, evidence as evidenceShape } from '../../shared/contract/checklist.ts';
import { type Entry, entryKind, on, type Projection, type Tables } from '../journal/index.ts';

/** What one measurement of a check on one machine found. What is secret has been taken out before it is written. */
export const checkMeasured = entryKind(
  'check.measured',
  evidenceShape.omit({ id: true, at: true, by: true }).extend({
    launch: z.string(),
    /** Of what was measured and what was asked of it: see `LaunchCheck.digest`. */
    digest: z.string(),
    items: z.array(z.string()),
    conditions: z.array(z.object({ holds: z.boolean(), needs: z.string() })),
    /** Versions of what measured, by name. */
    versions: z.record(z.string(), z.string()),
  }),
);
export type MeasuredBody = ReturnType<typeof checkMeasured.parse>;

/** The newest evidence of each check and machine, and all of it by item. */
export const evidenceProjection: Projection = {
  name: 'evidence',
  version: 1,
  tables: {
    evidence: `CREATE TABLE evidence (
      id TEXT PRIMARY KEY, lamport INTEGER NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL,
      at TEXT NOT NULL, author TEXT NOT NULL, body TEXT NOT NULL) STRICT`,
    evidence_latest: `CREATE TABLE evidence_latest (
      launch TEXT NOT NULL, check_id TEXT NOT NULL, host TEXT NOT NULL,
      lamport INTEGER NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL, evidence TEXT NOT NULL,
      PRIMARY KEY (launch, check_id, host)) STRICT`,
    evidence_of_item: `CREATE TABLE evidence_of_item (
      launch TEXT NOT NULL, item TEXT NOT NULL,
      lamport INTEGER NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL, evidence TEXT NOT NULL,
      PRIMARY KEY (launch, item, lamport, device, seq)) STRICT`,
  },
  rules: [on(checkMeasured, keep)],
};

function keep(tables: Tables, { launch, check, host, items }: MeasuredBody, entry: Entry): void {
  const { device, seq, lamport, at, author, body } = entry;
  const id = `${device}:${seq}`;
  tables
    .prepare('INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(id, lamport, device, seq, at, author, body);
  // Entries of another device may come late: the newest is the last in the order all devices agree on.
  tables
    .prepare(
      `INSERT INTO evidence_latest VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (launch, check_id, host) DO UPDATE SET
         lamport = excluded.lamport, device = excluded.device, seq = excluded.seq, evidence = excluded.evidence
       WHERE (excluded.lamport, excluded.device, excluded.seq) > (lamport, device, seq)`,
    )
    .run(launch, check, host ?? '', lamport, device, seq, id);
  for (const item of new Set(items)) {
    tables
      .prepare('INSERT INTO evidence_of_item VALUES (?, ?, ?, ?, ?, ?)')
      .run(launch, item, lamport, device, seq, id);
  }
}

/** Evidence, with the digest of the check it is of. */
export interface KeptEvidence extends Evidence {
  digest: string;
}

interface Row {
  id: string;
  at: string;
  author: string;
  body: string;
}

/** The newest evidence of a launch, by check and host; the host is empty for this machine. */
export function latestEvidence(tables: Tables, launch: string): Map<string, KeptEvidence> {
  const rows = tables
    .prepare('SELECT e.* FROM evidence_latest l JOIN evidence e ON e.id = l.evidence WHERE l.launch = ?')
    .all(launch) as Row[];
  return new Map(rows.map(fromRow).map((evidence) => [evidenceKey(evidence.check, evidence.host), evidence]));
}

export const evidenceKey = (check: string, host: string | null) => JSON.stringify([check, host ?? '']);

/** All evidence of an item, newest first. */
export function evidenceOfItem(tables: Tables, launch: string, item: string, most: number): Evidence[] {
  const rows = tables
    .prepare(
      `SELECT e.* FROM evidence_of_item i JOIN evidence e ON e.id = i.evidence WHERE i.launch = ? AND i.item = ?
       ORDER BY i.lamport DESC, i.device DESC, i.seq DESC LIMIT ?`,
    )
    .all(launch, item, most) as Row[];
  return rows.map(fromRow).map(({ digest, ...evidence }) => evidence);
}

function fromRow({ id, at, author, body }: Row): KeptEvidence {
  const { launch, items, conditions, versions, ...measured } = JSON.parse(body) as MeasuredBody;
  return { id, at, by: author, ...measured };
}

export function evidenceFromEntry({ device, seq, at, author, body }: Entry): Evidence {
  const { digest, ...evidence } = fromRow({ id: `${device}:${seq}`, at, author, body });
  return evidence;
}
