import { normalQuantile } from './distributions.ts';
import type { Figure } from './figure.ts';
import { mean, variance } from './moments.ts';

/** The mean of what each of several dates gives; values that are no number are left out. `dates` says what they are. */
export function meanFigure(
  values: readonly number[],
  unit: Figure['unit'],
  name: string,
  what: string,
  dates: string,
): Figure {
  const known = values.filter((value) => !Number.isNaN(value));
  const value = mean(known);
  const half = normalQuantile(0.975) * Math.sqrt(variance(known, 1) / known.length);
  return {
    value,
    unit,
    convention: {
      name,
      method: `${what}, mean over ${known.length} ${dates}`,
      interval: '95 %, dates as independent',
    },
    ...(Number.isNaN(half) ? {} : { interval: [value - half, value + half] }),
  };
}
