import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type RefObject, useEffect } from 'react';
import type { TimelineRow } from '../../shared/contract/journal.ts';
import { formatSecond } from '../ui/index.ts';
import type { Line } from './timeline.ts';

const heights = { day: 33, entry: 28 };
const pageStep = 12;
/** This many lines before the end the next page is asked for. */
const readAhead = 40;

/** Entries by day. One tab stop; arrows move. */
export function TimelineList({
  lines,
  notes,
  selected,
  onSelect,
  onNearEnd,
  box,
}: {
  lines: readonly Line[];
  /** Of the pinned entries by their key, what is said of each. */
  notes: ReadonlyMap<string, string>;
  selected: string | null;
  onSelect: (key: string) => void;
  onNearEnd: () => void;
  box: RefObject<HTMLDivElement | null>;
}) {
  const at = lines.findIndex(({ key }) => key === selected);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heights[lines[index]?.kind ?? 'entry'],
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the lines are others.
  useEffect(() => virtual.measure(), [lines]);
  useEffect(() => {
    if (at !== -1) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  useEffect(() => {
    if (last >= lines.length - readAhead) onNearEnd();
  }, [last, lines.length, onNearEnd]);
  useEffect(() => box.current?.focus({ preventScroll: true }), [box]);

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      j: 1,
      ArrowUp: -1,
      k: -1,
      PageDown: pageStep,
      PageUp: -pageStep,
      Home: -lines.length,
      End: lines.length,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const way = step < 0 ? -1 : 1;
    let next = Math.min(Math.max(0, at + step), lines.length - 1);
    while (lines[next]?.kind === 'day') next += next === 0 ? 1 : way;
    const line = lines[next];
    if (line) onSelect(line.key);
  };

  return (
    <div
      ref={box}
      className="timeline list-box"
      role="listbox"
      data-home
      aria-label="Entries, newest first"
      aria-activedescendant={at === -1 ? undefined : `entry-${at}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="list-inside" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const line = lines[index];
          if (!line) return null;
          return line.kind === 'day' ? (
            <div
              key={line.key}
              role="presentation"
              className="timeline-row timeline-day"
              style={{ transform: `translateY(${start}px)` }}
            >
              {line.title}
            </div>
          ) : (
            <EntryRow
              key={line.key}
              index={index}
              top={start}
              row={line.row}
              line={line.key}
              note={notes.get(line.key)}
              selected={index === at}
              onSelect={onSelect}
            />
          );
        })}
      </div>
    </div>
  );
}

const EntryRow = memo(function EntryRow({
  index,
  top,
  row,
  line,
  note,
  selected,
  onSelect,
}: {
  index: number;
  top: number;
  row: TimelineRow;
  line: string;
  note: string | undefined;
  selected: boolean;
  onSelect: (key: string) => void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are read by the list, which keeps the focus.
    <div
      id={`entry-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className="timeline-row timeline-entry"
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(line)}
    >
      <time className="mono mute" dateTime={row.at}>
        {formatSecond(new Date(row.at))}
      </time>
      <span className="timeline-group">{row.group}</span>
      <span className="ellipsis" title={note ? `${row.text}: ${note}` : row.text}>
        {note !== undefined && <span className="timeline-pin">pinned</span>}
        {row.text}
        {note && <span className="timeline-note"> {note}</span>}
      </span>
      <span className="mute ellipsis">{row.author}</span>
      <span className="mono mute">{row.seq}</span>
    </div>
  );
});
