import type { Head, Predicate } from '../statement/statement.ts';
import { chainOf, type SignedEntry } from './entry.ts';

/** Where a chain has a hole: the entry before this one is not here. */
export interface Gap {
  author: string;
  device: string;
  /** The place that is missing. */
  seq: number;
}

/** Entries that follow others that are not here. They are kept and shown, and what they say counts. */
export function gapsOf(entries: Iterable<SignedEntry>): Gap[] {
  const all = [...entries];
  const ids = new Set(all.map(({ id }) => id));
  const gaps = all.flatMap(({ statement: { predicate } }): Gap[] => {
    const { author, device, seq, prev } = predicate;
    return prev === '' || ids.has(prev) ? [] : [{ author, device, seq: seq - 1 }];
  });
  return gaps.sort((a, b) => compare(chainOf(a), chainOf(b)) || a.seq - b.seq);
}

/**
 * The last entry of every chain that is here without a hole before it. What comes after a hole is left out: whoever
 * signs these heads says that they had everything before them.
 */
export function headsOf(entries: Iterable<SignedEntry>): Head[] {
  const all = [...entries];
  const followers = Map.groupBy(all, ({ statement }) => statement.predicate.prev);
  const heads: Head[] = [];
  const waiting = all.filter(({ statement }) => statement.predicate.seq === 1);
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const { id } = entry;
    const { author, device, seq } = entry.statement.predicate;
    const next = (followers.get(id) ?? []).filter(
      ({ statement: { predicate } }) =>
        chainOf(predicate) === chainOf({ author, device }) && predicate.seq === seq + 1,
    );
    waiting.push(...next);
    if (next.length === 0) heads.push({ author, device, seq, id });
  }
  return heads.sort((a, b) => compare(chainOf(a), chainOf(b)) || compare(a.id, b.id));
}

/** Where the next entry of an author's device stands, and what it has before it. */
export function nextPlace(
  entries: Iterable<SignedEntry>,
  own: Pick<Predicate, 'author' | 'device'>,
): Pick<Predicate, 'seq' | 'prev' | 'seen'> {
  const heads = headsOf(entries);
  const isOwn = (head: Head) => chainOf(head) === chainOf(own);
  const last = heads.find(isOwn);
  return { seq: (last?.seq ?? 0) + 1, prev: last?.id ?? '', seen: heads.filter((head) => !isOwn(head)) };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
