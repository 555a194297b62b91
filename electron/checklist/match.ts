import type { Document, DocumentItem } from './document/document.ts';
import { itemKey } from './document/identity.ts';
import { similarity } from './similarity.ts';

/** Nearer than this, two wordings are one item to anybody who reads them: a typing error, a word put in. */
const sameItem = 0.8;
/** The next best must be this much further off. */
const clearly = 0.1;

/** Where a section was rewritten as a whole, comparing each line with each would take long and settle nothing. */
const mostCompared = 40_000;

export interface Lost {
  id: string;
  title: string;
  path: string[];
}

/**
 * Which items of the new document are lost ones under other words. Only where nobody could doubt it: it is new in the
 * document, stands in the same section, has the same figures, reads almost the same, and nothing else does. A changed
 * threshold is never the same item, because what was proven of the old one says nothing of the new. Without the
 * earlier document nobody can tell what is new, and nothing is matched.
 */
export function matchLost(
  lost: readonly Lost[],
  before: Document | null,
  now: Document,
): Map<string, DocumentItem> {
  const matched = new Map<string, DocumentItem>();
  if (!before || lost.length === 0) return matched;
  const known = new Set(before.items.map(({ id }) => id));
  const present = new Set(now.items.map(({ id }) => id));
  const gone = bySection(before, (item) => !present.has(item.id));
  const added = bySection(now, (item) => !known.has(item.id));
  const wanted = new Set(lost.map(({ id }) => id));
  for (const [section, candidates] of added) {
    const missing = gone.get(section) ?? [];
    if (missing.length * candidates.length > mostCompared) continue;
    for (const item of missing.filter(({ id }) => wanted.has(id))) {
      const found = clearlyNearest(item, candidates);
      if (found && clearlyNearest(found, missing) === item) matched.set(item.id, found);
    }
  }
  return matched;
}

/** By section id, which stays the same while the headings do. */
function bySection(document: Document, which: (item: DocumentItem) => boolean): Map<string, DocumentItem[]> {
  return Map.groupBy(document.items.filter(which), ({ section }) => section);
}

function clearlyNearest(item: DocumentItem, candidates: readonly DocumentItem[]): DocumentItem | null {
  const scored = candidates
    .filter((candidate) => figures(candidate) === figures(item))
    .map((candidate) => ({ candidate, score: nearness(item, candidate) }))
    .sort((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (!best || best.score < sameItem || (next && best.score - next.score < clearly)) return null;
  return best.candidate;
}

/** Half a point for what stands above decides between two of the same words. */
function nearness(a: DocumentItem, b: DocumentItem): number {
  const own = similarity(itemKey(a.title), itemKey(b.title));
  if (own < sameItem) return own;
  return own * 0.5 + similarity(a.under.map(itemKey).join('\n'), b.under.map(itemKey).join('\n')) * 0.5;
}

function figures({ title }: DocumentItem): string {
  return (title.match(/[<>≤≥=]|\d+/g) ?? []).join(' ');
}

/**
 * What lost items may have become, likeliest first, for a person to choose from. With many of them only those with the
 * very same words elsewhere are looked for, as after a heading was renamed.
 */
export function candidatesFor(
  lost: readonly Lost[],
  document: Document,
  isFree: (item: DocumentItem) => boolean,
): Map<string, DocumentItem[]> {
  const free = document.items.filter(isFree);
  const byWords = Map.groupBy(free, ({ title }) => itemKey(title));
  const compareAll = lost.length * free.length <= mostCompared;
  const paths = new Map(document.sections.map(({ id, path }) => [id, path]));
  const placeOf = (item: DocumentItem) =>
    itemKey([...(paths.get(item.section) ?? []), ...item.under].join(' '));
  return new Map(
    lost.map((one) => {
      const [words, place] = [itemKey(one.title), itemKey(one.path.join(' '))];
      const scored = (compareAll ? free : (byWords.get(words) ?? [])).map((item) => {
        const own = similarity(words, itemKey(item.title));
        return { item, score: own < 0.3 ? 0 : own * 0.8 + similarity(place, placeOf(item)) * 0.2 };
      });
      const likely = scored.filter(({ score }) => score >= 0.4).sort((a, b) => b.score - a.score);
      return [one.id, likely.slice(0, 5).map(({ item }) => item)];
    }),
  );
}
