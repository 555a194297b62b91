import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apexCosts,
  type BacktestConfig,
  backtestFigures,
  backtestReturns,
  backtestTables,
  cappedWeights,
  closedTrades,
  csvOf,
  decisionDates,
  defaultConfig,
  defaultTopK,
  lagCurve,
  type Panel,
  panelFromRows,
  Ranking,
  runBacktest,
  runSweep,
  shuffledScores,
  type TopK,
} from '../../../../electron/compute/backtest/index.ts';
import { randomPanel, weekdays, writtenPanel } from './panels.ts';

const configOf = (strategy: Partial<TopK>, rest: Partial<BacktestConfig> = {}): BacktestConfig => ({
  ...defaultConfig,
  rebalance: 'daily',
  fill: 'close',
  capital: 1000,
  ...rest,
  strategy: { ...defaultTopK, ...strategy },
});

const weightsAfter = (panel: Panel, config: BacktestConfig) => {
  const { holdings, values } = runBacktest(panel, config);
  const total = values.at(-1) as number;
  return Object.fromEntries(
    holdings.map(({ code, shares, price }) => [panel.codes[code] as string, (shares * price) / total]),
  );
};

const steady = [1, 1, 1, 1];

describe('when decisions are due', () => {
  const dates = weekdays('2023-12-27', 12);
  const on = (rebalance: BacktestConfig['rebalance'], list = dates) =>
    Array.from(decisionDates(list, rebalance), (at) => list[at]);

  it('monthly on the first trading day, weekly on the last one of the week, holidays or not', () => {
    expect(on('monthly')).toEqual(['2023-12-27', '2024-01-01']);
    expect(on('weekly')).toEqual(['2023-12-27', '2023-12-29', '2024-01-05']);
    const withoutFriday = dates.filter((date) => date !== '2024-01-05');
    expect(on('weekly', withoutFriday)).toEqual(['2023-12-27', '2023-12-29', '2024-01-04']);
    expect(on(5)).toEqual(['2023-12-27', '2024-01-03', '2024-01-10']);
    expect(on('daily')).toEqual(dates);
  });
});

describe('ranking', () => {
  it('gives the best scores with a price, in order, equal ones by code', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.boolean()), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 12 }),
        (names, depth) => {
          const score = Float64Array.from(names, ([value, scored]) => (scored ? value : Number.NaN));
          const close = Float64Array.from(names, ([, , priced]) => (priced ? 1 : Number.NaN));
          const codes = names.map((_, i) => String(1000 + i));
          const panel = {
            dates: ['2024-01-01'],
            codes,
            score,
            close,
            open: null,
            volumeValue: null,
            label: null,
          };
          const expected = names
            .map(([value, scored, priced], code) => ({ value, code, counts: scored && priced }))
            .filter(({ counts }) => counts)
            .sort((a, b) => b.value - a.value || a.code - b.code)
            .slice(0, depth)
            .map(({ code }) => code);
          expect(Array.from(new Ranking(panel, depth).best(0))).toEqual(expected);
        },
      ),
    );
  });
});

