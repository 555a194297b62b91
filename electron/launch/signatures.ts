import { setImmediate } from 'node:timers/promises';
import type { ImportedView, SignatureRow } from '../../shared/contract/signoff.ts';
import { counted } from '../../shared/units.ts';
import {
  foldReview,
  type Review,
  type RoleStanding,
  type Says,
  type SignedEntry,
  standingsOf,
  verifyEntry,
} from '../signoff/index.ts';
import type { OpenLaunch } from './open-launch.ts';

/** Older ones are in the journal, in exports and in the audit bundle. */
const mostShown = 300;

/** What an entry says, in a sentence without its subject. */
export function wordsOf(says: Says): string {
  switch (says.kind) {
    case 'answer':
      return `Says ${says.answer.replaceAll('-', ' ')} as ${says.role}${says.condition && `: ${says.condition}`}`;
    case 'withdrawal':
      return `Takes back the answer of ${says.role}`;
    case 'review': {
      const files = says.attachments.length;
      const comments = counted(says.comments.length, 'comment');
      return `Marks ${counted(says.marks.length, 'item')}, with ${comments}${files > 0 ? ` and ${counted(files, 'file')}` : ''}`;
    }
  }
}

/**
 * The newest signatures, and whether each counts today.
 * @param fingerprints of the keys that signed, by entry: kept by the caller, so that each is verified for it only once
 */
export function historyOf(
  launch: Pick<OpenLaunch, 'signoffs' | 'trust'>,
  standings: readonly RoleStanding[],
  fingerprints: Map<string, string>,
): { history: SignatureRow[]; signatures: number } {
  const answers = new Map(standings.flatMap((one) => one.answers).map((answer) => [answer.id, answer]));
  const entries = launch.signoffs.entries();
  const fingerprintOf = (entry: SignedEntry) => {
    const key = `${entry.id} ${entry.armoured}`;
    const known = fingerprints.get(key);
    if (known !== undefined) return known;
    const verdict = verifyEntry(entry, launch.trust());
    fingerprints.set(key, verdict.ok ? verdict.fingerprint : '');
    return fingerprints.get(key) ?? '';
  };
  const rows = entries
    .toSorted((a, b) => b.statement.predicate.claimedAt.localeCompare(a.statement.predicate.claimedAt))
    .slice(0, mostShown)
    .map((entry): SignatureRow => {
      const answer = answers.get(entry.id);
      const isReplaced = entry.statement.predicate.says.kind === 'answer' && !answer;
      const isOutdated = (answer?.differences.length ?? 0) > 0;
      return {
        ...rowOf(entry),
        standing: isReplaced ? 'replaced' : isOutdated ? 'outdated' : 'counts',
        why: isReplaced ? 'A later answer stands in its place, or it was taken back.' : (answer?.lacks ?? ''),
        fingerprint: fingerprintOf(entry),
      };
    });
  return { history: rows, signatures: entries.length };
}

function rowOf({ id, statement: { predicate } }: SignedEntry) {
  const { author, claimedAt, says } = predicate;
  const role = says.kind === 'review' ? '' : says.role;
  return { id, author, claimedAt, kind: says.kind, role, text: wordsOf(says) };
}

/** What roles, items and histories say of a set of entries. */
interface Said {
  standings: readonly RoleStanding[];
  review: Review;
}

function saidBy(launch: OpenLaunch, entries: readonly SignedEntry[], now: Date): Said {
  return {
    review: foldReview(entries),
    standings: standingsOf({
      policies: launch.policies(),
      entries,
      sight: launch.sight(),
      documents: (digest) => launch.signoffs.documents(digest),
      deployers: launch.deployers(),
      at: now,
    }),
  };
}

/** What would say another thing with some entries than without them. Others get their turn in between. */
export async function effectsOfAdding(
  launch: OpenLaunch,
  here: readonly SignedEntry[],
  added: readonly SignedEntry[],
  now: Date,
): Promise<ImportedView['effects']> {
  const before = saidBy(launch, here, now);
  await setImmediate();
  return effectsOf(before, saidBy(launch, [...here, ...added], now));
}

function effectsOf(before: Said, after: Said): ImportedView['effects'] {
  const roles = after.standings.flatMap(({ role, title, verdict, lacks }) => {
    const was = before.standings.find((one) => one.role === role)?.verdict ?? 'missing';
    const now = lacks ? `${inWords(verdict)}: ${lacks}` : inWords(verdict);
    return was === verdict
      ? []
      : [{ kind: 'role' as const, about: role, title, before: inWords(was), after: now }];
  });
  const items = after.review.items.flatMap(({ item, title, marks, disputed }) => {
    const was = before.review.items.find((one) => one.item === item);
    const [then, now] = [was ? marksOf(was) : 'not reviewed', marksOf({ marks, disputed })];
    return then === now ? [] : [{ kind: 'item' as const, about: item, title, before: then, after: now }];
  });
  const forks = after.review.forks
    .filter(({ ids }) => !before.review.forks.some((fork) => fork.ids.join() === ids.join()))
    .map(({ author, seq }) => ({
      ...{ kind: 'fork' as const, about: author, title: author, before: 'one history' },
      after: `signed two different entries as number ${seq}`,
    }));
  return [...forks, ...items.toSorted(disputesFirst), ...roles];
}

const disputesFirst = (a: { after: string }, b: { after: string }) =>
  Number(b.after.startsWith('disputed')) - Number(a.after.startsWith('disputed'));

const inWords = (verdict: string) => verdict.replaceAll('-', ' ');

function marksOf({ marks, disputed }: Pick<Review['items'][number], 'marks' | 'disputed'>): string {
  const said = marks.map(({ author, state, reason }) => `${state} by ${author}${reason && ` (${reason})`}`);
  return `${disputed ? 'disputed: ' : ''}${said.join(', ')}`;
}
