import type { Document, DocumentItem, DocumentSection } from './document/document.ts';
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
  const places = document.items.map((item) => ({
    id: item.id,
    path: itemPath(item, document),
  }));
  return resolve(places, address, 'item');
}

/** The section an address means: headings joined by ` > `, by the same rules. */
export function resolveSection(document: Document, address: string): Resolved {
  const places = document.sections.filter(({ level }) => level > 0).map(({ id, path }) => ({ id, path }));
  return resolve(places, address, 'heading');
}

/** Headings, items above and the item itself. */
export function itemPath(item: DocumentItem, document: Document): string[] {
  return [...(sectionsOf(document).get(item.section)?.path ?? []), ...item.under, item.title];
}

const byDocument = new WeakMap<Document, Map<string, DocumentSection>>();

function sectionsOf(document: Document): ReadonlyMap<string, DocumentSection> {
  const known =
    byDocument.get(document) ?? new Map(document.sections.map((section) => [section.id, section]));
  byDocument.set(document, known);
  return known;
}

interface Named {
  id: string;
  path: string[];
}

function resolve(places: readonly Named[], address: string, kind: 'item' | 'heading'): Resolved {
  const segments = address
    .split(/\s+>\s+/)
    .map((segment) => segment.trim())
    .filter(Boolean);
  const keys = new Map<string, string>();
  const keyOf = (title: string) => {
    const known = keys.get(title) ?? addressKey(title);
    keys.set(title, known);
    return known;
  };
  const ranked = places
    .map((place) => ({ place, rank: segments.length === 0 ? 0 : matchRank(segments, place.path.map(keyOf)) }))
    .filter(({ rank }) => rank > 0);
  const best = ranked.reduce((highest, { rank }) => Math.max(highest, rank), 0);
  const meant = ranked.filter(({ rank }) => rank === best).map(({ place }) => place);
  if (meant.length === 1) return { ok: true, ids: meant.map(({ id }) => id) };
  return meant.length === 0 ? unknown(places, address, kind) : ambiguous(meant, address, kind);
}

/** 0: no match; 1: the last part is the beginning of the title; 2: it is the whole title. */
function matchRank(segments: readonly string[], path: readonly string[]): 0 | 1 | 2 {
  const title = path.at(-1) ?? '';
  // A title may hold " > " itself, so the last one or more parts are its beginning.
  for (let last = segments.length - 1; last >= 0; last -= 1) {
    const written = addressKey(segments.slice(last).join(' > '));
    if (written === '' || !title.startsWith(written)) continue;
    if (inOrder(segments.slice(0, last), path.slice(0, -1))) return title === written ? 2 : 1;
  }
  return 0;
}

function inOrder(segments: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = segments;
  if (first === undefined) return true;
  const key = addressKey(first);
  const at = path.findIndex((title) => title.startsWith(key));
  return at >= 0 && inOrder(rest, path.slice(at + 1));
}

function ambiguous(meant: readonly Named[], address: string, kind: string): Resolved {
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

function unknown(places: readonly Named[], address: string, kind: string): Resolved {
  const wanted = address.split(/\s+>\s+/).map(addressKey);
  const candidates = places
    .map((place) => ({ place, score: nearness(wanted, place.path.map(addressKey)) }))
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
function addressOf({ path }: Named): string {
  return (path.length > 2 ? path.slice(1) : path).join(' > ');
}
