import { z } from 'zod';
import type { Rule } from '../../../shared/contract/common.ts';
import { parseRule } from '../../../shared/rule/index.ts';
import {
  type ApexConfig,
  apexCosts,
  type BacktestConfig,
  type CostModel,
  defaultApexConfig,
  defaultConfig,
  defaultTopK,
} from '../backtest/index.ts';
import type { TrialCount } from '../statistics/index.ts';
import { parseShape, readText } from './shape.ts';

/** What a configuration file asks for. */
export interface BacktestFile<Config> {
  config: Config;
  /** What must hold of the figures; empty where the file says nothing. */
  rules: Rule[];
  trials: TrialCount;
  periodsPerYear: number;
}

const rule = z.string().transform((text, context): Rule => {
  const parsed = parseRule(text);
  if (parsed.ok) return parsed.rule;
  context.addIssue({ code: 'custom', message: parsed.message });
  return z.NEVER;
});

const shared = {
  rules: z.array(rule).default([]),
  trials: z.number().int().min(1).default(1),
  /** Standard deviation of the trials' Sharpe ratios, annual. */
  trial_deviation: z.number().min(0).optional(),
  periods_per_year: z.number().positive().default(252),
};

const tier = z.strictObject({
  up_to: z.number().positive().optional(),
  rate: z.number().min(0),
  least: z.number().min(0).default(0),
  most: z.number().min(0).optional(),
});
const costs = z.union([
  z.literal('free'),
  z.literal('apex'),
  z.strictObject({
    fixed_bps: z.number().min(0).default(0),
    commission: z.array(tier).default([]),
    slippage: z
      .strictObject({
        base_bps: z.number().min(0),
        bps_per_participation: z.number().min(0).default(0),
        most_from_participation: z.number().min(0).optional(),
        most_bps: z.number().min(0).optional(),
        unknown_participation: z.number().min(0).default(0.01),
      })
      .optional(),
  }),
]);

const topKShape = {
  top_k: z.number(),
  candidate_multiplier: z.number().optional(),
  min_weight: z.number().optional(),
  turnover_limit: z.number().optional(),
  min_alpha: z.number().optional(),
  cost_penalty: z.number().optional(),
};

const ownShape = z.strictObject({
  ...shared,
  ...topKShape,
  top_k: z.number().default(defaultTopK.topK),
  strategy: z.enum(['top-k', 'top-k-dropout']).default('top-k'),
  rebalance: z
    .union([z.enum(['daily', 'weekly', 'monthly']), z.number().int().min(1)])
    .default(defaultConfig.rebalance),
  weights: z.enum(['equal', 'score']).optional(),
  max_weight: z.number().optional(),
  turnover_rule: z.enum(['blend', 'replace']).optional(),
  dust: z.number().min(0).optional(),
  drop: z.number().default(5),
  hold: z.number().default(1),
  risk_degree: z.number().default(0.95),
  capital: z.number().optional(),
  fill: z.enum(['close', 'next-open', 'next-close']).optional(),
  lag: z.number().optional(),
  costs: costs.default({ fixed_bps: 10, commission: [] }),
  lot: z.number().nullable().optional(),
  allow_negative_cash: z.boolean().optional(),
  delist_after: z.number().optional(),
  delist_haircut: z.number().optional(),
});

const apexShape = z.strictObject({
  ...shared,
  ...topKShape,
  top_k: z.number().optional(),
  rebalance: z.enum(['daily', 'weekly', 'monthly']).optional(),
  capital: z.number().optional(),
});

type OwnFile = BacktestFile<BacktestConfig> & { costPenalty: number };

/** Reads the rules of a backtest from JSON or YAML. @throws DataError `bad-config` with every mistake */
export async function readBacktestConfig(file: string): Promise<OwnFile> {
  return parseBacktestConfig(await readText(file), file);
}

/** The rules of a backtest from text that came from a file. @throws DataError `bad-config` with every mistake */
export function parseBacktestConfig(text: string, file: string): OwnFile {
  const read = parseShape(text, file, ownShape);
  const { top_k: topK, strategy } = read;
  const config: BacktestConfig = {
    ...defaultConfig,
    rebalance: read.rebalance,
    costs: costModel(read.costs),
    ...given({
      capital: read.capital,
      fill: read.fill,
      lag: read.lag,
      lot: read.lot,
      allowNegativeCash: read.allow_negative_cash,
      delistAfter: read.delist_after,
      delistHaircut: read.delist_haircut,
    }),
    strategy:
      strategy === 'top-k-dropout'
        ? { kind: strategy, topK, drop: read.drop, holdDecisions: read.hold, riskDegree: read.risk_degree }
        : {
            ...defaultTopK,
            topK,
            ...given({
              weights: read.weights,
              maxWeight: read.max_weight,
              minWeight: read.min_weight,
              candidateMultiplier: read.candidate_multiplier,
              turnoverLimit: read.turnover_limit,
              turnoverRule: read.turnover_rule,
              minAlpha: read.min_alpha,
              dust: read.dust,
            }),
          },
  };
  return { config, costPenalty: read.cost_penalty ?? 0, ...common(read) };
}

/** Reads the settings of APEX-Ranker's engine. @throws DataError `bad-config` with every mistake */
export async function readApexConfig(file: string): Promise<BacktestFile<ApexConfig>> {
  return parseApexConfig(await readText(file), file);
}

/** The same from text that came from a file. @throws DataError `bad-config` with every mistake */
export function parseApexConfig(text: string, file: string): BacktestFile<ApexConfig> {
  const read = parseShape(text, file, apexShape);
  const config: ApexConfig = {
    ...defaultApexConfig,
    ...given({
      rebalance: read.rebalance,
      topK: read.top_k,
      candidateMultiplier: read.candidate_multiplier,
      minWeight: read.min_weight,
      turnoverLimit: read.turnover_limit,
      costPenalty: read.cost_penalty,
      minAlpha: read.min_alpha,
      capital: read.capital,
    }),
  };
  return { config, ...common(read) };
}

interface Shared {
  rules: Rule[];
  trials: number;
  trial_deviation?: number | undefined;
  periods_per_year: number;
}

function common(read: Shared): Omit<BacktestFile<never>, 'config'> {
  const { rules, trials, trial_deviation: deviation, periods_per_year: periodsPerYear } = read;
  return { rules, trials: { trials, ...(deviation === undefined ? {} : { deviation }) }, periodsPerYear };
}

type Given<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** Only what was written: a default stays where nothing was. */
function given<Values extends object>(values: Values): Given<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Given<Values>;
}

function costModel(read: z.infer<typeof costs>): CostModel {
  if (read === 'free') return { commission: [], slippage: null, fixedBps: 0 };
  if (read === 'apex') return apexCosts;
  return {
    fixedBps: read.fixed_bps,
    commission: read.commission.map(({ up_to: upTo, rate, least, most }) => ({
      upTo: upTo ?? Number.POSITIVE_INFINITY,
      rate,
      least,
      most: most ?? Number.POSITIVE_INFINITY,
    })),
    slippage: read.slippage
      ? {
          baseBps: read.slippage.base_bps,
          bpsPerParticipation: read.slippage.bps_per_participation,
          mostFromParticipation: read.slippage.most_from_participation ?? Number.POSITIVE_INFINITY,
          mostBps: read.slippage.most_bps ?? Number.POSITIVE_INFINITY,
          unknownParticipation: read.slippage.unknown_participation,
        }
      : null,
  };
}
