import { readCanonical } from '../statement/canonical.ts';
import type { SeenItem, SubjectDocument, SubjectName } from '../statement/sight.ts';
import { subjectsOf } from '../statement/sight.ts';
import type { Subject } from '../statement/statement.ts';

/** One thing that is not as it was when somebody signed. */
export interface Difference {
  subject: string;
  /** Id of the item or section, file or artifact it is about; null for the whole. */
  about: string | null;
  change: 'added' | 'removed' | 'changed' | 'unknown';
  /** What changed, in a sentence. */
  text: string;
}

/** The bytes of a signed document by their digest, where they are here. */
export type SeenDocuments = (sha256: string) => Buffer | null;

/** Whether the signed subjects are exactly today's. */
export function areCurrent(signed: readonly Subject[], today: readonly SubjectDocument[]): boolean {
  const key = (subjects: readonly Subject[]) =>
    subjects
      .map(({ name, digest }) => `${name} ${digest.sha256}`)
      .sort()
      .join('\n');
  return key(signed) === key(subjectsOf(today));
}

/** What has changed since a signature, one by one. Empty exactly where the subjects are today's. */
export function differencesSince(
  signed: readonly Subject[],
  today: readonly SubjectDocument[],
  documents: SeenDocuments,
): Difference[] {
  const now = new Map(
    subjectsOf(today).map(({ name, digest }, index) => [name, { digest: digest.sha256, index }]),
  );
  const names = new Set([...signed.map(({ name }) => name), ...now.keys()]);
  return [...names].flatMap((name) => {
    const was = signed.find((subject) => subject.name === name)?.digest.sha256;
    const is = now.get(name);
    if (was === is?.digest) return [];
    if (was === undefined)
      return [whole(name, 'added', `The ${name} of today were not part of what was signed.`)];
    const document = is && today[is.index];
    if (!document)
      return [whole(name, 'removed', `The ${name} are no longer part of what this role answers for.`)];
    const seen = documents(was);
    if (!seen) {
      return [
        whole(
          name,
          'unknown',
          `The ${name} have changed. What was signed is not here, so only that is known.`,
        ),
      ];
    }
    return compare(document.name, seen, document.bytes);
  });
}

function whole(subject: string, change: Difference['change'], text: string): Difference {
  return { subject, about: null, change, text };
}

function compare(name: SubjectName, before: Buffer, after: Buffer): Difference[] {
  const [was, is] = [
    readCanonical(before, `The ${name} that were signed`),
    readCanonical(after, `The ${name} of today`),
  ];
  switch (name) {
    case 'items':
      return pairs<SeenItem>(was, is, ({ id }) => id).map(([id, a, b]) => itemDifference(id, a, b));
    case 'checklist':
      return pairs<{ id: string; path: string[] }>(was, is, ({ id }) => id).map(([id, a, b]) =>
        difference(
          name,
          id,
          a,
          b,
          `The text of ${(b ?? a)?.path.at(-1) || 'the part before the first heading'}`,
        ),
      );
    case 'runbooks':
      return pairs<{ file: string }>(was, is, ({ file }) => file).map(([file, a, b]) =>
        difference(name, file, a, b, file),
      );
    case 'artifacts':
      return pairs<{ name: string }>(was, is, (one) => one.name).map(([id, a, b]) =>
        difference(name, id, a, b, id),
      );
    case 'policy':
      return [
        whole(name, 'changed', 'The policy of the pack has changed: who decides, what is checked, and how.'),
      ];
  }
}

/** What is in one list and not in the other, or different in both. The order of a list counts as well. */
function pairs<Row>(
  was: unknown,
  is: unknown,
  keyOf: (row: Row) => string,
): [string, Row | null, Row | null][] {
  const [before, after] = [was as Row[], is as Row[]].map(
    (rows) => new Map(rows.map((row) => [keyOf(row), row])),
  );
  const keys = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  const changed = keys
    .map((key): [string, Row | null, Row | null] => [key, before?.get(key) ?? null, after?.get(key) ?? null])
    .filter(([, a, b]) => JSON.stringify(a) !== JSON.stringify(b));
  if (changed.length > 0) return changed;
  return keys
    .filter((key, index) => [...(after?.keys() ?? [])][index] !== key)
    .map((key) => [key, before?.get(key) ?? null, after?.get(key) ?? null]);
}

function difference(subject: string, about: string, was: unknown, is: unknown, what: string): Difference {
  const change = was === null ? 'added' : is === null ? 'removed' : 'changed';
  const words = { added: 'is new', removed: 'is gone', changed: 'has changed' };
  return { subject, about, change, text: `${what} ${words[change]}.` };
}

function itemDifference(id: string, was: SeenItem | null, is: SeenItem | null): Difference {
  const title = (is ?? was)?.title ?? id;
  if (!was || !is) return difference('items', id, was, is, title);
  const parts = [
    moved('was', was.status, is.status),
    moved('measured', measuredText(was), measuredText(is)),
    moved('reason', was.reason, is.reason),
    moved('override', was.override, is.override),
    moved('called', was.title, is.title),
    moved('in', was.section, is.section),
  ].filter((part) => part !== '');
  const text = parts.length > 0 ? parts.join('; ') : 'stands in another place';
  return { subject: 'items', about: id, change: 'changed', text: `${title}: ${text}.` };
}

function moved(word: string, before: string, after: string): string {
  return before === after ? '' : `${word} ${before || 'nothing'}, now ${after || 'nothing'}`;
}

function measuredText({ evidence }: SeenItem): string {
  return evidence
    .map(({ check, host, verdict, measured }) =>
      `${check}${host && ` on ${host}`} ${verdict} ${measured.join(', ')}`.trim(),
    )
    .join(' and ');
}