describe('fills', () => {
  const rising = writtenPanel({
    A: { close: [10, 11, 12, 13], open: [10, 10.5, 11.5, 12.5], score: [1, 1, 1, 1] },
    B: { close: [10, 10, 10, 10], open: [10, 10, 10, 10], score: [0, 0, 0, 0] },
  });
  const values = (rest: Partial<BacktestConfig>) =>
    Array.from(runBacktest(rising, configOf({ topK: 1 }, { rebalance: 10, ...rest })).values);

  it('at the close, the next open or the next close, each with its lag', () => {
    expect(values({ fill: 'close' })).toEqual([1000, 1100, 1200, 1300]);
    expect(values({ fill: 'next-close' })).toEqual(
      [1000, 1000, 1200 / 1.1, 1300 / 1.1].map((v) => expect.closeTo(v, 9)),
    );
    expect(values({ fill: 'next-open' })).toEqual(
      [1000, 1100 / 1.05, 1200 / 1.05, 1300 / 1.05].map((v) => expect.closeTo(v, 9)),
    );
    expect(values({ fill: 'close', lag: 2 })).toEqual(
      [1000, 1000, 1000, 1300 / 1.2].map((v) => expect.closeTo(v, 9)),
    );
  });

  it('the first return holds the cost of building up, and figures count from the first fill', () => {
    const config = configOf(
      { topK: 1 },
      { rebalance: 10, lag: 1, costs: { ...defaultConfig.costs, fixedBps: 100 } },
    );
    const run = runBacktest(rising, config);
    expect(run.start).toBe(1);
    const returns = backtestReturns(run, config);
    expect(returns).toHaveLength(3);
    expect(returns[0]).toBeCloseTo(1 / 1.01 - 1, 12);
    expect(returns[1]).toBeCloseTo(12 / 11 - 1, 12);
  });

  it('whole lots leave the rest in cash', () => {
    const { holdings, values: worth } = runBacktest(
      rising,
      configOf({ topK: 1 }, { rebalance: 10, lot: 30, capital: 950 }),
    );
    expect(holdings).toEqual([{ code: 0, shares: 90, price: 13 }]);
    expect(worth.at(-1)).toBe(50 + 90 * 13);
  });
});

describe('names without a price', () => {
  it('a suspended name is neither bought nor sold, and keeps its last price', () => {
    const panel = writtenPanel({
      A: { close: [10, NaN, NaN, 20], score: [2, NaN, NaN, 0] },
      B: { close: steady, score: [0, 2, 2, 2] },
    });
    const { values, rebalances } = runBacktest(panel, configOf({ topK: 1 }));
    expect(Array.from(values)).toEqual([1000, 1000, 1000, 2000]);
    expect(rebalances.map(({ untradable, names }) => [untradable, names])).toEqual([
      [0, 1],
      [1, 1],
      [1, 1],
      [0, 1],
    ]);
  });

  it('a name that stays away is sold at its last price less the haircut, and says so', () => {
    const panel = writtenPanel({
      A: { close: [10, 10, NaN, NaN, NaN, NaN], score: [2, NaN, NaN, NaN, NaN, NaN] },
      B: { close: [1, 1, 1, 1, 1, 1], score: [0, 0, 0, 0, 0, 0] },
    });
    const config = configOf({ topK: 1 }, { rebalance: 100, delistAfter: 3, delistHaircut: 0.5 });
    const run = runBacktest(panel, config);
    expect(Array.from(run.values)).toEqual([1000, 1000, 1000, 1000, 500, 500]);
    expect(run.delistings).toEqual([{ date: 4, code: 0, price: 5 }]);
    expect(run.holdings).toEqual([]);
  });
});

