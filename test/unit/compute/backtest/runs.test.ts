import { describe, expect, it } from 'vitest';
import {
  backtestTables,
  csvOf,
  defaultConfig,
  panelFromRows,
  runBacktest,
  runSweep,
} from '../../../../electron/compute/backtest/index.ts';
import { configOf, randomPanel, writtenPanel } from './panels.ts';

const steady = [1, 1, 1, 1];

describe('what cannot be', () => {
  const panel = randomPanel({ days: 60, codes: 120, seed: 3 });
  const asked = { topK: 35, minWeight: 0.02, turnoverLimit: 0.35 };

  it('35 names of at least 2 % under a turnover limit of 35 % are refused before the run, with the ways out', () => {
    const refused = () => runBacktest(panel, configOf(asked, { rebalance: 'monthly' }));
    expect(refused).toThrow('35 names, min_weight 2 % and turnover_limit 35 % cannot all hold.');
    expect(refused).toThrow(/lets 12 of 35 names change, but the scores change up to \d+/);
    expect(refused).toThrow('Set turnover_rule to replace, which exchanges at most 12 names');
  });

  it('each way out that is named leads out', () => {
    for (const way of [{ turnoverRule: 'replace' as const }, { turnoverLimit: 1 }, { minWeight: 0 }]) {
      expect(() =>
        runBacktest(panel, configOf({ ...asked, ...way }, { rebalance: 'monthly' })),
      ).not.toThrow();
    }
  });

  it('scores that change little enough are let through', () => {
    const calm = { ...panel, score: panel.score.map((_, at) => -(at % 120)) };
    expect(runBacktest(calm, configOf(asked, { rebalance: 'monthly' })).rebalances).toHaveLength(3);
  });

  it.each([
    [{ topK: 60, minWeight: 0.02 }, 'Set top_k to 50 or less, or min_weight to 1.667 % or less.'],
    [{ topK: 200 }, 'The panel has 120 codes, and top_k asks for 200 names.'],
    [{ topK: 5, minWeight: 0.2, maxWeight: 0.1 }, 'min_weight 20 % is above max_weight 10 %'],
    [{ topK: 0 }, 'top_k is a whole number of 1 or more, not 0'],
  ])('%o is refused: %s', (strategy, sentence) => {
    expect(() => runBacktest(panel, configOf(strategy))).toThrow(sentence);
  });

  it('an open that is not there is asked for', () => {
    expect(() => runBacktest({ ...panel, open: null }, configOf({ topK: 5 }, { fill: 'next-open' }))).toThrow(
      'the panel has no column "open"',
    );
  });

  it('a run that buys nothing is an error and no Sharpe ratio of zero', () => {
    const unscored = { ...panel, score: panel.score.map(() => Number.NaN) };
    expect(() => runBacktest(unscored, configOf({ topK: 5 }))).toThrow(
      /all is cash, which is no result. No row has a score/,
    );
    expect(() => runBacktest(panel, configOf({ topK: 5 }, { lag: 99 }))).toThrow('beyond the last one');
  });

  it('a code twice on a date, or a single date, is no panel', () => {
    const rows = { date: ['2024-01-01', '2024-01-02', '2024-01-02'], code: ['A', 'A', 'A'] };
    const numbers = { close: Float64Array.of(1, 2, 3), score: Float64Array.of(1, 2, 3) };
    expect(() => panelFromRows({ ...rows, ...numbers })).toThrow(
      'row 3 has A on 2024-01-02 again; it is in row 2',
    );
    expect(() =>
      panelFromRows({
        date: ['2024-01-01'],
        code: ['A'],
        close: Float64Array.of(1),
        score: Float64Array.of(1),
      }),
    ).toThrow('only one date, 2024-01-01');
  });
});

describe('TopkDropout', () => {
  const dropout = (drop: number, topK = 2) => ({
    ...defaultConfig,
    rebalance: 'daily' as const,
    fill: 'close' as const,
    capital: 1000,
    strategy: { kind: 'top-k-dropout' as const, topK, drop, holdDecisions: 1, riskDegree: 1 },
  });
  const panel = writtenPanel({
    A: { close: steady, score: [4, 1, 1, 1] },
    B: { close: steady, score: [3, 2, 2, 4] },
    C: { close: steady, score: [2, 3, 3, 3] },
    D: { close: steady, score: [1, 4, 4, 2] },
  });
  const bought = (config: ReturnType<typeof dropout>) =>
    Array.from(
      runBacktest(panel, config).trades?.rows() ?? [],
      ({ date, code, shares }) => `${date} ${shares > 0 ? '+' : '-'}${panel.codes[code]}`,
    );

  it('lets at most so many of the worst go, and only for better ones', () => {
    expect(bought(dropout(1))).toEqual(['0 +A', '0 +B', '1 -A', '1 +D', '2 -B', '2 +C', '3 -D', '3 +B']);
    expect(bought(dropout(2))).toEqual(['0 +A', '0 +B', '1 -B', '1 -A', '1 +D', '1 +C', '3 -D', '3 +B']);
  });

  it('keeps a name for as many decisions as asked', () => {
    const patient = dropout(1);
    patient.strategy.holdDecisions = 2;
    expect(bought(patient).slice(2, 4)).toEqual(['2 -A', '2 +D']);
  });
});

describe('many configurations', () => {
  it('over one ranking give what each gives alone, and say which cannot be', () => {
    const panel = randomPanel({ days: 80, codes: 60, seed: 12 });
    const configs = [3, 10, 25, 100].map((topK) =>
      configOf({ topK, turnoverLimit: 0.5 }, { rebalance: 'weekly' }),
    );
    const outcomes = [...runSweep(panel, configs)];
    for (const [i, config] of configs.slice(0, 3).entries()) {
      const outcome = outcomes[i];
      expect(outcome && 'run' in outcome && outcome.run.values).toEqual(
        runBacktest(panel, config, { record: false }).values,
      );
    }
    expect(outcomes[3]).toMatchObject({ problem: expect.stringContaining('The panel has 60 codes') });
  });
});

describe('tables', () => {
  it('months compound to the whole, and every table is written with its header', () => {
    const panel = randomPanel({ days: 70, codes: 30, seed: 4 });
    const config = configOf({ topK: 5 }, { rebalance: 'weekly' });
    const run = runBacktest(panel, config);
    const tables = backtestTables(panel, run, config);
    const whole = tables.months.reduce((value, month) => value * (1 + month.return), 1000);
    expect(whole).toBeCloseTo(run.values.at(-1) as number, 8);
    expect(csvOf(tables.trades).split('\n')).toHaveLength(tables.trades.length + 2);
    expect(csvOf([{ code: 'a,"b"', shares: 1 }])).toBe('code,shares\n"a,""b""",1\n');
  });
});
