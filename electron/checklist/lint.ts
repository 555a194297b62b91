import type { Finding } from '../../shared/contract/checklist.ts';
import { findContradictions, type PackThreshold } from './contradictions.ts';
import type { Document, DocumentItem } from './document/document.ts';

/** What the document says that cannot all be meant, or does not read as it was meant. In document order. */
export function lint(document: Document, packThresholds: readonly PackThreshold[] = []): Finding[] {
  return [
    ...findContradictions(document, packThresholds),
    ...tickedParents(document.items),
    ...duplicates(document.items),
    ...document.suspects,
  ].sort((a, b) => a.line - b.line || a.column - b.column);
}

function tickedParents(items: readonly DocumentItem[]): Finding[] {
  const children = Map.groupBy(items, ({ parent }) => parent);
  return items.flatMap((parent) => {
    const below = (parent.box === 'x' && children.get(parent.id)) || [];
    const open = below.filter(({ box }) => box === ' ');
    if (open.length === 0) return [];
    const which = open.map(({ title }) => `"${title}"`).join(', ');
    return {
      code: 'ticked-parent-open-child' as const,
      line: parent.line,
      column: parent.column,
      message: `It is ticked, but ${open.length} of the ${below.length} under it ${open.length === 1 ? 'is' : 'are'} open: ${which}.`,
      also: open.map(placeOf),
      item: parent.id,
    };
  });
}

function duplicates(items: readonly DocumentItem[]): Finding[] {
  const place = ({ section, under, title }: DocumentItem) =>
    JSON.stringify([section, under, title.toLowerCase()]);
  const repeated = items.some(({ ordinal }) => ordinal > 0) ? Map.groupBy(items, place) : new Map();
  return [...repeated.values()].flatMap(([first, ...again]: DocumentItem[]) =>
    again.map((item) => ({
      code: 'duplicate-item' as const,
      line: item.line,
      column: item.column,
      message: `"${item.title}" stands here twice, so the two cannot be told apart. Word them differently or remove one.`,
      also: first ? [placeOf(first)] : [],
      item: item.id,
    })),
  );
}

const placeOf = ({ line, column, title }: DocumentItem) => ({ line, column, text: title });
