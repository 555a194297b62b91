import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeBacktest } from '../../../electron/cli/backtest.ts';
import { type BacktestQuestion, computeHere, tableFormats } from '../../../electron/compute/index.ts';
import { ours, returnsOfValues, sharpe } from '../../../electron/compute/statistics/index.ts';
import { openDuck } from '../../../electron/compute/tables/index.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';

const data = join(import.meta.dirname, '../../../resources/packs/apex-ranker/data');
const panel = join(data, 'panel.csv');
const fileOf = (name: string, content: string | object) => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const rules = (settings = 'rebalance: weekly', bps = 10) =>
  fileOf('rules.yaml', `${settings}\ntop_k: 10\ncosts: { fixed_bps: ${bps} }\n`);
const backtest = (more: Partial<BacktestQuestion> = {}) =>
  computeHere.backtest({ panel, config: rules(), compat: null, ...more });
const probed = async (probes: Partial<NonNullable<BacktestQuestion['probes']>>, more = {}) => {
  const answer = await backtest({ probes: { truncated: null, training: null, ...probes }, ...more });
  const { findings, ...found } = answer.probes as NonNullable<typeof answer.probes>;
  return { answer, ...found, findings, of: (name: string) => findings.find(({ probe }) => probe === name) };
};

describe('probes', () => {
  it('are part of the answer, each with a verdict and what a screen draws', async () => {
    const { answer, findings, lag, randomScores, shuffledLabels, fitting } = await probed({});
    const verdicts = Object.fromEntries(findings.map(({ probe, verdict }) => [probe, verdict]));
    expect(verdicts).toMatchObject({
      'truncated run': 'pass',
      truncation: 'not-checked',
      'label timing': 'pass',
      'label at the end': 'pass',
      'train and test': 'not-checked',
    });
    expect(lag[0]?.lag).toBe(0);
    expect(lag[0]?.sharpe).toBeCloseTo(answer.metrics.sharpe?.value as number, 9);
    expect(lag.every(({ interval }) => interval?.length === 2)).toBe(true);
    expect(randomScores.dealt).toHaveLength(40);
    expect(shuffledLabels?.dealt).toHaveLength(100);
    expect(fitting).toBeNull();
    for (const { sentence } of findings) expect(sentence).toMatch(/\.$/);
  });

  it('see scores that change when later data is taken away, a test inside of training, and one model for all tests', async () => {
    const [, ...rows] = readFileSync(panel, 'utf8').trim().split('\n');
    const moved = rows.slice(0, 4_000).map((row) => {
      const [date, code, close, score] = row.split(',');
      return [date, code, close, Number(score) + 0.1].join(',');
    });
    const { of, fitting } = await probed({
      truncated: fileOf('truncated.csv', `date,code,close,score\n${moved.join('\n')}\n`),
      training: fileOf('training.json', {
        ...{ label: 'returns_20d', horizon: 20, features: ['returns_20d', 'volume'] },
        folds: [
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
        ],
      }),
    });
    expect(of('truncation')?.verdict).toBe('fail');
    expect(of('train and test')?.verdict).toBe('fail');
    expect(of('retraining')?.sentence).toContain('static test of one model');
    expect(of('label among features')?.verdict).toBe('fail');
    expect(fitting).toBe('static');
  });

  it('refuse what they cannot use with a sentence', async () => {
    await expect(probed({ training: fileOf('both.yaml', 'horizon: 5\n') })).rejects.toThrow(
      'needs either train',
    );
    const apex = { compat: 'apex', config: join(data, 'apex.yaml') } as const;
    await expect(probed({}, apex)).rejects.toThrow('Leave --compat out, or --probes');
  });
});

it('the trial count of a ledger outside is what the Sharpe ratio is deflated by, and a probe that fails is a no', async () => {
  const backwards = fileOf('training.yaml', 'horizon: 20\ntrain: { from: 2023-01-04, to: 2024-02-01 }\n');
  const { code, stdout } = await runCommand([
    ...['backtest', '--panel', panel, '--config', rules(), '--json', '--data', temporaryFolder()],
    ...['--trials', '45', '--trial-deviation', '0.5', '--probes', '--training', backwards],
  ]);
  const told = JSON.parse(stdout);
  expect(code).toBe(1);
  expect(told.trials).toEqual({ trials: 45, deviation: 0.5 });
  expect(told.metrics.luckyBest.value).toBeCloseTo(0.5 * 2.2356401777, 9);
  const alone = await backtest();
  expect(alone.trials).toEqual({ trials: 1 });
  expect(told.metrics.deflatedSharpe.value).toBeLessThan(alone.metrics.deflatedSharpe?.value as number);
});