describe('weights', () => {
  it('in proportion to scores count from the best name left out, and none exceeds the cap', () => {
    const panel = writtenPanel({
      A: { close: steady, score: [4, 4, 4, 4] },
      B: { close: steady, score: [2, 2, 2, 2] },
      C: { close: steady, score: [1, 1, 1, 1] },
    });
    const close = (value: number) => expect.closeTo(value, 9);
    expect(weightsAfter(panel, configOf({ topK: 2, weights: 'score' }))).toEqual({
      A: close(0.75),
      B: close(0.25),
    });
    expect(weightsAfter(panel, configOf({ topK: 2, weights: 'score', maxWeight: 0.6 }))).toEqual({
      A: close(0.6),
      B: close(0.4),
    });
    expect(weightsAfter(panel, configOf({ topK: 2, maxWeight: 0.3 }))).toEqual({
      A: close(0.3),
      B: close(0.3),
    });
  });

  it('that are capped sum to one where they can, and never exceed the cap', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.nat(10_000).map((thousandths) => thousandths / 1000),
          { minLength: 1, maxLength: 20 },
        ),
        fc.double({ min: 0.02, max: 1, noNaN: true }),
        (raw, most) => {
          const weights = cappedWeights(Float64Array.from(raw), most);
          const positive = raw.some((value) => value > 0)
            ? raw.filter((value) => value > 1e-9).length
            : raw.length;
          for (const weight of weights) expect(weight).toBeLessThanOrEqual(most + 1e-12);
          const total = weights.reduce((a, b) => a + b, 0);
          expect(total).toBeLessThanOrEqual(1 + 1e-9);
          if (positive * most > 1.001 && positive === raw.length) expect(total).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it('a held name stays while it is among the candidates', () => {
    const panel = writtenPanel({
      A: { close: steady, score: [3, 2, 2, 0] },
      B: { close: steady, score: [2, 3, 3, 3] },
      C: { close: steady, score: [1, 1, 1, 2] },
    });
    const traded = (candidateMultiplier: number) =>
      runBacktest(panel, configOf({ topK: 1, candidateMultiplier })).rebalances.map(
        ({ turnover }) => turnover > 0,
      );
    expect(traded(1)).toEqual([true, true, false, false]);
    expect(traded(2)).toEqual([true, false, false, true]);
  });
});

describe('the turnover limit', () => {
  const panel = randomPanel({ days: 60, codes: 80, seed: 5, sticky: 0.5 });

  it('by blending goes part of the way, and never above the limit after the first rebalance', () => {
    const { rebalances } = runBacktest(
      panel,
      configOf({ topK: 10, turnoverLimit: 0.2, dust: 0 }, { rebalance: 5 }),
    );
    expect(rebalances[0]?.turnover).toBeCloseTo(0.5, 9);
    expect(rebalances[0]?.minWeight).toBeCloseTo(0.1, 12);
    expect(rebalances[0]?.maxWeight).toBeCloseTo(0.1, 12);
    for (const { turnover, wantedTurnover, alpha } of rebalances.slice(1)) {
      expect(turnover).toBeLessThanOrEqual(0.2 + 1e-6);
      if (wantedTurnover > 0.2) expect(alpha).toBeCloseTo(0.2 / wantedTurnover, 12);
    }
    expect(Math.max(...rebalances.map(({ names }) => names))).toBeGreaterThan(10);
  });

  it('by replacing exchanges fewer names, and holds as many as asked, each above the minimum', () => {
    const config = configOf(
      { topK: 10, turnoverLimit: 0.35, turnoverRule: 'replace', minWeight: 0.05 },
      { rebalance: 5 },
    );
    const { rebalances } = runBacktest(panel, config);
    for (const { turnover, names, minWeight } of rebalances.slice(1)) {
      expect(turnover).toBeLessThanOrEqual(0.35 + 1e-6);
      expect(names).toBe(10);
      expect(minWeight).toBeGreaterThan(0.05);
    }
  });
});

describe('money', () => {
  const setting = fc.record({
    seed: fc.integer({ min: 1, max: 500 }),
    topK: fc.integer({ min: 1, max: 12 }),
    rebalance: fc.constantFrom<BacktestConfig['rebalance']>('daily', 'weekly', 'monthly', 3),
    fill: fc.constantFrom<BacktestConfig['fill']>('close', 'next-open', 'next-close'),
    turnoverLimit: fc.constantFrom(0.2, 0.5, 1),
    weights: fc.constantFrom<TopK['weights']>('equal', 'score'),
    dust: fc.constantFrom(0, 1e-4),
    candidateMultiplier: fc.constantFrom(1, 2),
    lot: fc.constantFrom(null, 1, 10),
    priced: fc.constantFrom('free', 'flat', 'tiers'),
  });
  const costs = {
    free: defaultConfig.costs,
    flat: { ...defaultConfig.costs, fixedBps: 25 },
    tiers: apexCosts,
  };

  it('is neither made nor lost by trading, and cash is never negative', () => {
    fc.assert(
      fc.property(setting, ({ seed, topK, priced, rebalance, fill, lot, ...strategy }) => {
        const panel = randomPanel({ days: 40, codes: 30, seed, missing: 0.05 });
        const config = configOf(
          { topK, ...strategy },
          { capital: 1e6, rebalance, fill, lot, costs: costs[priced as keyof typeof costs], delistAfter: 4 },
        );
        const run = runBacktest(panel, config);
        let cash = config.capital;
        const shares = new Float64Array(30);
        for (const trade of run.trades?.rows() ?? []) {
          cash -= trade.shares * trade.price + trade.commission + trade.slippage;
          shares[trade.code] = (shares[trade.code] as number) + trade.shares;
          expect(shares[trade.code]).toBeGreaterThan(-1e-6);
        }
        const worth = run.holdings.reduce(
          (total, { code, price }) => total + (shares[code] as number) * price,
          cash,
        );
        expect(run.values.at(-1) as number).toBeCloseTo(worth, 5);
        for (const row of run.rebalances) {
          expect(row.cash).toBeGreaterThan(-1e-6);
          expect(row.minWeight).toBeLessThanOrEqual(row.maxWeight);
          expect(row.maxWeight).toBeLessThanOrEqual(1 + 1e-9);
        }
        expect(new Set(run.holdings.map(({ code }) => code)).size).toBe(run.holdings.length);
        for (const { shares: held } of run.holdings) expect(held).toBeGreaterThan(0);
        const unrecorded = runBacktest(panel, config, { record: false });
        expect(unrecorded.values).toEqual(run.values);
      }),
      { numRuns: 60 },
    );
  });

  it('scales with the capital where costs are a share of the value', () => {
    const panel = randomPanel({ days: 60, codes: 40, seed: 9 });
    const ended = (capital: number) =>
      runBacktest(panel, configOf({ topK: 5 }, { capital, costs: costs.flat })).values.at(-1) as number;
    expect(ended(1e9) / ended(1e3)).toBeCloseTo(1e6, 3);
  });

  it('trades that are closed earn what the portfolio earns', () => {
    const panel = writtenPanel({
      A: { close: [10, 12, 12, 12], score: [1, 0, 0, 0] },
      B: { close: [10, 10, 9, 9], score: [0, 1, 0, 0] },
      C: { close: steady, score: [-1, -1, 1, 1] },
    });
    const run = runBacktest(panel, configOf({ topK: 1 }));
    const closed = closedTrades(3, run.trades as NonNullable<typeof run.trades>);
    expect(closed.map(({ gain }) => gain)).toEqual([200, -120].map((gain) => expect.closeTo(gain, 9)));
    const figures = backtestFigures(panel, run, configOf({ topK: 1 }));
    expect(figures.winRateByTrade?.value).toBe(0.5);
    expect(figures.profitFactorByTrade?.value).toBeCloseTo(200 / 120, 9);
    expect(figures.turnover?.convention.method).toContain('half of what is traded');
  });
});

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
      expect(outcome && 'run' in outcome && outcome.run.values).toEqual(runBacktest(panel, config).values);
    }
    expect(outcomes[3]).toMatchObject({ problem: expect.stringContaining('The panel has 60 codes') });
  });
});

describe('probes', () => {
  const panel = randomPanel({ days: 200, codes: 60, seed: 21 });
  const config = configOf({ topK: 6 }, { fill: 'close' });
  const days = panel.dates.length;
  /** Scores that know how the next day ends. */
  const knowing: Panel = {
    ...panel,
    score: panel.score.map((_, at) => {
      const [t, code] = [Math.floor(at / 60), at % 60];
      const next = panel.close[code * days + Math.min(t + 1, days - 1)] as number;
      return next / (panel.close[code * days + t] as number);
    }),
  };

  it('scores that know tomorrow lose everything when fills come a day later', () => {
    const { points, finding } = lagCurve(knowing, config);
    expect(finding.verdict).toBe('fail');
    expect(points[0]?.sharpe).toBeGreaterThan(10);
    expect(points[1]?.sharpe).toBeLessThan(5);
  });

  it('scores without meaning do no better than the same scores dealt to other names', () => {
    expect(shuffledScores(panel, config).finding.verdict).toBe('unproven');
    expect(shuffledScores(knowing, config).finding.verdict).toBe('pass');
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
