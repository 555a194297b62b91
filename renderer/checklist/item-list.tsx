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
import { ItemRow, SectionRow } from './item-row.tsx';
import { parentOf, type Row } from './rows.ts';

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
  /** Contradictions by section. */
  findings: ReadonlyMap<string, number>;
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
  });
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus({ preventScroll: true }) }), []);

  // The sizes are known, but which row is which changes with the filter.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the rows are others.
  useEffect(() => virtual.measure(), [rows]);
  useEffect(() => {
    if (at !== -1) virtual.scrollToIndex(at, { align: 'auto' });
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

  return (
    <div
      ref={box}
      className="list"
      role="tree"
      aria-label={label}
      aria-activedescendant={at === -1 ? undefined : rowId(at)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="presentation" className="list-inside" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const shared = { id: rowId(index), top: start, selected: index === at };
          return row.kind === 'section' ? (
            <SectionRow key={row.key} row={row} findings={findings.get(row.section.id) ?? 0} {...shared} />
          ) : (
            <ItemRow key={row.key} row={row} {...shared} />
          );
        })}
      </div>
    </div>
  );
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
