export interface Interval {
  bound: number;
  estimate: number;
  /** Bounds of the interval; absent where the value was measured, not estimated. */
  interval?: readonly [number, number];
}

/** Places on the bar, from 0 at its left end to 100. */
export interface IntervalScale {
  bound: number;
  estimate: number;
  from: number;
  to: number;
}

/** Room left and right of the outermost thing shown. */
const margin = 8;

/** Puts rule, estimate and interval on one scale, so that whether they overlap is seen before anything is read. */
export function scaleInterval({ bound, estimate, interval }: Interval): IntervalScale {
  const [low, high] = interval ?? [estimate, estimate];
  const values = [bound, estimate, low, high].filter(Number.isFinite);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const place = (value: number) => {
    if (value === Number.NEGATIVE_INFINITY) return 0;
    if (value === Number.POSITIVE_INFINITY) return 100;
    return most === least ? 50 : margin + ((value - least) / (most - least)) * (100 - 2 * margin);
  };
  return { bound: place(bound), estimate: place(estimate), from: place(low), to: place(high) };
}
