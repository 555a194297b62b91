import { normalQuantile } from './distributions.ts';
import { deviation, mean, type Numbers } from './moments.ts';
import { rankCorrelation } from './ranks.ts';

/** A tenth of the scored, from the lowest scores up. */
export interface ScoreBand {
  count: number;
  meanScore: number;
  meanLabel: number;
  /** Of the mean label, 95 %, rows as independent; null below two rows. */
  interval: [number, number] | null;
}

export interface ScoreBands {
  bands: ScoreBand[];
  /** Spearman's correlation of band and mean label: 1 where each band has a higher one than the one below. */
  monotonicity: number;
}

/**
 * What labels followed scores that are no probabilities: each date's pairs are cut into bands of equal size by score, and
 * a band is put together over all dates. Pairs with a value that is no number are left out.
 */
export function scoreBands(dates: readonly { scores: Numbers; labels: Numbers }[], bands = 10): ScoreBands {
  const groups = Array.from({ length: bands }, () => ({ scores: [] as number[], labels: [] as number[] }));
  for (const { scores, labels } of dates) {
    const known = Array.from(scores, (score, i) => [score, labels[i] as number] as const)
      .filter((pair) => pair.every(Number.isFinite))
      .sort((a, b) => a[0] - b[0]);
    for (const [place, [score, label]] of known.entries()) {
      const group = groups[Math.floor((place * bands) / known.length)];
      group?.scores.push(score);
      group?.labels.push(label);
    }
  }
  const found = groups
    .filter(({ labels }) => labels.length > 0)
    .map(({ scores, labels }): ScoreBand => {
      const meanLabel = mean(labels);
      const half = (normalQuantile(0.975) * deviation(labels, 1)) / Math.sqrt(labels.length);
      return {
        count: labels.length,
        meanScore: mean(scores),
        meanLabel,
        interval: Number.isNaN(half) ? null : [meanLabel - half, meanLabel + half],
      };
    });
  return {
    bands: found,
    monotonicity: rankCorrelation(
      found.map((_, i) => i),
      found.map(({ meanLabel }) => meanLabel),
    ),
  };
}
