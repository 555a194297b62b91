import type { Unmatched } from '../../shared/contract/checklist.ts';
import type { Draft, Tables } from '../journal/index.ts';
import { itemPath } from './address.ts';
import type { Document, DocumentItem } from './document/document.ts';
import { readKept } from './file/cache.ts';
import { candidatesFor, matchLost } from './match.ts';
import { itemRematched } from './records/entries.ts';
import { type ItemRecord, isWorthAsking, readLastReading } from './records/records.ts';

/** Items with a history that the document no longer shows. */
export function lostItems(records: ReadonlyMap<string, ItemRecord>, document: Document) {
  const present = new Set(document.items.map(({ id }) => id));
  return [...records]
    .filter(([id]) => !present.has(id))
    .map(([id, record]) => ({ id, title: record.title, path: record.path, record }));
}

/** The lost items a person must be asked about, with what they may have become. */
export function unmatchedItems(records: ReadonlyMap<string, ItemRecord>, document: Document): Unmatched[] {
  const lost = lostItems(records, document).filter(({ record }) => isWorthAsking(record));
  const candidates = candidatesFor(lost, document, ({ id }) => !records.has(id));
  return lost.map(({ id, title, path, record }) => ({
    id,
    title,
    path,
    state: record.marks.at(-1)?.value ?? 'open',
    candidates: (candidates.get(id) ?? []).map((item) => {
      const words = wordsOf(item, document);
      return { id: item.id, title: words.title, path: words.path };
    }),
  }));
}

/** Which lost items were found again under nearly the same words, with the entries that say so. */
export function rematchDrafts(
  launch: string,
  records: ReadonlyMap<string, ItemRecord>,
  before: Document | null,
  now: Document,
): { from: string; to: string; draft: Draft }[] {
  const lost = lostItems(records, now);
  const found = matchLost(lost, before, now);
  return lost.flatMap(({ id, title, path }) => {
    const to = found.get(id);
    if (!to || records.has(to.id)) return [];
    const draft = itemRematched.draft({ launch, item: id, title, path, to: wordsOf(to, now), how: 'words' });
    return { from: id, to: to.id, draft };
  });
}

/** How an entry names an item of the document. */
export function wordsOf(
  item: DocumentItem,
  document: Document,
): { item: string; title: string; path: string[] } {
  const path = itemPath(item, document).slice(0, -1);
  return { item: item.id, title: item.title, path };
}

/** The document as it was when this launch read it last, where the cache still has it. */
export async function documentAtLastReading(
  tables: Tables,
  launch: string,
  cacheFolder: string,
): Promise<Document | null> {
  const last = readLastReading(tables, launch);
  return last ? ((await readKept(cacheFolder, last.key))?.document ?? null) : null;
}
