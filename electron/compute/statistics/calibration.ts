import { shareInterval } from './distributions.ts';
import { StatisticsError } from './errors.ts';
import type { Numbers } from './moments.ts';

export interface ReliabilityBin {
  count: number;
  /** Mean of what was promised, and share of what came true with its 95 % interval. */
  confidence: number;
  observed: number;
  interval: [number, number];
}

export interface Calibration {
  /** Expected calibration error (Guo 2017): mean distance of promise and outcome, weighted by count. */
  error: number;
  bins: ReliabilityBin[];
  scheme: 'equal-width' | 'equal-mass';
}

/** @param confidences probabilities from 0 to 1; @param outcomes whether each came true */
export function calibration(
  confidences: Numbers,
  outcomes: readonly boolean[],
  { bins = 10, scheme = 'equal-width' as Calibration['scheme'] } = {},
): Calibration {
  const wrong = Array.from(confidences).findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong >= 0) {
    throw new StatisticsError(
      'bad-option',
      `Confidence ${confidences[wrong]} in row ${wrong + 1} is no probability. Calibration needs values from 0 to 1.`,
    );
  }
  const rows = Array.from(confidences, (confidence, i) => ({ confidence, hit: outcomes[i] === true }));
  const groups = Array.from({ length: bins }, () => [] as typeof rows);
  rows
    .toSorted((a, b) => a.confidence - b.confidence)
    .forEach((row, place) => {
      const bin = scheme === 'equal-width' ? row.confidence * bins : (place * bins) / rows.length;
      groups[Math.min(bins - 1, Math.floor(bin))]?.push(row);
    });
  const found = groups
    .filter((group) => group.length > 0)
    .map((group) => {
      const hits = group.filter(({ hit }) => hit).length;
      return {
        count: group.length,
        confidence: group.reduce((total, { confidence }) => total + confidence, 0) / group.length,
        observed: hits / group.length,
        interval: shareInterval(hits, group.length),
      };
    });
  const error = found.reduce(
    (total, bin) => total + (bin.count / rows.length) * Math.abs(bin.confidence - bin.observed),
    0,
  );
  return { error, bins: found, scheme };
}
