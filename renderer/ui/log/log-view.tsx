import './log-view.css';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import { LogLine } from './log-line.tsx';
import { LogPages } from './pages.ts';
import {
  isScaled,
  linesInSight,
  maxOffset,
  offsetFor,
  offsetOf,
  scrollHeight,
  scrollTopOf,
  type Viewport,
} from './viewport.ts';

const lineHeight = 18;

export interface LogViewProps {
  label: string;
  totalLines: number;
  /** Reads lines by their number, from 0. Pass the same function as long as the log is the same. */
  read: (from: number, count: number) => Promise<readonly string[]>;
  /** Stays at the end while the log grows. */
  follow: boolean;
  onFollow: (follow: boolean) => void;
  search: string;
  /** The found line to show. */
  current: number | null;
}

/** Output of any length: only the lines in sight are read and drawn. */
export function LogView({ label, totalLines, read, follow, onFollow, search, current }: LogViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [offset, setOffset] = useState(0);
  const viewport: Viewport = { lines: totalLines, lineHeight, height };
  const sight = linesInSight(Math.min(offset, maxOffset(viewport)), viewport);
  const pages = usePages(read, totalLines, sight);
  const scrollTo = (next: number) => {
    const bounded = Math.min(Math.max(0, next), maxOffset(viewport));
    setOffset(bounded);
    if (box.current) box.current.scrollTop = scrollTopOf(bounded, viewport);
  };
  const latest = useRef({ viewport, scrollTo, offset, onFollow, follow });
  latest.current = { viewport, scrollTo, offset, onFollow, follow };

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    setHeight(element.clientHeight);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: to the end whenever there is more, or follow was turned on.
  useLayoutEffect(() => {
    if (follow) latest.current.scrollTo(Number.MAX_SAFE_INTEGER);
  }, [follow, totalLines, height]);

  useEffect(() => {
    if (current !== null) latest.current.scrollTo(offsetFor(current, latest.current.viewport));
  }, [current]);

  // A wheel step must move by lines also where one pixel of the scroll bar stands for many of them.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const { viewport: now, scrollTo: go, offset: from, onFollow: say } = latest.current;
      if (event.deltaY < 0) say(false);
      if (!isScaled(now) || event.deltaY === 0) return;
      event.preventDefault();
      go(from + event.deltaY);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowUp: -lineHeight,
      ArrowDown: lineHeight,
      PageUp: lineHeight - height,
      PageDown: height - lineHeight,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (step < 0) onFollow(false);
    scrollTo(step === Number.POSITIVE_INFINITY ? maxOffset(viewport) : offset + step);
  };

  const lines = sight ? Array.from({ length: sight.last - sight.first + 1 }, (_, i) => sight.first + i) : [];
  return (
    <div
      ref={box}
      className="log"
      role="log"
      aria-label={label}
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop } = event.currentTarget;
        // The echo of our own scrolling would lose the fraction of a line that the scroll bar cannot hold.
        if (Math.abs(scrollTop - scrollTopOf(offset, viewport)) > 1) setOffset(offsetOf(scrollTop, viewport));
      }}
      onKeyDown={onKeyDown}
    >
      <div className="log-spacer" style={{ height: scrollHeight(viewport) }}>
        <div
          className="log-lines"
          style={{ transform: `translateY(${sight ? sight.first * lineHeight - offset : 0}px)` }}
        >
          {lines.map((line) => (
            <LogLine
              key={line}
              number={line}
              text={pages.line(line)}
              search={search}
              current={line === current}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Reads the pages that are in sight and not here yet, each once at a time. */
function usePages(
  read: LogViewProps['read'],
  totalLines: number,
  sight: { first: number; last: number } | null,
): LogPages {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const held = useRef<{ read: LogViewProps['read']; pages: LogPages; asked: Set<number> }>(null);
  if (held.current?.read !== read) held.current = { read, pages: new LogPages(), asked: new Set() };
  const { pages, asked } = held.current;

  useEffect(() => {
    if (!sight) return;
    for (const page of pages.missing(sight.first, sight.last, totalLines)) {
      if (asked.has(page)) continue;
      asked.add(page);
      read(page * pages.size, pages.size)
        .then((lines) => pages.put(page, lines))
        // The connection says by itself that it is gone; the page is asked for again when it is next in sight.
        .catch(() => undefined)
        .finally(() => {
          asked.delete(page);
          redraw();
        });
    }
  });
  return pages;
}
