import { datesTogether, marksOf, rowOf } from './marks.ts';
import type { Panel } from './panel.ts';

/** Names that may pass a bar, in multiples of what is wanted; with more, sorting them costs more than a second pass. */
const mostPassed = 4;

/**
 * The best names of each date, best first; equal scores by code. A date is ranked when it is first asked for, and many
 * configurations can share what was ranked. Only names with a price on the date count.
 */
export class Ranking {
  readonly depth: number;
  readonly #panel: Panel;
  readonly #marks: Float64Array;
  readonly #names: Int32Array;
  /** How many names a date has, -1 before it is ranked. */
  readonly #counts: Int32Array;
  /** By most and date: the same views are asked for again and again. */
  readonly #views: Int32Array[][] = [];
  /** Names that pass the bar, before and after they are sorted. */
  readonly #passed: Int32Array;
  readonly #scores: Float64Array;
  /** A score that somewhat more names than wanted passed on the date ranked last: scores of dates are alike. */
  #bar = Number.NEGATIVE_INFINITY;

  constructor(panel: Panel, depth: number) {
    this.depth = Math.max(1, Math.min(depth, panel.codes.length));
    this.#panel = panel;
    this.#marks = marksOf(panel);
    this.#names = new Int32Array(panel.dates.length * this.depth);
    this.#counts = new Int32Array(panel.dates.length).fill(-1);
    this.#passed = new Int32Array(this.depth * mostPassed);
    this.#scores = new Float64Array(this.depth * mostPassed);
  }

  /** The names of a date as places among the codes. The array is a view; do not keep or change it. */
  best(date: number, most = this.depth): Int32Array {
    const views = this.#views[most] ?? [];
    this.#views[most] = views;
    const view = views[date] ?? this.#view(date, most);
    views[date] = view;
    return view;
  }

  #view(date: number, most: number): Int32Array {
    if (this.#counts[date] === -1) this.#rank(date);
    const start = date * this.depth;
    return this.#names.subarray(start, start + Math.min(most, this.#counts[date] as number));
  }

  #rank(date: number): void {
    const passed = this.#pass(date);
    if (passed < this.depth || passed > this.#passed.length) this.#select(date, false);
    else this.#sort(date, passed);
    if (!this.#allPriced(date)) this.#select(date, true);
  }

  /** One pass over all scores, a comparison each. Gives how many names are above the bar; the first of them are kept. */
  #pass(date: number): number {
    const { score, codes } = this.#panel;
    const bar = this.#bar;
    const passed = this.#passed;
    const room = passed.length;
    const start = date * codes.length;
    const end = start + codes.length;
    let count = 0;
    for (let at = start; at < end; at += 1) {
      if (!((score[at] as number) > bar)) continue;
      if (count < room) passed[count] = at - start;
      count += 1;
    }
    return count;
  }

  /** Sorts the names that passed and keeps the best; sets the bar for the next date. */
  #sort(date: number, count: number): void {
    const { score, codes } = this.#panel;
    const { depth } = this;
    const passed = this.#passed;
    const scores = this.#scores;
    const start = date * codes.length;
    for (let i = 0; i < count; i += 1) {
      const code = passed[i] as number;
      const value = score[start + code] as number;
      let place = i;
      for (; place > 0 && (scores[place - 1] as number) < value; place -= 1) {
        scores[place] = scores[place - 1] as number;
        passed[place] = passed[place - 1] as number;
      }
      scores[place] = value;
      passed[place] = code;
    }
    const into = date * depth;
    for (let i = 0; i < depth; i += 1) this.#names[into + i] = passed[i] as number;
    this.#counts[date] = depth;
    const aim = Math.ceil(depth * 1.5) + 4;
    // Where fewer passed than aimed at, the bar is let down by as much as the last of them is apart from the middle.
    const last = scores[count - 1] as number;
    this.#bar = count > aim ? (scores[aim] as number) : last - ((scores[count >> 1] as number) - last) / 2;
  }

  /** Prices are looked up for the chosen few, and again for all only if one has none. */
  #allPriced(date: number): boolean {
    const marks = this.#marks;
    const row = rowOf(date, this.#panel.codes.length);
    const start = date * this.depth;
    const end = start + (this.#counts[date] as number);
    for (let at = start; at < end; at += 1) {
      if (!((marks[row + datesTogether * (this.#names[at] as number)] as number) > 0)) return false;
    }
    return true;
  }

  /** Without a bar to begin with: each score is held against the worst that is kept. */
  #select(date: number, priced: boolean): void {
    const { score, codes } = this.#panel;
    const { depth } = this;
    const marks = this.#marks;
    const names = this.#names;
    const kept = this.#scores;
    const start = date * codes.length;
    const end = start + codes.length;
    const into = date * depth;
    const row = rowOf(date, codes.length);
    let count = 0;
    let bar = Number.NEGATIVE_INFINITY;
    for (let at = start; at < end; at += 1) {
      const value = score[at] as number;
      if (!(value > bar)) continue;
      const code = at - start;
      if (priced && !((marks[row + datesTogether * code] as number) > 0)) continue;
      let place = count < depth ? count : depth - 1;
      while (place > 0 && (kept[place - 1] as number) < value) {
        kept[place] = kept[place - 1] as number;
        names[into + place] = names[into + place - 1] as number;
        place -= 1;
      }
      kept[place] = value;
      names[into + place] = code;
      if (count < depth) count += 1;
      if (count === depth) bar = kept[depth - 1] as number;
    }
    this.#counts[date] = count;
    if (count === depth) this.#bar = bar - ((kept[depth >> 1] as number) - bar);
  }
}
