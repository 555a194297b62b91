import { resolveSection } from './address.ts';
import type { Document } from './document/document.ts';
import { headingKey, itemKey } from './document/identity.ts';

/** What the launch pack says of the document's parts. */
export interface Bindings {
  /** Addresses of the headings whose items are criteria. Without one, a heading that says so is taken. */
  criteria: { go: string | null; noGo: string | null };
  /** Addresses of the headings whose items belong to the time after the launch. */
  afterLaunch: readonly string[];
  roles: readonly { id: string; title: string }[];
}

export const noBindings: Bindings = { criteria: { go: null, noGo: null }, afterLaunch: [], roles: [] };

/** The bindings in one document's ids. */
export interface Bound {
  go: ReadonlySet<string>;
  noGo: ReadonlySet<string>;
  after: ReadonlySet<string>;
  /** Role ids by their titles as they are compared. */
  roles: ReadonlyMap<string, string>;
}

const saysNoGo = /^no[- ]?go\b.*\b(?:criteria|conditions?)\b/;
const saysGo = /^go\b.*\b(?:criteria|conditions?)\b/;

/**
 * A no-go criterion taken for a task would count as done when it is ticked, so a heading that says "No-go criteria"
 * is believed even where the pack is silent or its address no longer fits the document.
 */
export function bind(document: Document, { criteria, afterLaunch, roles }: Bindings): Bound {
  const named = (address: string | null, says: RegExp) => {
    const resolved = address === null ? null : resolveSection(document, address);
    if (resolved?.ok) return resolved.ids;
    return document.sections.filter(({ title }) => says.test(headingKey(title))).map(({ id }) => id);
  };
  const after = afterLaunch.flatMap((address) => {
    const resolved = resolveSection(document, address);
    return resolved.ok ? resolved.ids : [];
  });
  return {
    go: withSubsections(document, named(criteria.go, saysGo)),
    noGo: withSubsections(document, named(criteria.noGo, saysNoGo)),
    after: withSubsections(document, after),
    roles: new Map(
      roles.flatMap(
        ({ id, title }) =>
          [
            [itemKey(id), id],
            [itemKey(title), id],
          ] as const,
      ),
    ),
  };
}

/** The ids and those of every section below them. */
export function withSubsections({ sections }: Document, ids: readonly string[]): Set<string> {
  const all = new Set<string>();
  let inside = Number.POSITIVE_INFINITY;
  for (const { id, level } of sections) {
    if (level <= inside) inside = ids.includes(id) ? level : Number.POSITIVE_INFINITY;
    if (inside < Number.POSITIVE_INFINITY) all.add(id);
  }
  return all;
}
