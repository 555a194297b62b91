import { type CostModel, freeOfCost } from './costs.ts';
import { BacktestError } from './errors.ts';
import type { Rebalance } from './schedule.ts';

/** The rules of a backtest. Weights, limits and shares are fractions. */
export interface BacktestConfig {
  strategy: Strategy;
  rebalance: Rebalance;
  capital: number;
  /** At which price, counted from the decision after the close of a date; `lag` adds trading days. */
  fill: 'close' | 'next-open' | 'next-close';
  lag: number;
  costs: CostModel;
  /** Buys shrink to the cash there is unless this is set. */
  allowNegativeCash: boolean;
  /** Shares are traded in multiples of this; null: in fractions. */
  lot: number | null;
  /** A held name without a price for so many dates is sold at its last price less the haircut. */
  delistAfter: number;
  delistHaircut: number;
}

export type Strategy = TopK | TopKDropout;

/** The K best scores. */
export interface TopK {
  kind: 'top-k';
  topK: number;
  /** `score`: in proportion to the distance from the best name left out. */
  weights: 'equal' | 'score';
  maxWeight: number;
  minWeight: number;
  /** A held name stays while it is among the best `topK * candidateMultiplier`. */
  candidateMultiplier: number;
  /** Half the sum of weight changes, on every rebalance but the first. 1 or more: no limit. */
  turnoverLimit: number;
  /** Above the limit: `blend` goes part of the way with every name, `replace` exchanges fewer names. */
  turnoverRule: 'blend' | 'replace';
  /** The least part of the way that blending goes, even above the limit. */
  minAlpha: number;
  /** Positions below this weight that are not wanted any more are sold. */
  dust: number;
}

/** Qlib's rule: at most `drop` of the held names go, and only for better ones. */
export interface TopKDropout {
  kind: 'top-k-dropout';
  topK: number;
  drop: number;
  /** A name is held for so many decisions before it may go. */
  holdDecisions: number;
  /** Share of the cash that buys take. */
  riskDegree: number;
}

export const defaultTopK: TopK = {
  kind: 'top-k',
  topK: 35,
  weights: 'equal',
  maxWeight: 1,
  minWeight: 0,
  candidateMultiplier: 1,
  turnoverLimit: 1,
  turnoverRule: 'blend',
  minAlpha: 0,
  dust: 1e-4,
};

export const defaultConfig: BacktestConfig = {
  strategy: defaultTopK,
  rebalance: 'monthly',
  capital: 1e7,
  fill: 'next-close',
  lag: 0,
  costs: freeOfCost,
  allowNegativeCash: false,
  lot: null,
  delistAfter: 20,
  delistHaircut: 0,
};

/** @throws BacktestError `bad-config` with every mistake at once */
export function checkConfig(config: BacktestConfig): void {
  const { strategy, rebalance, capital, lag, lot, delistAfter, delistHaircut } = config;
  const wrong = [
    typeof rebalance === 'number' && !(Number.isInteger(rebalance) && rebalance >= 1)
      ? `rebalance is daily, weekly, monthly, or a whole number of trading days, not ${rebalance}`
      : '',
    capital > 0 && Number.isFinite(capital) ? '' : `capital is an amount above 0, not ${capital}`,
    Number.isInteger(lag) && lag >= 0 ? '' : `lag is a whole number of days, not ${lag}`,
    lot === null || lot > 0 ? '' : `lot is a number of shares above 0, not ${lot}`,
    Number.isInteger(delistAfter) && delistAfter >= 1
      ? ''
      : `delist_after is a whole number of dates of 1 or more, not ${delistAfter}`,
    delistHaircut >= 0 && delistHaircut <= 1
      ? ''
      : `delist_haircut is a fraction from 0 to 1, not ${delistHaircut}`,
    ...strategyMistakes(strategy),
  ].filter(Boolean);
  if (wrong.length > 0) throw new BacktestError('bad-config', `${wrong.join('; ')}.`);
}

function strategyMistakes(strategy: Strategy): string[] {
  const { topK } = strategy;
  const whole =
    Number.isInteger(topK) && topK >= 1 ? '' : `top_k is a whole number of 1 or more, not ${topK}`;
  if (strategy.kind === 'top-k-dropout') {
    const { drop, holdDecisions, riskDegree } = strategy;
    return [
      whole,
      Number.isInteger(drop) && drop >= 1 ? '' : `drop is a whole number of 1 or more, not ${drop}`,
      Number.isInteger(holdDecisions) && holdDecisions >= 0
        ? ''
        : `hold is a whole number of decisions, not ${holdDecisions}`,
      riskDegree > 0 && riskDegree <= 1 ? '' : `risk_degree is a fraction up to 1, not ${riskDegree}`,
    ];
  }
  const fraction = (name: string, value: number) =>
    value >= 0 && value <= 1 ? '' : `${name} is a fraction from 0 to 1, not ${value}`;
  return [
    whole,
    fraction('min_weight', strategy.minWeight),
    fraction('max_weight', strategy.maxWeight),
    fraction('min_alpha', strategy.minAlpha),
    strategy.turnoverLimit > 0 ? '' : `turnover_limit is a fraction above 0, not ${strategy.turnoverLimit}`,
    strategy.candidateMultiplier >= 1
      ? ''
      : `candidate_multiplier is 1 or more, not ${strategy.candidateMultiplier}`,
  ];
}
