import { normalQuantile } from './distributions.ts';
import { mean, variance } from './moments.ts';

/**
 * Where so many of all records with the same mean and deviation would lie on each date, from the same start: log values
 * are normal with a mean of `t * mean` and a deviation of `sqrt(t) * deviation`. Days count as independent.
 * @param values after each period; @param start before the first
 */
export function recordBand(
  values: readonly number[],
  start: number,
  confidence = 0.95,
): { low: number; high: number }[] {
  const logs = values.map((value, i) => Math.log(value / (values[i - 1] ?? start)));
  if (logs.length < 2 || !logs.every(Number.isFinite)) return [];
  const [drift, spread] = [mean(logs), Math.sqrt(variance(logs, 1))];
  const quantile = normalQuantile((1 + confidence) / 2);
  return values.map((_, i) => {
    const [middle, half] = [drift * (i + 1), quantile * spread * Math.sqrt(i + 1)];
    return { low: start * Math.exp(middle - half), high: start * Math.exp(middle + half) };
  });
}
