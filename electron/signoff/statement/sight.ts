import { canonicalBytes, digestOf, type Plain } from './canonical.ts';
import type { Subject } from './statement.ts';

/** What there is to see of a launch at one moment: all that an answer can be about. */
export interface Sight {
  /** Sections in document order. `text` is the section's own source with every box emptied: marks are the items'. */
  sections: readonly { id: string; path: readonly string[]; text: string }[];
  items: readonly SeenItem[];
  policy: Plain;
  /** Of each runbook file of the pack. */
  runbooks: readonly { file: string; sha256: string }[];
  /** Models and data whose digests are known. */
  artifacts: readonly { name: string; sha256: string }[];
}

export interface SeenItem {
  id: string;
  section: string;
  title: string;
  status: string;
  reason: string;
  /** An override, in words; empty without one. */
  override: string;
  /** What was measured, without the moment: the same measurement made again is the same evidence. */
  evidence: readonly { check: string; host: string; verdict: string; measured: readonly string[] }[];
}

/** One thing that is signed: a name, and the bytes whose digest the statement has. */
export interface SubjectDocument {
  name: SubjectName;
  bytes: Buffer;
}

export const subjectNames = ['checklist', 'items', 'policy', 'runbooks', 'artifacts'] as const;
export type SubjectName = (typeof subjectNames)[number];

/**
 * What a role that answers for these sections signs; null means everything. Of a bound role the checklist and the items
 * are cut down to its sections, and runbooks and artifacts are left out, so that changes elsewhere do not reach it.
 */
export function subjectsFor(sight: Sight, sections: ReadonlySet<string> | null): SubjectDocument[] {
  const isCovered = (section: string) => sections === null || sections.has(section);
  const documents: [SubjectName, Plain][] = [
    [
      'checklist',
      sight.sections
        .filter(({ id }) => isCovered(id))
        .map(({ id, path, text }) => ({ id, path: [...path], text })),
    ],
    ['items', sight.items.filter(({ section }) => isCovered(section)).map((item) => plainItem(item))],
    ['policy', sight.policy],
  ];
  if (sections === null) {
    documents.push(
      ['runbooks', sorted(sight.runbooks, 'file')],
      ['artifacts', sorted(sight.artifacts, 'name')],
    );
  }
  return documents.map(([name, value]) => ({ name, bytes: canonicalBytes(value) }));
}

export function subjectsOf(documents: readonly SubjectDocument[]): Subject[] {
  return documents.map(({ name, bytes }) => ({ name, digest: { sha256: digestOf(bytes) } }));
}

/** Evidence comes in whatever order it was read. */
function plainItem({ evidence, ...item }: SeenItem): Plain {
  const lines = evidence
    .map(({ measured, ...one }) => ({ ...one, measured: [...measured] }))
    .sort((a, b) => compare(`${a.check}\n${a.host}`, `${b.check}\n${b.host}`));
  return { ...item, evidence: lines };
}

function sorted<Key extends string, Row extends Record<Key | 'sha256', string>>(
  rows: readonly Row[],
  key: Key,
): Plain {
  return [...rows]
    .sort((a, b) => compare(a[key], b[key]))
    .map((row) => ({ [key]: row[key], sha256: row.sha256 }));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
