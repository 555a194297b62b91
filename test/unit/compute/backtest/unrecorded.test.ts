import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type BacktestConfig,
  type BacktestRun,
  type CostModel,
  runBacktest,
  runSweep,
  type TopK,
} from '../../../../electron/compute/backtest/index.ts';
import { configOf, randomPanel } from './panels.ts';

const plain: CostModel = { commission: [], slippage: null, fixedBps: 20 };

const setting = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  codes: fc.constantFrom(30, 300),
  missing: fc.constantFrom(0, 0.001, 0.01, 0.1),
  topK: fc.integer({ min: 1, max: 12 }),
  rebalance: fc.constantFrom<BacktestConfig['rebalance']>('daily', 'weekly', 'monthly', 3),
  fill: fc.constantFrom<BacktestConfig['fill']>('close', 'next-close'),
  lag: fc.integer({ min: 0, max: 2 }),
  weights: fc.constantFrom<TopK['weights']>('equal', 'score'),
  maxWeight: fc.constantFrom(1, 0.3),
  turnoverLimit: fc.constantFrom(0.05, 0.2, 0.5, 0.9, 1),
  minAlpha: fc.constantFrom(0, 0.3, 0.9995),
  dust: fc.constantFrom(0, 1e-6, 1e-4, 0.02),
  candidateMultiplier: fc.constantFrom(1, 2),
  delistAfter: fc.constantFrom(1, 4, 20),
  minWeight: fc.constantFrom(0, 0.01),
  turnoverRule: fc.constantFrom<TopK['turnoverRule']>('blend', 'blend', 'replace'),
  money: fc.constantFrom({}, { delistHaircut: 0.4 }, { allowNegativeCash: true }),
});

type Setting = typeof setting extends fc.Arbitrary<infer Value> ? Value : never;

/** Costs have taken the cash that a buy would need. */
const noCashLeft: Setting = {
  ...{ seed: 1, codes: 30, missing: 0, topK: 1, rebalance: 'daily', fill: 'close', lag: 0 },
  ...{ weights: 'equal', maxWeight: 1, turnoverLimit: 0.05, minAlpha: 0.9995, dust: 0 },
  ...{ candidateMultiplier: 1, delistAfter: 1, minWeight: 0, turnoverRule: 'blend', money: {} },
};
/** More is owed than what can be sold is worth: all of it goes, and no more. */
const inDebt: Setting = {
  ...{ ...noCashLeft, seed: 651, missing: 0.01, topK: 7, dust: 1e-6, delistAfter: 20 },
  ...{ rebalance: 3, fill: 'next-close', weights: 'score', turnoverRule: 'replace' },
  money: { allowNegativeCash: true },
};

it('a run whose trades nobody asks for gives what one with a log gives, with gaps in prices and names that end', () => {
  fc.assert(
    fc.property(
      setting,
      ({ seed, codes, missing, rebalance, fill, lag, delistAfter, money, ...strategy }) => {
        const panel = randomPanel({ days: 70, codes, seed, missing, sticky: 0.5 });
        const rules = { capital: 1e6, rebalance, fill, lag, delistAfter, costs: plain, ...money };
        const config = configOf(strategy, rules);
        const [together, apart] = [false, true].map((record) => runBacktest(panel, config, { record })) as [
          BacktestRun,
          BacktestRun,
        ];
        expect(together.trades).toBeNull();
        const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-10 * 1e6);
        for (const [t, value] of together.values.entries()) near(value, apart.values[t] as number);
        near(together.slippage, apart.slippage);
        expect(together.tradeCount).toBe(apart.tradeCount);
        const gone = (run: typeof together) =>
          run.delistings.toSorted((a, b) => a.date - b.date || a.code - b.code);
        expect(gone(together)).toEqual(gone(apart));
        for (const [i, row] of together.rebalances.entries()) {
          const { names, untradable, alpha, turnover } = row;
          const other = apart.rebalances[i] as typeof row;
          expect([names, untradable]).toEqual([other.names, other.untradable]);
          expect([alpha, turnover]).toEqual(
            [other.alpha, other.turnover].map((value) => expect.closeTo(value, 10)),
          );
        }
        const held = (run: typeof together) =>
          new Map(run.holdings.map(({ code, shares, price }) => [code, shares * price]));
        const others = held(apart);
        expect(together.holdings.length).toBe(others.size);
        for (const [code, worth] of held(together)) near(worth, others.get(code) as number);
      },
    ),
    { numRuns: 200, examples: [[noCashLeft], [inDebt]] },
  );
});

it('many configurations side by side, more than go abreast, give what each gives alone', () => {
  const panel = randomPanel({ days: 50, codes: 40, seed: 4, missing: 0.02 });
  const configs = Array.from({ length: 45 }, (_, i) =>
    configOf(
      { topK: 2 + (i % 7), turnoverLimit: [0.2, 0.6, 1][i % 3] as number },
      { rebalance: 1 + (i % 4), costs: plain },
    ),
  );
  for (const [i, outcome] of [...runSweep(panel, configs)].entries()) {
    const alone = runBacktest(panel, configs[i] as BacktestConfig, { record: false });
    expect('run' in outcome && outcome.run.values).toEqual(alone.values);
  }
});
