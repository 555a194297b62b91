import { BacktestError } from '../errors.ts';

/** The settings of APEX-Ranker's own engine, by their names there. */
export interface ApexConfig {
  rebalance: 'daily' | 'weekly' | 'monthly';
  topK: number;
  candidateMultiplier: number;
  minWeight: number;
  turnoverLimit: number;
  costPenalty: number;
  minAlpha: number;
  capital: number;
}

export const defaultApexConfig: ApexConfig = {
  rebalance: 'weekly',
  topK: 35,
  candidateMultiplier: 2,
  minWeight: 0.02,
  turnoverLimit: 0.35,
  costPenalty: 1,
  minAlpha: 0.1,
  capital: 1e7,
};

/** @throws BacktestError `bad-config` with every mistake at once */
export function checkApexConfig(config: ApexConfig): void {
  const { topK, candidateMultiplier, minWeight, turnoverLimit, costPenalty, minAlpha, capital } = config;
  const wrong = [
    Number.isInteger(topK) && topK >= 1 ? '' : `top_k is a whole number of 1 or more, not ${topK}`,
    candidateMultiplier >= 1 ? '' : `candidate_multiplier is 1 or more, not ${candidateMultiplier}`,
    minWeight >= 0 && minWeight <= 1 ? '' : `min_weight is a fraction from 0 to 1, not ${minWeight}`,
    turnoverLimit > 0 ? '' : `turnover_limit is a fraction above 0, not ${turnoverLimit}`,
    costPenalty >= 0 ? '' : `cost_penalty is 0 or more, not ${costPenalty}`,
    minAlpha >= 0 && minAlpha <= 1 ? '' : `min_alpha is a fraction from 0 to 1, not ${minAlpha}`,
    capital > 0 && Number.isFinite(capital) ? '' : `capital is an amount above 0, not ${capital}`,
  ].filter(Boolean);
  if (wrong.length > 0) throw new BacktestError('bad-config', `${wrong.join('; ')}.`);
}

/** What that engine does otherwise than its checklist says. Its figures hold all of this. */
export const apexDefects = [
  'Decides and fills at the same close.',
  'The turnover limit does not bind at the first rebalance, because weights are scaled back to 1 after blending.',
  'Blending keeps more names than top_k, and weights far below min_weight.',
  'Costs are taken after sizing, so that cash is negative from the first day.',
  'The cost penalty takes a fraction of the trade from a score without a unit.',
  'Names without a price keep their last one for ever.',
  'Weekly means Friday: a holiday on Friday skips the week.',
  'Average turnover divides by the final value and leaves out the first rebalance.',
  'The Sortino ratio divides by the deviation of losing days alone.',
  'The cost share is of the initial capital, over the whole run.',
] as const;
