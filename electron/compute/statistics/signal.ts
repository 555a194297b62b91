import type { Figure } from './figure.ts';
import { meanFigure } from './mean-figure.ts';
import type { RankingQuality } from './ranks.ts';

/** What scores said of labels, as means over dates with at least `k` scored. `dates` says what the dates are. */
export function signalFigures(
  qualities: readonly RankingQuality[],
  k: number,
  name: string,
  dates: string,
): Record<string, Figure> {
  const enough = qualities.filter(({ scored }) => scored >= k);
  const over = (pick: (date: RankingQuality) => number, unit: Figure['unit'], what: string) =>
    meanFigure(enough.map(pick), unit, name, what, dates);
  return {
    precisionAtK: over(
      (date) => date.precisionAtK,
      'fraction',
      `share of the best ${k} with a positive label`,
    ),
    baseRate: over((date) => date.baseRate, 'fraction', 'share of all scored with a positive label'),
    informationCoefficient: over((date) => date.informationCoefficient, 'ratio', 'Pearson'),
    rankInformationCoefficient: over(
      (date) => date.rankInformationCoefficient,
      'ratio',
      'Spearman, ties shared',
    ),
    ndcg: over((date) => date.ndcg, 'ratio', `gains above the lowest label, best ${k}`),
    topBottomSpread: over(
      (date) => date.topBottomSpread,
      'fraction',
      `mean label of the best ${k} less that of the worst`,
    ),
  };
}
