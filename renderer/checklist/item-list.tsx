import { type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react';
import type { Finding } from '../../shared/contract/checklist.ts';
import { ItemRow, SectionRow } from './item-row.tsx';
import { parentOf, type Row, type SectionRow as SectionItems } from './rows.ts';

const heights = { section: 36, item: 28 };
const pageStep = 12;

export interface ItemListHandle {
  focus: () => void;
}

export interface ItemListProps {
  label: string;
  rows: readonly Row[];
  selected: string | null;
  onSelect: (key: string) => void;
  onToggle: (key: string) => void;
  /** The box of a row was clicked. */
  onTick: (key: string) => void;
  /** What is wrong with the text, by section. */
  findings: ReadonlyMap<string, readonly Finding[]>;
  ref?: Ref<ItemListHandle>;
}

/** Thousands of rows, of which only those in sight are drawn. One tab stop; arrows move, left and right close and open. */
export function ItemList({
  label,
  rows,
  selected,
  onSelect,
  onToggle,
  onTick,
  findings,
  ref,
}: ItemListProps) {
  const box = useRef<HTMLDivElement>(null);
  const at = rows.findIndex(({ key }) => key === selected);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heights[rows[index]?.kind ?? 'item'],
    getItemKey: (index) => rows[index]?.key ?? index,
    // The selected row stays in the page, so that the tree can always name it as its active one.
    rangeExtractor: useCallback((range: Range) => withSelected(range, at), [at]),
    overscan: 12,
    // So that one sees where one is going, and the head of the section covers nothing.
    scrollPaddingStart: heights.section + heights.item,
    scrollPaddingEnd: 2 * heights.item,
  });
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus({ preventScroll: true }) }), []);

  // The sizes are known, but which row is which changes with the filter.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the rows are others.
  useEffect(() => virtual.measure(), [rows]);
  const before = useRef(-1);
  useEffect(() => {
    if (at === -1) return;
    const jumped = Math.abs(at - before.current) > pageStep;
    before.current = at;
    virtual.scrollToIndex(at, { align: jumped && !isInSight(virtual, at) ? 'center' : 'auto' });
  }, [at, virtual]);

  const moveTo = (to: number) => {
    const row = rows[Math.min(Math.max(0, to), rows.length - 1)];
    if (row) onSelect(row.key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    switch (event.key) {
      case 'ArrowDown':
        moveTo(at + 1);
        break;
      case 'ArrowUp':
        moveTo(at - 1);
        break;
      case 'PageDown':
        moveTo(at + pageStep);
        break;
      case 'PageUp':
        moveTo(at - pageStep);
        break;
      case 'Home':
        moveTo(0);
        break;
      case 'End':
        moveTo(rows.length - 1);
        break;
      case 'ArrowLeft':
        if (row && isOpen(row)) onToggle(row.key);
        else moveTo(parentOf(rows, at));
        break;
      case 'ArrowRight':
        if (row?.closed) onToggle(row.key);
        else if (row && isOpen(row)) moveTo(at + 1);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const key = target.closest<HTMLElement>('[data-key]')?.dataset.key;
    if (!key) return;
    onSelect(key);
    if (target.closest('[data-tick]')) onTick(key);
    else if (event.detail === 2) onToggle(key);
  };
  const rowId = (index: number) => `list-row-${index}`;
  const contradictionsIn = ({ section }: SectionItems) =>
    findings.get(section.id)?.filter(({ code }) => code === 'contradiction').length ?? 0;
  const head = headAbove(rows, virtual.range?.startIndex ?? 0, virtual.scrollOffset ?? 0);

  return (
    <div
      ref={box}
      className="list list-box"
      role="tree"
      data-home
      aria-label={label}
      aria-activedescendant={at === -1 ? undefined : rowId(at)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {head && (
        <div className="list-head-row" aria-hidden="true">
          <SectionRow row={head} id="" top={0} selected={false} contradictions={contradictionsIn(head)} />
        </div>
      )}
      <div role="presentation" className="list-inside" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const shared = { id: rowId(index), top: start, selected: index === at };
          return row.kind === 'section' ? (
            <SectionRow key={row.key} row={row} contradictions={contradictionsIn(row)} {...shared} />
          ) : (
            <ItemRow key={row.key} row={row} {...shared} />
          );
        })}
      </div>
    </div>
  );
}

/** The section of the topmost rows, once its own row has been scrolled away. */
function headAbove(rows: readonly Row[], first: number, offset: number): SectionItems | null {
  if (offset <= 0) return null;
  const head = rows.slice(0, first + 1).findLast(({ kind }) => kind === 'section');
  return head?.kind === 'section' ? head : null;
}

function isInSight(
  { range }: { range: { startIndex: number; endIndex: number } | null },
  at: number,
): boolean {
  return range !== null && at > range.startIndex && at < range.endIndex;
}

function isOpen(row: Row): boolean {
  return (row.kind === 'section' || row.hasChildren) && !row.closed;
}

function withSelected({ startIndex, endIndex, overscan, count }: Range, selected: number): number[] {
  const first = Math.max(0, startIndex - overscan);
  const last = Math.min(count - 1, endIndex + overscan);
  const shown = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  if (selected !== -1 && selected < first) return [selected, ...shown];
  return selected > last ? [...shown, selected] : shown;
}
