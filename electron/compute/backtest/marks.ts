import type { Panel } from './panel.ts';

const ofPanels = new WeakMap<Panel, Float64Array>();

/** Tiles of this side are turned at a time: what is read and what is written stays near. */
const tile = 32;

/**
 * Prices by date, at `date * codes + code`: what a held name is marked with. Where a date has no price it is the last one
 * before, negative, so that one comparison tells that it cannot be traded at; NaN before the first. Kept with the panel,
 * which does not change: every run over it needs the same.
 */
export function marksOf(panel: Panel): Float64Array {
  const known = panel.marks ?? ofPanels.get(panel);
  if (known) return known;
  const marks = turned(panel);
  ofPanels.set(panel, marks);
  return marks;
}

function turned({ close, dates, codes }: Panel): Float64Array {
  const [days, n] = [dates.length, codes.length];
  const marks = new Float64Array(days * n);
  for (let date = 0; date < days; date += tile) {
    const end = Math.min(days, date + tile);
    for (let first = 0; first < n; first += tile) {
      const last = Math.min(n, first + tile);
      for (let code = first; code < last; code += 1) {
        let before = date === 0 ? Number.NaN : -Math.abs(marks[(date - 1) * n + code] as number);
        for (let t = date; t < end; t += 1) {
          const price = close[code * days + t] as number;
          if (price > 0) {
            marks[t * n + code] = price;
            before = -price;
          } else marks[t * n + code] = before;
        }
      }
    }
  }
  return marks;
}

const gapsOfMarks = new WeakMap<Float64Array, Uint8Array>();

/** By date: 1 where a code that has had a price has none. Elsewhere no mark is negative. */
export function gapsOf(panel: Panel): Uint8Array {
  const marks = marksOf(panel);
  const known = gapsOfMarks.get(marks);
  if (known) return known;
  const n = panel.codes.length;
  const gaps = Uint8Array.from(panel.dates, (_, date) =>
    marks.subarray(date * n, (date + 1) * n).some((mark) => mark < 0) ? 1 : 0,
  );
  gapsOfMarks.set(marks, gaps);
  return gaps;
}
