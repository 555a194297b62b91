import type { Panel } from './panel.ts';

/** Dates whose prices of a name lie side by side, in one line of memory: what is held on one date is held on the next. */
export const datesTogether = 8;

/** Dates that are laid out at a time: what is read and what is written stays near. */
const tile = 4 * datesTogether;

/** Where the marks of a date begin among those of `codes` names: that of a code is `datesTogether * code` further on. */
export function rowOf(date: number, codes: number): number {
  const within = date % datesTogether;
  return (date - within) * codes + within;
}

const ofPanels = new WeakMap<Panel, Float64Array>();

/**
 * Prices as `rowOf` lays them out: what a held name is marked with. Where a date has no price it is the last one before,
 * negative, so that one comparison tells that it cannot be traded at; NaN before the first. Kept with the panel, which does
 * not change: every run over it needs the same.
 */
export function marksOf(panel: Panel): Float64Array {
  const known = panel.marks ?? ofPanels.get(panel);
  if (known) return known;
  const marks = laidOut(panel);
  ofPanels.set(panel, marks);
  return marks;
}

/** The marks of the first so many dates of a panel. */
export function marksBefore(panel: Panel, dates: number): Float64Array {
  return marksOf(panel).subarray(0, Math.ceil(dates / datesTogether) * datesTogether * panel.codes.length);
}

function laidOut({ close, dates, codes }: Panel): Float64Array {
  const [days, n] = [dates.length, codes.length];
  const marks = new Float64Array(Math.ceil(days / datesTogether) * datesTogether * n);
  const before = new Float64Array(n).fill(Number.NaN);
  for (let date = 0; date < days; date += tile) {
    const end = Math.min(days, date + tile);
    for (let code = 0; code < n; code += 1) {
      let last = before[code] as number;
      for (let t = date; t < end; t += 1) {
        const price = close[code * days + t] as number;
        const at = rowOf(t, n) + datesTogether * code;
        if (price > 0) {
          marks[at] = price;
          last = -price;
        } else marks[at] = last;
      }
      before[code] = last;
    }
  }
  return marks;
}

/** What is known of the gaps in a panel's prices. */
export interface Gaps {
  /** Whether there is any at all after a code's first price. */
  isNone: boolean;
  /** By date: 1 where a code has had no price for exactly so many dates, this one included. */
  ends: Uint8Array;
}

const gapsOfPanels = new WeakMap<Float64Array, Map<number, Gaps>>();

/** @param after so many dates without a price end a name */
export function gapsOf(panel: Panel, after: number): Gaps {
  const ofPanel = gapsOfPanels.get(panel.close) ?? new Map<number, Gaps>();
  gapsOfPanels.set(panel.close, ofPanel);
  const gaps = ofPanel.get(after) ?? findGaps(panel, after);
  ofPanel.set(after, gaps);
  return gaps;
}

function findGaps({ close, codes, dates }: Panel, after: number): Gaps {
  const days = dates.length;
  const ends = new Uint8Array(days);
  let isNone = true;
  for (let code = 0; code < codes.length; code += 1) {
    let missing = Number.NaN;
    for (let date = 0; date < days; date += 1) {
      if ((close[code * days + date] as number) > 0) {
        missing = 0;
        continue;
      }
      missing += 1;
      if (missing >= 1) isNone = false;
      if (missing === after) ends[date] = 1;
    }
  }
  return { isNone, ends };
}
