import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ours, returnsOfValues, sharpe } from '../../../electron/compute/statistics/index.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';

const data = join(import.meta.dirname, '../../../resources/packs/apex-ranker/data');
const panel = join(data, 'panel.csv');
const fileOf = (name: string, content: string | object) => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const rules = 'rebalance: weekly\ntop_k: 10\ncosts: { fixed_bps: 10 }\n';
const run = async (...args: string[]) => {
  const { code, stdout, stderr } = await runCommand([...args, '--json', '--data', temporaryFolder()]);
  return { code, stderr, answer: stdout === '' ? null : JSON.parse(stdout) };
};
const backtest = (...args: string[]) =>
  run('backtest', '--panel', panel, '--config', fileOf('rules.yaml', rules), ...args);

describe('probes', () => {
  it('are part of the answer, each with a verdict and what a screen draws', async () => {
    const { answer } = await backtest('--probes');
    const { findings, lag, randomScores, shuffledLabels, fitting } = answer.probes;
    const verdicts = Object.fromEntries(
      findings.map(({ probe, verdict }: { probe: string; verdict: string }) => [probe, verdict]),
    );
    expect(verdicts).toMatchObject({
      'truncated run': 'pass',
      truncation: 'not-checked',
      'label timing': 'pass',
      'label at the end': 'pass',
      'train and test': 'not-checked',
    });
    expect(lag[0]).toMatchObject({ lag: 0, sharpe: answer.metrics.sharpe.value });
    expect(lag.every(({ interval }: { interval: unknown[] }) => interval.length === 2)).toBe(true);
    expect(randomScores.dealt).toHaveLength(40);
    expect(shuffledLabels.dealt).toHaveLength(100);
    expect(fitting).toBeNull();
    for (const { sentence } of findings) expect(sentence).toMatch(/\.$/);
  });

  it('see scores that change when later data is taken away, a test inside of training, and one model for all tests', async () => {
    const [header, ...rows] = readFileSync(panel, 'utf8').trim().split('\n');
    const moved = rows.slice(0, 4_000).map((row) => {
      const [date, code, close, score] = row.split(',');
      return [date, code, close, Number(score) + 0.1].join(',');
    });
    const truncated = fileOf('truncated.csv', `date,code,close,score\n${moved.join('\n')}\n`);
    expect(header).toContain('score');
    const spans = [
      {
        train: { from: '2023-01-04', to: '2023-12-29' },
        test: { from: '2024-01-04', to: '2024-02-29' },
        model: 'a',
      },
      {
        train: { from: '2023-01-04', to: '2024-02-20' },
        test: { from: '2024-02-01', to: '2024-03-29' },
        model: 'a',
      },
    ];
    const training = fileOf('training.json', {
      ...{ label: 'returns_20d', horizon: 20, features: ['returns_20d', 'volume'] },
      folds: spans,
    });
    const { code, answer } = await backtest('--probes', '--truncated', truncated, '--training', training);
    expect(code).toBe(1);
    const of = (name: string) =>
      answer.probes.findings.find(({ probe }: { probe: string }) => probe === name);
    expect(of('truncation')).toMatchObject({ verdict: 'fail' });
    expect(of('train and test')).toMatchObject({ verdict: 'fail' });
    expect(of('retraining')).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('static test of one model'),
    });
    expect(of('label among features')).toMatchObject({ verdict: 'fail' });
    expect(answer.probes.fitting).toBe('static');
  });

  it('refuse what they cannot use with a sentence', async () => {
    const both = fileOf('both.yaml', 'horizon: 5\n');
    expect((await backtest('--probes', '--training', both)).stderr).toContain('needs either train');
    const apex = await run(
      'backtest',
      '--panel',
      panel,
      '--config',
      join(data, 'apex.yaml'),
      '--compat',
      'apex',
      '--probes',
    );
    expect([apex.code, apex.stderr]).toEqual([2, expect.stringContaining('Leave --compat out, or --probes')]);
    expect((await backtest('--training', both)).stderr).toContain('give --probes, too');
  });
});

it('the trial count of a ledger outside is what the Sharpe ratio is deflated by', async () => {
  const alone = (await backtest()).answer;
  const { answer } = await backtest('--trials', '45', '--trial-deviation', '0.5');
  expect(alone.trials).toEqual({ trials: 1 });
  expect(answer.trials).toEqual({ trials: 45, deviation: 0.5 });
  expect(answer.metrics.luckyBest.value).toBeCloseTo(0.5 * 2.2356401777, 9);
  expect(answer.metrics.deflatedSharpe.value).toBeLessThan(alone.metrics.deflatedSharpe.value);
});

describe('compare', () => {
  const settings = (rebalance: string) =>
    fileOf(`${rebalance}.yaml`, `rebalance: ${rebalance}\ntop_k: 10\ncosts: { fixed_bps: 10 }\n`);

  it('of weekly and monthly says whether they differ beyond chance, over the same dates, with both curves', async () => {
    const { code, answer } = await run('compare', settings('weekly'), settings('monthly'), '--panel', panel);
    const { runs, difference, equity, periods } = answer;
    expect(code).toBe(difference.verdict === 'unproven' ? 3 : 0);
    expect(runs.map(({ config }: { config: string }) => config)).toEqual(['weekly.yaml', 'monthly.yaml']);
    expect(runs[0].rebalances).toBeGreaterThan(3 * runs[1].rebalances);
    expect(equity).toHaveLength(periods);
    expect(difference.interval[0]).toBeLessThan(difference.sharpe);
    expect(difference.interval[1]).toBeGreaterThan(difference.sharpe);
    expect(difference.sentence).toContain('days');
    const ratioOf = (name: 'first' | 'second') => {
      const values = equity.map((row: Record<string, number>) => row[name]);
      return sharpe(returnsOfValues(Float64Array.from(values), 1), ours);
    };
    expect(ratioOf('first') - ratioOf('second')).toBeCloseTo(difference.sharpe, 9);
  });

  it('of a configuration with itself shows no difference, and the dearer of two that are else alike is worse beyond chance', async () => {
    const dear = fileOf('dear.yaml', 'rebalance: daily\ntop_k: 10\ncosts: { fixed_bps: 100 }\n');
    const [same, costly] = await Promise.all([
      run('compare', settings('daily'), settings('daily'), '--panel', panel),
      run('compare', settings('daily'), dear, '--panel', panel),
    ]);
    expect(same.answer.difference).toMatchObject({ sharpe: 0, verdict: 'unproven', periodsNeeded: null });
    expect([costly.code, costly.answer.difference.verdict]).toEqual([0, 'first']);
  });
});
