import type { Panel } from './panel.ts';

/**
 * The best names of each date, best first; equal scores by code. A date is ranked when it is first asked for, and many
 * configurations can share what was ranked. Only names with a price on the date count.
 */
export class Ranking {
  readonly depth: number;
  readonly #panel: Panel;
  readonly #names: Int32Array;
  /** How many names a date has, -1 before it is ranked. */
  readonly #counts: Int32Array;
  readonly #scores: Float64Array;

  constructor(panel: Panel, depth: number) {
    this.depth = Math.max(1, Math.min(depth, panel.codes.length));
    this.#panel = panel;
    this.#names = new Int32Array(panel.dates.length * this.depth);
    this.#counts = new Int32Array(panel.dates.length).fill(-1);
    this.#scores = new Float64Array(this.depth);
  }

  /** The names of a date as places among the codes. The array is a view; do not keep or change it. */
  best(date: number, most = this.depth): Int32Array {
    if (this.#counts[date] === -1) this.#rank(date);
    const start = date * this.depth;
    return this.#names.subarray(start, start + Math.min(most, this.#counts[date] as number));
  }

  /** One pass: nearly every score is below the worst that is kept, and costs one comparison. */
  #rank(date: number): void {
    const { score, close, codes, dates } = this.#panel;
    const { depth } = this;
    const names = this.#names;
    const kept = this.#scores;
    const days = dates.length;
    const start = date * codes.length;
    const into = date * depth;
    let count = 0;
    let bar = Number.NEGATIVE_INFINITY;
    for (let code = 0; code < codes.length; code += 1) {
      const value = score[start + code] as number;
      if (!(value > bar)) continue;
      if (!((close[code * days + date] as number) > 0)) continue;
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
  }
}
