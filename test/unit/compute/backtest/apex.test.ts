import { describe, expect, it } from 'vitest';
import { optimise } from '../../../../electron/compute/backtest/apex/optimizer.ts';
import {
  apexCosts,
  apexFigures,
  costOf,
  defaultApexConfig,
  runApex,
} from '../../../../electron/compute/backtest/index.ts';
import { fixture } from '../seeds.ts';
import { apexPanel, randomPanel, writtenPanel } from './panels.ts';

const stored = fixture('apex-engine-monthly.json').cases.monthly;
const config = { ...defaultApexConfig, rebalance: 'monthly' as const };

/** Within 1e-9 of the stored figure, in proportion to it. */
const close = (found: number, expected: number) =>
  expect(Math.abs(found - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(1e-9);

describe("APEX-Ranker's own engine, reproduced", () => {
  const run = runApex(apexPanel(), config);
  const figures = apexFigures(run, config);

  it('gives the stored value of every day', () => {
    expect(run.values).toHaveLength(stored.values.length);
    stored.values.forEach((value: number, t: number) => {
      close(run.values[t] as number, value);
    });
  });

  it('gives every stored rebalance, with its names, its weights, its debt', () => {
    expect(run.rebalances).toHaveLength(7);
    for (const [i, expected] of stored.rebalances.entries()) {
      const found = run.rebalances[i] as (typeof run.rebalances)[number];
      expect(found).toMatchObject({
        date: expected.date,
        names: expected.n,
        held: expected.held,
        dropped: expected.dropped,
      });
      close(found.alpha, expected.alpha);
      close(found.unconstrainedTurnover, expected.unc);
      close(found.constrainedTurnover, expected.con);
      close(found.weightSum, expected.sumw);
      close(found.cash, expected.cash);
      close(found.cost, expected.cost);
      close(found.tradedTurnover, expected.traded_turnover);
      close(found.minWeight, expected.minw);
    }
  });

  it('gives every stored figure, by its own definitions', () => {
    const { transaction_costs: costs, ...metrics } = stored.metrics;
    close(figures.totalReturn.value, metrics.total_return);
    close(figures.annualisedReturn.value, metrics.annualized_return);
    close(figures.sharpe.value, metrics.sharpe_ratio);
    close(figures.sortino.value, metrics.sortino_ratio);
    close(figures.maxDrawdown.value, metrics.max_drawdown);
    close(figures.calmar.value, metrics.calmar_ratio);
    close(figures.winRate.value, metrics.win_rate);
    close(figures.averageTurnover.value, metrics.avg_turnover);
    close(figures.trades.value, metrics.total_trades);
    close(figures.totalCost.value, costs.total_cost);
    close(figures.costShare.value, costs.cost_pct_of_pv);
    close(figures.dailyCost.value, costs.avg_daily_cost_bps);
    close(figures.meanLoggedTurnover.value, stored.mean_logged_turnover);
  });

  it.each([
    [1e6, 1e9, 1060],
    [1e7, 1e9, 7650],
    [5e6, 1e8, 5550],
    [1e8, 1e9, 161_000],
    [99_999, 1e9, 105.0995],
  ])('a trade of %d in a day of %d costs %d', (value, day, cost) => {
    expect(costOf(apexCosts, value, day)).toBeCloseTo(cost, 4);
  });

  it('with a tiny portfolio keeps what it holds: the cost floor is taken from scores without a unit', () => {
    const candidates = Array.from({ length: 70 }, (_, code) => ({ code, score: 1 - code / 70 }));
    const held = new Map(candidates.slice(35).map(({ code }) => [code, 1 / 35]));
    const keptOf = (portfolio: number) => {
      const trade = portfolio / 35;
      const penalty = () => (2 * costOf(apexCosts, trade, 1e9)) / trade;
      const { weights } = optimise(candidates, held, { ...config, turnoverLimit: 1 }, penalty);
      return [...weights.keys()].filter((code) => held.has(code)).length;
    };
    expect(keptOf(1)).toBe(35);
    expect(keptOf(1e7)).toBe(0);
  });

  it('weekly skips a week whose Friday is a holiday', () => {
    const panel = randomPanel({ days: 15, codes: 40, seed: 2 });
    const friday = panel.dates.indexOf('2023-01-13');
    const dates = panel.dates.map((date, t) => (t === friday ? '2023-01-14' : date));
    const due = (one: readonly string[]) =>
      runApex({ ...panel, dates: one }, { ...config, rebalance: 'weekly' }).rebalances.map(
        ({ date }) => date,
      );
    expect(due(panel.dates)).toEqual(['2023-01-04', '2023-01-06', '2023-01-13', '2023-01-20']);
    expect(due(dates)).toEqual(['2023-01-04', '2023-01-06', '2023-01-20']);
  });

  it('that buys nothing is an error and no ratio of zero', () => {
    const nothing = writtenPanel({ A: { close: [1, 1, 1], score: [NaN, NaN, NaN] } });
    expect(() => runApex(nothing, config)).toThrow('all is cash, which is no result');
    expect(() => runApex(nothing, { ...config, topK: 0 })).toThrow(
      'top_k is a whole number of 1 or more, not 0',
    );
  });
});