describe('a comparison', () => {
  const compare = (first: string, second: string) => computeHere.compare({ panel, configs: [first, second] });

  it('of weekly and monthly says whether they differ beyond chance, over the same dates, with both curves', async () => {
    const { runs, difference, equity, periods } = await compare(rules(), rules('rebalance: monthly'));
    expect(runs[0].rebalances).toBeGreaterThan(3 * runs[1].rebalances);
    expect(equity).toHaveLength(periods);
    expect(difference.interval?.[0]).toBeLessThan(difference.sharpe as number);
    expect(difference.interval?.[1]).toBeGreaterThan(difference.sharpe as number);
    expect(difference.sentence).toContain('days');
    const ratioOf = (name: 'first' | 'second') =>
      sharpe(
        returnsOfValues(
          Float64Array.from(equity, (row) => row[name]),
          1,
        ),
        ours,
      );
    expect(ratioOf('first') - ratioOf('second')).toBeCloseTo(difference.sharpe as number, 9);
  });

  it('of a configuration with itself shows no difference, and the dearer of two that are else alike is worse beyond chance', async () => {
    const daily = rules('rebalance: daily');
    const same = await compare(daily, daily);
    expect(same.difference).toMatchObject({ sharpe: 0, verdict: 'unproven', periodsNeeded: null });
    const costly = await compare(daily, rules('rebalance: daily', 100));
    expect(costly.difference.verdict).toBe('first');
  });
});

it('the calendar of an exchange sets the decisions and names what the data lacks', async () => {
  const rows = readFileSync(panel, 'utf8').split('\n');
  const holed = fileOf('holed.csv', rows.filter((row) => !row.startsWith('2024-01-12')).join('\n'));
  const calendar = fileOf('calendar.csv', 'closed\n2024-01-01\n2024-12-25\n');
  const [alone, by] = [await backtest({ panel: holed }), await backtest({ panel: holed, calendar })];
  const decided = ({ rebalances }: typeof by) => rebalances.map((row) => row.decided);
  expect(alone.calendar).toBeNull();
  expect(by.calendar).toEqual({ name: null, missing: ['2024-01-12'], closed: [] });
  expect(decided(alone)).toContain('2024-01-11');
  expect(decided(by)).toContain('2024-01-15');
  expect(decided(by)).not.toContain('2024-01-11');
});

it('tables are the same in CSV, JSON and Parquet, to the last bit', async () => {
  const answer = await backtest();
  const folder = temporaryFolder();
  for (const format of tableFormats) await writeBacktest(folder, answer, format);
  const duck = await openDuck(temporaryFolder(), 1);
  try {
    for (const name of ['equity', 'trades', 'months', 'rebalances', 'metrics'] as const) {
      const rows = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
      const parquet = await duck.rows(`SELECT * FROM '${join(folder, `${name}.parquet`)}'`);
      expect(parquet).toEqual(rows);
      const [header, first] = readFileSync(join(folder, `${name}.csv`), 'utf8').split('\n');
      expect(header?.split(',')).toEqual(Object.keys(rows[0]));
      if (name === 'equity')
        expect(first?.split(',').map((cell) => Number(cell) || cell)).toEqual(
          Object.values(rows[0]).map((cell) => Number(cell) || String(cell)),
        );
    }
    const types = await duck.rows(`DESCRIBE SELECT * FROM '${join(folder, 'equity.parquet')}'`);
    expect(types.map(({ column_type: type }) => type)).toEqual(['DATE', 'DOUBLE', 'DOUBLE']);
  } finally {
    duck.close();
  }
  // Nothing was delisted: a table without rows has no columns, and is no file.
  expect(
    readdirSync(folder).filter((name) => name.startsWith('delistings') || name.endsWith('.part')),
  ).toEqual([]);
});
