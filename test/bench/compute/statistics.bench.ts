import { bootstrapSharpe, overfitting, Random } from '../../../electron/compute/statistics/index.ts';
import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { leastOf } from '../figures.ts';

const random = new Random(1);
const normals = (count: number) =>
  Float64Array.from({ length: count }, () => 0.0005 + 0.01 * random.normal());
const trials = { returns: normals(688 * 45), periods: 688, configurations: 45 };
const returns = normals(688);

const splits = await leastOf(7, () => overfitting(trials, 16));
console.log(formatRow('overfitting over 12870 splits of 45 configurations | 100 ms', splits, 100, 'ms', 1));

for (const block of [1, 1.5, 10]) {
  const draws = await leastOf(7, () => bootstrapSharpe(returns, { resamples: 10_000, seed: 1, block }));
  const name = `10000 resamples of 688 days, mean block ${block} | 100 ms`;
  console.log(formatRow(name, draws, 100, 'ms', 1));
}
