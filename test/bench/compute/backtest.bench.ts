import {
  type BacktestConfig,
  defaultConfig,
  defaultTopK,
  runBacktest,
  runSweep,
} from '../../../electron/compute/backtest/index.ts';
import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { ensureSystemParts } from '../../../scripts/support/system-parts.ts';
import { randomPanel } from '../../unit/compute/backtest/panels.ts';
import { leastOf } from '../figures.ts';
import { expectSame, runInNumpy } from './numpy.ts';

await ensureSystemParts();

const panel = randomPanel({ days: 688, codes: 3800, seed: 20_251_029 });
const configOf = (
  rebalance: BacktestConfig['rebalance'],
  topK = 35,
  turnoverLimit = 0.35,
): BacktestConfig => ({
  ...defaultConfig,
  rebalance,
  fill: 'close',
  costs: { ...defaultConfig.costs, fixedBps: 10 },
  strategy: { ...defaultTopK, topK, turnoverLimit },
});

const single = (['monthly', 'weekly', 'daily'] as const).map((rebalance) => configOf(rebalance));
const baseline = runInNumpy(panel, single, 7);
for (const [i, config] of single.entries()) {
  const name = `backtest of 688 days and 3800 stocks, ${config.rebalance}`;
  const run = runBacktest(panel, config, { record: false });
  expectSame(name, run.values, baseline.equities[i] as Float64Array);
  const ours = await leastOf(31, () => runBacktest(panel, config, { record: false }));
  console.log(formatRow(`${name} | a dense NumPy loop`, ours, baseline.ms[i] as number, 'ms', 0.125));
}

const grid = (['monthly', 10, 'weekly', 3, 'daily'] as const).flatMap((rebalance) =>
  [0.2, 0.35, 0.5, 1].flatMap((limit) =>
    Array.from({ length: 10 }, (_, i) => configOf(rebalance, 20 + 5 * i, limit)),
  ),
);
const all = runInNumpy(panel, grid, 1);
const sweep = () => [...runSweep(panel, grid)];
for (const [i, outcome] of sweep().entries()) {
  if (!('run' in outcome)) throw new Error(outcome.problem);
  expectSame(`configuration ${i + 1}`, outcome.run.values, all.equities[i] as Float64Array);
}
const ours = await leastOf(7, sweep);
const theirs = all.ms.reduce((a, b) => a + b, 0);
console.log(formatRow('sweep of 200 configurations | as many NumPy runs', ours, theirs, 'ms', 0.02));
