/**
 * Which lines of a log are in sight. Browsers stop at some tens of millions of pixels, a log of 100 MB can have more
 * lines than that, so from `maxPixels` on the scroll bar stands for the log in proportion.
 */
export interface Viewport {
  lines: number;
  lineHeight: number;
  /** Height of what can be seen. */
  height: number;
}

export const maxPixels = 8_000_000;

const fullHeight = ({ lines, lineHeight }: Viewport) => lines * lineHeight;

/** Height of the scrolled content, in pixels. */
export function scrollHeight(viewport: Viewport): number {
  return Math.min(fullHeight(viewport), maxPixels);
}

export function isScaled(viewport: Viewport): boolean {
  return fullHeight(viewport) > maxPixels;
}

/** Largest offset, in pixels of the log as it would be unscaled. */
export function maxOffset(viewport: Viewport): number {
  return Math.max(0, fullHeight(viewport) - viewport.height);
}

export function offsetOf(scrollTop: number, viewport: Viewport): number {
  if (!isScaled(viewport)) return scrollTop;
  return (scrollTop / (maxPixels - viewport.height)) * maxOffset(viewport);
}

export function scrollTopOf(offset: number, viewport: Viewport): number {
  if (!isScaled(viewport)) return offset;
  return (offset / maxOffset(viewport)) * (maxPixels - viewport.height);
}

/** First and last line in sight, both included; null where there is none. */
export function linesInSight(offset: number, viewport: Viewport): { first: number; last: number } | null {
  if (viewport.lines === 0) return null;
  const first = Math.min(Math.floor(offset / viewport.lineHeight), viewport.lines - 1);
  const last = Math.min(Math.ceil((offset + viewport.height) / viewport.lineHeight), viewport.lines) - 1;
  return { first: Math.max(0, first), last: Math.max(0, last) };
}

/** The offset that shows a line in the middle. */
export function offsetFor(line: number, viewport: Viewport): number {
  const middle = (line + 0.5) * viewport.lineHeight - viewport.height / 2;
  return Math.min(Math.max(0, middle), maxOffset(viewport));
}
