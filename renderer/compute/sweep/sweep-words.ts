import type { SweepView } from '../../../shared/contract/compute/index.ts';
import { formatValue } from '../figures/format.ts';

type Best = NonNullable<SweepView['best']>;

/** A best of many is proven when its deflated probability says so, as any other estimate is. */
const sure = 0.95;

export function bestVerdict({ deflatedSharpe }: Best): 'pass' | 'unproven' {
  return deflatedSharpe >= sure ? 'pass' : 'unproven';
}

export function bestSentence(best: Best): string {
  const chance = formatValue(best.deflatedSharpe, 'probability');
  if (bestVerdict(best) === 'pass') {
    return `Better than the best that luck gives among as many tries, with probability ${chance}.`;
  }
  return best.sharpe <= best.luckyBest
    ? `Tries without any skill would have given ${formatValue(best.luckyBest, 'ratio')} as their best. This one is not above it.`
    : `Above the ${formatValue(best.luckyBest, 'ratio')} that luck gives as the best of as many tries, but only with probability ${chance}; ${sure} would prove it.`;
}

/** What the probability of backtest overfitting means for who would choose the best point. */
export function overfittingSentence(probability: number): string {
  const share = Math.round(probability * 100);
  return `The point that is best in one half of the days is below the middle in the other half ${share} times of 100.${
    probability >= 0.5 ? ' Choosing it is no better than drawing lots.' : ''
  }`;
}
