import type { Document, DocumentItem, DocumentSection } from './document/document.ts';
import { headingKey, itemKey } from './document/identity.ts';
import { similarity } from './similarity.ts';

/** Nearer than this, two wordings are one item to anybody who reads them: a typing error, a word put in. */
const sameItem = 0.8;
/** The next best must be this much further off. */
const clearly = 0.1;

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
): Map<string, string> {
  const matched = new Map<string, string>();
  if (!before || lost.length === 0) return matched;
  const known = new Set(before.items.map(({ id }) => id));
  const present = new Set(now.items.map(({ id }) => id));
  const gone = bySection(before, (item) => !present.has(item.id));
  const added = bySection(now, (item) => !known.has(item.id));
  const wanted = new Set(lost.map(({ id }) => id));
  for (const [section, candidates] of added) {
    const missing = gone.get(section) ?? [];
    for (const item of missing.filter(({ id }) => wanted.has(id))) {
      const found = clearlyNearest(item, candidates);
      if (found && clearlyNearest(found, missing) === item) matched.set(item.id, found.id);
    }
  }
  return matched;
}

function bySection(document: Document, which: (item: DocumentItem) => boolean): Map<string, DocumentItem[]> {
  const keys = new Map(document.sections.map((section) => [section.id, sectionKey(section)]));
  return Map.groupBy(document.items.filter(which), ({ section }) => keys.get(section) ?? '');
}

function sectionKey({ path }: DocumentSection): string {
  return path.map(headingKey).join('\n');
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

/** What a lost item may have become, likeliest first, for a person to choose from. */
export function candidatesFor(
  lost: Lost,
  document: Document,
  isFree: (item: DocumentItem) => boolean,
): DocumentItem[] {
  const above = itemKey(lost.path.join(' '));
  const paths = new Map(document.sections.map(({ id, path }) => [id, path]));
  return document.items
    .filter(isFree)
    .map((item) => {
      const own = similarity(itemKey(lost.title), itemKey(item.title));
      const place =
        own < 0.3
          ? 0
          : similarity(above, itemKey([...(paths.get(item.section) ?? []), ...item.under].join(' ')));
      return { item, score: own * 0.8 + place * 0.2 };
    })
    .filter(({ score }) => score >= 0.4)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
    .map(({ item }) => item);
}
