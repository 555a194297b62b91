import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BacktestError, runBacktest } from '../../../electron/compute/backtest/index.ts';
import { parseBacktestConfig } from '../../../electron/compute/data/index.ts';
import { expectedMaximum, ours, sharpe, variance } from '../../../electron/compute/statistics/index.ts';
import { runCommand, startCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { type SweepFiles, sweepFiles } from '../../support/sweep-files.ts';
import { randomPanel } from '../../unit/compute/backtest/panels.ts';

const panel = randomPanel({ days: 250, codes: 100, seed: 77, missing: 0.01, sticky: 0.7 });
const base = { costs: { fixed_bps: 10 }, fill: 'close' };
const grid = {
  turnover_limit: [0.1, 0.2, 0.3, 0.5, 1],
  rebalance: ['daily', 'weekly', 2, 5],
  top_k: Array.from({ length: 15 }, (_, i) => 2 + i),
};
const size = 300;

const filesOf = (content: { grid: object; stop?: object }) => sweepFiles(panel, base, content);

const commandOf = ({ panel: data, config, grid: points }: SweepFiles, results: string, ...more: string[]) => [
  ...['sweep', '--panel', data, '--config', config, '--grid', points, '--results', results, '--json'],
  ...more,
];
const resultsIn = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')).length : 0;

it('killed in the middle and started again gives what one run gives, and computes only what was missing', async () => {
  const files = filesOf({ grid });
  const [killed, whole] = [join(temporaryFolder(), 'killed'), join(temporaryFolder(), 'whole')];
  const { child, ended } = startCommand(commandOf(files, killed, '--cores', '1'));
  while (child.exitCode === null && resultsIn(killed) < 40) await setTimeout(2);
  child.kill('SIGKILL');
  expect((await ended).code).toBeNull();
  const left = resultsIn(killed);
  expect(left).toBeGreaterThanOrEqual(40);
  expect(left).toBeLessThan(size);

  const [again, once] = await Promise.all([
    runCommand(commandOf(files, killed)),
    runCommand(commandOf(files, whole)),
  ]);
  expect([again.code, once.code]).toEqual([0, 0]);
  const [resumed, alone] = [JSON.parse(again.stdout), JSON.parse(once.stdout)];
  expect(resumed).toEqual({ ...alone, computed: size - left, reused: left });
  expect([alone.computed, alone.reused, alone.size]).toEqual([size, 0, size]);
  expect(again.stderr).toContain(`${left} of them from an earlier run`);
});

it('gives each point what a run of its own gives, and counts all of them against the best', async () => {
  const files = filesOf({ grid: { top_k: [3, 9, 200], rebalance: ['daily', 'weekly'] } });
  const { code, stdout } = await runCommand(commandOf(files, join(temporaryFolder(), 'results')));
  expect(code).toBe(0);
  const found = JSON.parse(stdout);
  const ratios: number[] = [];
  for (const { settings, figures, problem } of found.points) {
    const { config } = parseBacktestConfig(JSON.stringify({ ...base, ...settings }), 'config.json');
    if (settings.top_k === 200) {
      expect(() => runBacktest(panel, config)).toThrow(BacktestError);
      expect(problem).toContain('The panel has 100 codes');
      continue;
    }
    const { values } = runBacktest(panel, config);
    const returns = values.map((value, t) => value / (values[t - 1] ?? config.capital) - 1);
    ratios.push(sharpe(returns, ours));
    expect(figures.sharpe).toBeCloseTo(ratios.at(-1) as number, 9);
    expect(figures.finalValue / (values.at(-1) as number)).toBeCloseTo(1, 12);
  }
  expect(found.points.map(({ problem }: { problem: string | null }) => problem === null)).toEqual([
    ...[true, true, true, true],
    ...[false, false],
  ]);
  expect(found.trials).toBe(4);
  expect(found.selection.overfitting).toMatchObject({ blocks: 16, splits: 12_870 });
  expect(found.selection.fitting).toBe('settings');
  expect(found.selection.walkForward.map(({ window }: { window: string }) => window)).toEqual([
    'anchored',
    'rolling',
  ]);
  expect(found.best.sharpe).toBeCloseTo(Math.max(...ratios), 9);
  expect(found.best.luckyBest).toBeCloseTo(expectedMaximum(4) * Math.sqrt(variance(ratios, 1)), 9);
});

it('ends by its rule at the same point, however many cores run it', async () => {
  const files = filesOf({ grid, stop: { after: 25, gain: 0.05 } });
  const runs = await Promise.all(
    ['1', '3'].map((cores) =>
      runCommand(commandOf(files, join(temporaryFolder(), 'results'), '--cores', cores)),
    ),
  );
  const [one, three] = runs.map(({ stdout }) => JSON.parse(stdout));
  expect(three).toEqual(one);
  expect(one.points.length).toBeLessThan(size);
  expect(one.trials).toBe(one.points.length);
  expect(one.stopped.sentence).toContain(`Ended after ${one.points.length} of ${size} points`);
});

it('refuses a bad grid with file, line and remedy before anything is computed', async () => {
  const files = filesOf({ grid });
  writeFileSync(files.grid, 'grid:\n  top_k: [5, 10]\n  turnover_limit: [0.2, -1]\n');
  const results = join(temporaryFolder(), 'results');
  const { code, stdout, stderr } = await runCommand(commandOf(files, results));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    `${files.grid}:3: turnover_limit is a fraction above 0, not -1. Correct -1, or take it out.\n`,
  );
  const short = [...commandOf(filesOf({ grid }), results), '--horizon', '20', '--gap', '5'];
  const refused = await runCommand(short);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('Make it 20 or more.')]);
  expect(resultsIn(results)).toBe(0);
});
