import type { Panel } from './panel.ts';

/** What a rebalance works in. Between two of them nothing is kept there, and all weights are zero. */
export interface Scratch {
  /** By code. */
  weights: Float64Array;
  /** By place among the wanted names. */
  pooled: Float64Array;
  /** By place among the buys. */
  buys: Int32Array;
  buyValues: Float64Array;
  owned: Float64Array;
  /** By place among the held names. */
  prices: Float64Array;
}

const ofPanels = new WeakMap<Panel, Scratch>();

/** One for all runs over a panel. */
export function scratchOf(panel: Panel): Scratch {
  const known = ofPanels.get(panel);
  if (known) return known;
  const numbers = () => new Float64Array(panel.codes.length);
  const scratch = {
    weights: numbers(),
    pooled: numbers(),
    buys: new Int32Array(panel.codes.length),
    buyValues: numbers(),
    owned: numbers(),
    prices: numbers(),
  };
  ofPanels.set(panel, scratch);
  return scratch;
}
