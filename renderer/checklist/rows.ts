import type { Checklist, Item, Section } from '../../shared/contract/checklist.ts';
import { isSettled } from '../../shared/item-status.ts';

export interface SectionRow {
  kind: 'section';
  key: string;
  section: Section;
  /** Headings above it below the phase, for sections within sections. */
  above: string;
  counts: SectionCounts;
  closed: boolean;
}

export interface ItemRow {
  kind: 'item';
  key: string;
  item: Item;
  hasChildren: boolean;
  closed: boolean;
  /** Shown only because something below it matches. */
  context: boolean;
}

export type Row = SectionRow | ItemRow;

/** Proof counted apart from claims; whatever is neither still needs something. */
interface SectionCounts {
  proven: number;
  claimed: number;
  open: number;
}

export interface View {
  matches: (item: Item) => boolean;
  /** Sections and items whose content is not shown. */
  closed: ReadonlySet<string>;
}

const sectionKey = (section: string) => `section ${section}`;

/**
 * The list as rows, in the document's order. An item that does not match is still shown where one below it does:
 * without it the one below would lose its meaning. Counts are of the whole section, whatever is filtered.
 */
export function buildRows({ sections, items }: Pick<Checklist, 'sections' | 'items'>, view: View): Row[] {
  const bySection = new Map<string, Item[]>();
  const parents = new Set<string>();
  for (const item of items) {
    const list = bySection.get(item.section);
    if (list) list.push(item);
    else bySection.set(item.section, [item]);
    if (item.parent !== null) parents.add(item.parent);
  }
  const rows: Row[] = [];
  for (const section of sections) {
    const inside = bySection.get(section.id);
    if (!inside) continue;
    const shown = visibleItems(inside, view.matches);
    if (shown.size === 0) continue;
    const key = sectionKey(section.id);
    const closed = view.closed.has(key);
    rows.push({
      kind: 'section',
      key,
      section,
      above: section.path
        .slice(0, -1)
        .filter((title) => title !== section.phase)
        .slice(1)
        .join(' › '),
      counts: countSection(inside),
      closed,
    });
    if (!closed) pushItems(rows, inside, shown, parents, view.closed);
  }
  return rows;
}

/** The items that match, and the ones they hang below. The value says whether the item itself matches. */
function visibleItems(items: readonly Item[], matches: View['matches']): Map<string, boolean> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const shown = new Map<string, boolean>();
  for (const item of items) {
    if (!matches(item)) continue;
    shown.set(item.id, true);
    let parent = item.parent === null ? undefined : byId.get(item.parent);
    while (parent && !shown.has(parent.id)) {
      shown.set(parent.id, false);
      parent = parent.parent === null ? undefined : byId.get(parent.parent);
    }
  }
  return shown;
}

function pushItems(
  rows: Row[],
  items: readonly Item[],
  shown: ReadonlyMap<string, boolean>,
  parents: ReadonlySet<string>,
  closed: ReadonlySet<string>,
): void {
  /** Depth of the closed item whose content is being passed over. */
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const item of items) {
    if (item.depth > hiddenBelow) continue;
    hiddenBelow = Number.POSITIVE_INFINITY;
    const matches = shown.get(item.id);
    if (matches === undefined) continue;
    const hasChildren = parents.has(item.id);
    const isClosed = hasChildren && closed.has(item.id);
    if (isClosed) hiddenBelow = item.depth;
    rows.push({ kind: 'item', key: item.id, item, hasChildren, closed: isClosed, context: !matches });
  }
}

function countSection(items: readonly Item[]): SectionCounts {
  const counts = { proven: 0, claimed: 0, open: 0 };
  for (const { status, gate } of items) {
    if (status === 'claimed') counts.claimed += 1;
    else if (isSettled(status, gate !== null)) counts.proven += 1;
    else counts.open += 1;
  }
  return counts;
}

/** Index of the row above that this one hangs below: its parent item, else its section. */
export function parentOf(rows: readonly Row[], at: number): number {
  const row = rows[at];
  if (row?.kind !== 'item') return at;
  const above = rows.slice(0, at);
  return above.findLastIndex((one) => one.kind === 'section' || one.key === row.item.parent);
}
