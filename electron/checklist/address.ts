import type { Document, DocumentItem } from './document/document.ts';
import { addressKey } from './document/identity.ts';
import { similarity } from './similarity.ts';

export type Resolved =
  | { ok: true; ids: string[] }
  | {
      ok: false;
      code: 'unknown' | 'ambiguous';
      /** The sentence for the author of the address. */
      message: string;
      /** Addresses that would do: those it may mean, or those it comes near to. */
      candidates: string[];
    };

const shownCandidates = 5;
/** Below this, a suggestion is more of a riddle than a help. */
const nearEnough = 0.5;

/**
 * The item an address of a pack means: headings, items above it and its own text, outermost first, joined by ` > `.
 * Levels may be left out and each may be cut short at its end; case, emphasis, emoji and section numbers do not count.
 */
export function resolveItems(document: Document, address: string): Resolved {
  return resolve(placesOf(document).items, address, 'item');
}

/** The section an address means: headings joined by ` > `, by the same rules. */
export function resolveSection(document: Document, address: string): Resolved {
  return resolve(placesOf(document).sections, address, 'heading');
}

/** Headings and items above an item, and the item itself. */
export function itemPath(item: DocumentItem, document: Document): string[] {
  return placesOf(document).itemPath(item);
}

interface Place {
  id: string;
  path: string[];
  /** `path` as it is compared. */
  keys: string[];
}

interface Places {
  items: Place[];
  sections: Place[];
  itemPath(item: DocumentItem): string[];
}

/** A pack has many addresses, and a document does not change: what they are compared with is made once. */
const known = new WeakMap<Document, Places>();

function placesOf(document: Document): Places {
  const places = known.get(document) ?? makePlaces(document);
  known.set(document, places);
  return places;
}

function makePlaces({ sections, items }: Document): Places {
  const paths = new Map(sections.map(({ id, path }) => [id, path]));
  const itemPath = (item: DocumentItem) => [...(paths.get(item.section) ?? []), ...item.under, item.title];
  const keyed = new Map<string, string>();
  const keyOf = (title: string) => {
    const key = keyed.get(title) ?? addressKey(title);
    keyed.set(title, key);
    return key;
  };
  const place = (id: string, path: string[]): Place => ({ id, path, keys: path.map(keyOf) });
  return {
    items: items.map((item) => place(item.id, itemPath(item))),
    sections: sections.filter(({ level }) => level > 0).map(({ id, path }) => place(id, path)),
    itemPath,
  };
}

function resolve(places: readonly Place[], address: string, kind: 'item' | 'heading'): Resolved {
  const readings = readingsOf(address);
  const ranked = places
    .map((place) => ({ place, rank: matchRank(readings, place.keys) }))
    .filter(({ rank }) => rank > 0);
  const best = ranked.reduce((highest, { rank }) => Math.max(highest, rank), 0);
  const meant = ranked.filter(({ rank }) => rank === best).map(({ place }) => place);
  if (meant.length === 1) return { ok: true, ids: meant.map(({ id }) => id) };
  return meant.length === 0 ? unknown(places, address, kind) : ambiguous(meant, address, kind);
}

interface Reading {
  above: string[];
  title: string;
}

/** A title may hold " > " itself, so the last one or more parts of an address may be its beginning. */
function readingsOf(address: string): Reading[] {
  const parts = address
    .split(/\s+>\s+/)
    .map((part) => part.trim())
    .filter(Boolean);
  return parts
    .map((_, at) => ({
      above: parts.slice(0, at).map(addressKey),
      title: addressKey(parts.slice(at).join(' > ')),
    }))
    .filter(({ title }) => title !== '')
    .toReversed();
}

/** 0: no match; 1: it names the beginning of the title; 2: it names the whole title. */
function matchRank(readings: readonly Reading[], keys: readonly string[]): 0 | 1 | 2 {
  const own = keys.at(-1) ?? '';
  const above = keys.slice(0, -1);
  for (const reading of readings) {
    if (own.startsWith(reading.title) && inOrder(reading.above, above)) return own === reading.title ? 2 : 1;
  }
  return 0;
}

function inOrder(segments: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = segments;
  if (first === undefined) return true;
  const at = path.findIndex((title) => title.startsWith(first));
  return at >= 0 && inOrder(rest, path.slice(at + 1));
}

function ambiguous(meant: readonly Place[], address: string, kind: string): Resolved {
  const candidates = meant.map(addressOf);
  const shown = candidates.slice(0, shownCandidates).map((candidate) => `"${candidate}"`);
  const more = candidates.length > shown.length ? ` and ${candidates.length - shown.length} more` : '';
  const same = new Set(candidates).size === 1;
  const cure = same
    ? 'They have the same words in the same place: word them differently.'
    : 'Put a heading or an item above it before it.';
  return {
    ok: false,
    code: 'ambiguous',
    message: `"${address}" matches ${candidates.length} ${kind}s: ${shown.join(', ')}${more}. ${cure}`,
    candidates,
  };
}

function unknown(places: readonly Place[], address: string, kind: string): Resolved {
  const wanted = address.split(/\s+>\s+/).map(addressKey);
  const candidates = places
    .map((place) => ({ place, score: nearness(wanted, place.keys) }))
    .filter(({ score }) => score >= nearEnough)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ place }) => addressOf(place));
  const first = candidates[0];
  const hint = first
    ? `Did you mean "${first}"?`
    : `No ${kind} comes near to it: look for its words in the checklist.`;
  return { ok: false, code: 'unknown', message: `"${address}" matches no ${kind}. ${hint}`, candidates };
}

/** Mostly how near the last part comes to the title's beginning, a little how near the rest comes to what is above. */
function nearness(wanted: readonly string[], path: readonly string[]): number {
  const last = wanted.at(-1) ?? '';
  const title = path.at(-1) ?? '';
  const own = Math.max(similarity(last, title), similarity(last, title.slice(0, last.length + 2)));
  const above = similarity(wanted.slice(0, -1).join(' '), path.slice(-wanted.length, -1).join(' '));
  return wanted.length > 1 ? own * 0.8 + above * 0.2 : own;
}

/** An address that can be pasted into a pack: without the title of the document. */
function addressOf({ path }: Place): string {
  return (path.length > 2 ? path.slice(1) : path).join(' > ');
}
