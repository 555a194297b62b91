import type { ItemState } from '../../../shared/contract/common.ts';
import { Ancestry, type Fork } from '../entries/ancestry.ts';
import { type Gap, gapsOf } from '../entries/chains.ts';
import type { SignedEntry } from '../entries/entry.ts';
import { atOnce } from '../turns.ts';
import { type Attachment, attachmentsOf } from './attachments.ts';

/** What the reviewers say together. It follows from the set of entries alone, in whatever order they came. */
export interface Review {
  items: ReviewedItem[];
  /** By claimed time, which is for reading only. */
  comments: ReviewComment[];
  attachments: ReviewAttachment[];
  forks: readonly Fork[];
  gaps: Gap[];
}

export interface ReviewedItem {
  item: string;
  title: string;
  path: string[];
  /** The marks that nobody has replaced knowingly. */
  marks: StandingMark[];
  /** They differ: made without knowing of each other, and not settled by a mark that knows of both. */
  disputed: boolean;
}

export interface StandingMark {
  entry: string;
  author: string;
  claimedAt: string;
  state: ItemState;
  reason: string;
}

export interface ReviewComment {
  entry: string;
  author: string;
  claimedAt: string;
  item: string | null;
  text: string;
}

export interface ReviewAttachment extends Attachment {
  entry: string;
  author: string;
  claimedAt: string;
}

interface Mark extends StandingMark {
  title: string;
  path: string[];
  signed: SignedEntry;
}

export function foldReview(entries: Iterable<SignedEntry>): Review {
  return atOnce(foldingReview(entries));
}

/** The same, item by item. */
export function* foldingReview(entries: Iterable<SignedEntry>): Generator<void, Review> {
  const all = [...entries].sort((a, b) => compare(a.id, b.id));
  const ancestry = new Ancestry(all);
  const items: ReviewedItem[] = [];
  for (const [item, marks] of marksByItem(all)) {
    yield;
    items.push(reviewedItem(item, marks, ancestry));
  }
  items.sort((a, b) => compare(a.item, b.item));
  const told = { comments: commentsOf(all), attachments: allAttachments(all) };
  return { items, ...told, forks: ancestry.forks, gaps: gapsOf(all) };
}

/** Of two marks of one item in the same entry the later one counts. */
function marksByItem(entries: readonly SignedEntry[]): Map<string, Mark[]> {
  const byItem = new Map<string, Mark[]>();
  for (const signed of entries) {
    const { author, claimedAt, says } = signed.statement.predicate;
    if (says.kind !== 'review') continue;
    for (const { item, ...mark } of new Map(says.marks.map((one) => [one.item, one])).values()) {
      const marks = byItem.get(item) ?? [];
      marks.push({ ...mark, entry: signed.id, author, claimedAt, signed });
      byItem.set(item, marks);
    }
  }
  return byItem;
}

function reviewedItem(item: string, marks: readonly Mark[], ancestry: Ancestry): ReviewedItem {
  const standing = marks.filter((mark) => !marks.some((other) => ancestry.saw(other.signed, mark.signed)));
  const [first] = standing;
  return {
    item,
    title: first?.title ?? '',
    path: first?.path ?? [],
    marks: standing.map(({ entry, author, claimedAt, state, reason }) => ({
      entry,
      author,
      claimedAt,
      state,
      reason,
    })),
    disputed: new Set(standing.map(({ state }) => state)).size > 1,
  };
}

function commentsOf(entries: readonly SignedEntry[]): ReviewComment[] {
  return entries
    .flatMap(({ id, statement: { predicate } }) => {
      const { author, claimedAt, says } = predicate;
      if (says.kind !== 'review') return [];
      return says.comments.map(({ item, text }) => ({ entry: id, author, claimedAt, item, text }));
    })
    .sort((a, b) => compare(a.claimedAt, b.claimedAt));
}

function allAttachments(entries: readonly SignedEntry[]): ReviewAttachment[] {
  return entries
    .flatMap((signed) => {
      const { author, claimedAt } = signed.statement.predicate;
      return attachmentsOf(signed).map((one) => ({ ...one, entry: signed.id, author, claimedAt }));
    })
    .sort((a, b) => compare(a.claimedAt, b.claimedAt));
}

/** Whether an entry was made on the checklist as it is now, of which this is the digest. */
export function isOnToday({ statement }: SignedEntry, checklist: string): boolean {
  return statement.subject.some(({ name, digest }) => name === 'checklist' && digest.sha256 === checklist);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
