import type { Panel } from './panel.ts';

/** Dates are taken in stretches of so many: two cache lines of a code's prices. */
export const stretchDays = 16;

const ofPanels = new WeakMap<Panel, Lows>();

/** Kept with the panel, which does not change: every run over it needs the same. */
export function lowsOf(panel: Panel): Lows {
  const known = ofPanels.get(panel);
  if (known) return known;
  const lows = new Lows(panel);
  ofPanels.set(panel, lows);
  return lows;
}

/** The lowest close of each code in each stretch of dates, looked up when first asked for. */
export class Lows {
  readonly #panel: Panel;
  readonly #codes: number;
  /** By stretch and code, so that what a date needs lies together. 0 where not looked up yet. */
  readonly #lows: Float64Array;

  constructor(panel: Panel) {
    this.#panel = panel;
    this.#codes = panel.codes.length;
    this.#lows = new Float64Array(this.#codes * Math.ceil(panel.dates.length / stretchDays));
  }

  /** NaN where a date of the stretch has no price. */
  of(code: number, stretch: number): number {
    const at = stretch * this.#codes + code;
    const known = this.#lows[at] as number;
    return known === 0 ? this.#lookUp(code, stretch, at) : known;
  }

  #lookUp(code: number, stretch: number, at: number): number {
    const { close, dates } = this.#panel;
    const days = dates.length;
    const start = code * days + stretch * stretchDays;
    const end = Math.min(start + stretchDays, (code + 1) * days);
    let low = Number.POSITIVE_INFINITY;
    for (let i = start; i < end; i += 1) {
      const price = close[i] as number;
      if (price >= low) continue;
      low = price;
      if (!(price > 0)) {
        low = Number.NaN;
        break;
      }
    }
    this.#lows[at] = low;
    return low;
  }
}
