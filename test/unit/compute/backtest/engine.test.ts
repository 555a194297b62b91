import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apexCosts,
  type BacktestConfig,
  backtestFigures,
  backtestReturns,
  cappedWeights,
  closedTrades,
  decisionDates,
  defaultConfig,
  type Panel,
  Ranking,
  runBacktest,
  type TopK,
} from '../../../../electron/compute/backtest/index.ts';
import { configOf, randomPanel, weekdays, writtenPanel } from './panels.ts';

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
        for (const [t, value] of unrecorded.values.entries()) {
          expect(Math.abs(value / (run.values[t] as number) - 1)).toBeLessThan(1e-12);
        }
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
