import type { Panel } from './panel.ts';
import type { Pool } from './pool.ts';
import type { Sales } from './sales.ts';

/** How a rebalance treats names that are not wanted any more. Money is in the currency of the prices. */
export interface Thinning {
  date: number;
  /** Wanted weights by code: what has one is left alone. */
  weights: Float64Array;
  /** The part that is sold of each. */
  alpha: number;
  /** What would be worth less than this afterwards is sold out. */
  least: number;
  /** A sale of no more than this is not made. */
  smallest: number;
  /** What the pooled names with a weight are worth, and how many there are. */
  wantedWorth: number;
  wantedCount: number;
}

/** Above this, what is left of a scale would have too few digits. */
const mostThinned = 0.999;

/** Sells part of every pooled name that is not wanted. */
export function thinOut(panel: Panel, pool: Pool, sales: Sales, thinning: Thinning): void {
  if (thinning.alpha > mostThinned) eachByItself(panel, pool, sales, thinning);
  else allTogether(panel, pool, sales, thinning);
}

function eachByItself({ close, dates }: Panel, pool: Pool, sales: Sales, thinning: Thinning): void {
  const { date, weights, alpha, least, smallest } = thinning;
  // Backwards, because the last slot takes the place of one that is dropped.
  for (let slot = pool.count - 1; slot >= 0; slot -= 1) {
    const code = pool.codes[slot] as number;
    if ((weights[code] as number) > 0) continue;
    const price = close[code * dates.length + date] as number;
    const shares = (pool.bases[slot] as number) * pool.scale;
    const value = shares * price;
    if (value - alpha * value < least) {
      sales.count(code, shares, price);
      pool.drop(slot, date);
    } else if (alpha * value > smallest) {
      sales.count(code, alpha * shares, price);
      if (alpha < 1) pool.set(code, shares - alpha * shares, date);
      else pool.drop(slot, date);
    }
  }
}

/** Only names that are small by their bound are looked at, and those of a log. */
function allTogether({ close, dates }: Panel, pool: Pool, sales: Sales, thinning: Thinning): void {
  const { date, weights, alpha, least, smallest, wantedWorth, wantedCount } = thinning;
  const { floors, codes, bases, scale } = pool;
  const { log } = sales;
  const bar = (Math.max(least / (1 - alpha), smallest / alpha) / scale) * (1 + 1e-12);
  let sold = alpha * (pool.worthOn(date) - wantedWorth);
  let count = pool.count - wantedCount;
  if (count === 0) sold = 0;
  for (let slot = pool.count - 1; slot >= 0; slot -= 1) {
    if (log === null && !((floors[slot] as number) < bar)) continue;
    const code = codes[slot] as number;
    if ((weights[code] as number) > 0) continue;
    const price = close[code * dates.length + date] as number;
    const shares = (bases[slot] as number) * scale;
    const value = shares * price;
    if (value - alpha * value < least) {
      sold += value - alpha * value;
      sales.write(code, shares, price);
      pool.drop(slot, date);
    } else if (alpha * value > smallest) sales.write(code, alpha * shares, price);
    else {
      sold -= alpha * value;
      count -= 1;
      pool.set(code, shares / (1 - alpha), date);
    }
  }
  sales.add(sold, count);
  pool.thin(alpha);
}
