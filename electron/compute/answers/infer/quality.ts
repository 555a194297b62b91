import {
  calibration,
  ours,
  rankingQuality,
  scoreBands,
  shareInterval,
  signalFigures,
} from '../../statistics/index.ts';
import { writtenAll } from '../written.ts';
import type { ScoreQuality } from './answer.ts';
import type { RankedDate } from './distribution.ts';

/** Ranked scores of one date with what came after, in the order of the codes. */
export interface LabelledDate extends RankedDate {
  labels: Float64Array;
}

/** Pure: what scores said of the labels. */
export function qualityOf(label: string, k: number, dates: readonly LabelledDate[]): ScoreQuality {
  const pairs = dates.map(({ date, scores, labels }) => ({
    date,
    scores: Float64Array.from(scores),
    labels,
  }));
  const qualities = pairs.map(({ scores, labels }) => rankingQuality(scores, labels, k));
  return {
    label,
    k,
    figures: writtenAll(signalFigures(qualities, k, ours.name, 'dates')),
    dates: qualities.map((quality, i) => {
      const { scored, precisionAtK, baseRate, rankInformationCoefficient } = quality;
      const size = Math.min(k, scored);
      return {
        date: (pairs[i] as (typeof pairs)[number]).date,
        scored,
        precisionAtK: known(precisionAtK),
        precisionInterval: size > 0 ? shareInterval(Math.round(precisionAtK * size), size) : null,
        baseRate: known(baseRate),
        rankInformationCoefficient: known(rankInformationCoefficient),
      };
    }),
    calibration: calibrationOf(pairs),
    bands: scoreBands(pairs),
  };
}

/** Only of what can be read as probabilities. */
function calibrationOf(dates: readonly { scores: Float64Array; labels: Float64Array }[]) {
  const pairs = dates.flatMap(({ scores, labels }) =>
    Array.from(scores, (score, i) => [score, labels[i] as number] as const).filter((pair) =>
      pair.every(Number.isFinite),
    ),
  );
  const confidences = pairs.map(([score]) => score);
  if (pairs.length === 0 || confidences.some((score) => score < 0 || score > 1)) return null;
  const outcomes = pairs.map(([, label]) => label > 0);
  return {
    equalWidth: calibration(confidences, outcomes),
    equalMass: calibration(confidences, outcomes, { scheme: 'equal-mass' }),
  };
}

const known = (value: number) => (Number.isFinite(value) ? value : null);
