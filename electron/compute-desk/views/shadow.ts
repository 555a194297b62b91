import type { ShadowView } from '../../../shared/contract/compute/index.ts';
import type { ShadowAnswer, ShadowModel } from '../../compute/index.ts';

export function shadowView(answer: ShadowAnswer): ShadowView {
  const { champion, challenger, k, days, disagreements, sentence, digest } = answer;
  return {
    kind: 'shadow',
    champion: named(champion),
    challenger: named(challenger),
    top: k,
    days: days.map(({ date, codes, rankCorrelation, overlapAtK }) => ({
      ...{ date, codes, rankCorrelation },
      overlap: overlapAtK,
    })),
    distributions: {
      champion: champion.distribution.histogram,
      challenger: challenger.distribution.histogram,
    },
    disagreements: disagreements.map(({ code, days: seen, meanMove, meanShift, ...only }) => ({
      ...{ code, days: seen, ...only },
      move: meanMove,
      shift: meanShift,
    })),
    ...{ sentence, digest },
  };
}

const named = ({ model: { name, sha256 } }: ShadowModel) => ({ name, sha256 });

export function shadowOutcome({ days, top }: ShadowView): string {
  const correlations = days.flatMap(({ rankCorrelation }) => rankCorrelation ?? []);
  const mean = correlations.reduce((total, value) => total + value, 0) / correlations.length;
  const told = `${days.length} day${days.length === 1 ? '' : 's'}`;
  return correlations.length > 0
    ? `${told}, rank correlation ${mean.toFixed(2)}`
    : `${told}, first ${top} compared`;
}
