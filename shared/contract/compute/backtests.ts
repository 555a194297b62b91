import { z } from 'zod';
import { instant } from '../common.ts';
import { figure, judgement } from './figures.ts';

const equityPoint = z.object({ date: z.string(), value: z.number(), drawdown: z.number() });

export const backtestAnswer = z.object({
  kind: z.literal('backtest'),
  figures: z.array(figure.extend({ ours: figure.nullable() })),
  /** What its Sharpe ratio is worth. */
  validity: z.array(figure),
  judgements: z.array(judgement),
  equity: z.array(equityPoint),
  /** Around the value of each date: where 95 % of equally good records would lie. As long as equity, or empty. */
  band: z.array(z.object({ low: z.number(), high: z.number() })),
  months: z.array(z.object({ month: z.string(), return: z.number() })),
  rebalances: z.array(
    z.object({
      date: z.string(),
      names: z.number().int(),
      turnover: z.number(),
      cost: z.number(),
      cash: z.number(),
    }),
  ),
  /** Of the whole run, in money: `commission`, `slippage`, … */
  costs: z.array(z.object({ kind: z.string(), value: z.number() })),
  holdings: z.array(z.object({ code: z.string(), shares: z.number(), price: z.number(), value: z.number() })),
  trades: z.number().int(),
  finalValue: z.number(),
  /** What another engine is known to do wrong; empty for ours. */
  defects: z.array(z.string()),
  /** Null where they were not asked for. */
  probes: z
    .object({
      findings: z.array(judgement),
      /** Sharpe ratio by how many days later orders are filled. */
      lags: z.array(
        z.object({ lag: z.number().int(), sharpe: z.number(), low: z.number(), high: z.number() }),
      ),
    })
    .nullable(),
  /** What the ledger had when it was run: every try that the figure has to be held against. */
  trials: z.object({ count: z.number().int(), deviation: z.number().nullable() }),
  digest: z.string(),
});
export type BacktestView = z.infer<typeof backtestAnswer>;

const side = z.object({
  name: z.string(),
  figures: z.array(figure),
  /** Over the dates that both have; the value is 1 before the first of them. */
  equity: z.array(equityPoint),
});

export const compareAnswer = z.object({
  kind: z.literal('compare'),
  first: side,
  second: side,
  /** Of the Sharpe ratios, annual, first less second. */
  difference: figure,
  /** Share of resamples in which the first is better. */
  probability: z.number().nullable(),
  /** Of the daily returns. */
  correlation: z.number().nullable(),
  judgement,
  digest: z.string(),
});
export type CompareView = z.infer<typeof compareAnswer>;

export const sweepAnswer = z.object({
  kind: z.literal('sweep'),
  /** What the grid changes, in its order, with its values. */
  axes: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  /** Of the whole grid. */
  size: z.number().int(),
  points: z.array(
    z.object({
      /** A place among each axis's values. */
      at: z.array(z.number().int()),
      sharpe: z.number().nullable(),
      annualisedReturn: z.number().nullable(),
      maxDrawdown: z.number().nullable(),
      turnover: z.number().nullable(),
      costShare: z.number().nullable(),
      deflatedSharpe: z.number().nullable(),
      /** Why there are no figures; empty where there are. */
      problem: z.string(),
    }),
  ),
  best: z
    .object({
      point: z.number().int(),
      sharpe: z.number(),
      interval: z.tuple([z.number(), z.number()]),
      luckyBest: z.number(),
      deflatedSharpe: z.number(),
    })
    .nullable(),
  /** Probability of backtest overfitting, where it could be found. */
  overfitting: z.number().nullable(),
  /** Why it ended before the whole grid was run; empty where it was run. */
  stopped: z.string(),
  computed: z.number().int(),
  reused: z.number().int(),
  digest: z.string(),
});
export type SweepView = z.infer<typeof sweepAnswer>;

/** Every backtest that was run over one panel: the deflated Sharpe ratio needs their number and spread. */
export const trials = z.object({
  panel: z.string(),
  panelName: z.string(),
  count: z.number().int(),
  /** Of their annual Sharpe ratios; null for fewer than two. */
  deviation: z.number().nullable(),
  /** Newest first, the first hundred. */
  newest: z.array(
    z.object({
      at: instant,
      by: z.string(),
      title: z.string(),
      sharpe: z.number().nullable(),
      digest: z.string(),
    }),
  ),
});
export type TrialsView = z.infer<typeof trials>;
