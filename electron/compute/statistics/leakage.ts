import { correlation, type Numbers } from './moments.ts';

/**
 * What a probe for knowledge of the future found. `unproven`: the data do not decide. `not-checked`: what it takes was
 * not given; the sentence says what to give.
 */
export interface ProbeFinding {
  probe: string;
  verdict: 'pass' | 'fail' | 'unproven' | 'not-checked';
  sentence: string;
}

/** Scores of one date, with and without the rows after it: a score that changes has seen them. */
export function truncationProbe(full: Numbers, truncated: Numbers, tolerance = 1e-6): ProbeFinding {
  const probe = 'truncation';
  let [changed, largest] = [0, 0];
  for (let i = 0; i < full.length; i += 1) {
    const [a, b] = [full[i] as number, truncated[i] ?? Number.NaN];
    if (Number.isNaN(a) && Number.isNaN(b)) continue;
    const difference = Math.abs(a - b) / Math.max(1, Math.abs(a));
    if (difference <= tolerance) continue;
    changed += 1;
    if (!(difference <= largest)) largest = difference;
  }
  if (full.length === 0) {
    return { probe, verdict: 'unproven', sentence: 'There is no score to compare. Score at least one date.' };
  }
  return changed === 0
    ? { probe, verdict: 'pass', sentence: `All ${full.length} scores stay the same without later rows.` }
    : {
        probe,
        verdict: 'fail',
        sentence: `${changed} of ${full.length} scores change when later rows are taken away: they have seen the future. Find the feature that looks ahead.`,
      };
}

/** Whether a label tells of the time after its date or before it. All three are by row, NaN where unknown. */
export function labelTimingProbe(label: Numbers, forward: Numbers, trailing: Numbers): ProbeFinding {
  const probe = 'label timing';
  const [ahead, behind] = [Math.abs(correlation(label, forward)), Math.abs(correlation(label, trailing))];
  const shown = `correlation ${ahead.toFixed(3)} with the return after its date, ${behind.toFixed(3)} with the return before it`;
  if (Number.isNaN(ahead) || Number.isNaN(behind)) {
    return { probe, verdict: 'unproven', sentence: 'Too few rows have a label and a return on both sides.' };
  }
  if (behind > 0.5 && behind > ahead) {
    return {
      probe,
      verdict: 'fail',
      sentence: `The label looks backwards: ${shown}. Take the return that follows the date.`,
    };
  }
  if (ahead > 0.5) return { probe, verdict: 'pass', sentence: `The label looks forwards: ${shown}.` };
  return { probe, verdict: 'unproven', sentence: `The label follows neither: ${shown}. Say how it is made.` };
}

/** A label of `horizon` periods cannot be known on the last `horizon` dates. `known` is by date. */
export function labelEndProbe(known: readonly boolean[], horizon: number): ProbeFinding {
  const probe = 'label at the end';
  const late = known.slice(-horizon).filter(Boolean).length;
  return late === 0
    ? { probe, verdict: 'pass', sentence: `No label is known on the last ${horizon} dates.` }
    : {
        probe,
        verdict: 'fail',
        sentence: `${late} of the last ${horizon} dates have a label that looks ${horizon} dates ahead. It cannot be known yet: it looks backwards or is filled.`,
      };
}

export function labelAmongFeaturesProbe(features: readonly string[], label: string): ProbeFinding {
  const probe = 'label among features';
  return features.includes(label)
    ? {
        probe,
        verdict: 'fail',
        sentence: `"${label}" is the label and a feature. Take it out of the features.`,
      }
    : { probe, verdict: 'pass', sentence: `"${label}" is none of the ${features.length} features.` };
}

/** Spans as ISO dates, both ends included. `gap` is the count of periods between them. */
export function overlapProbe(
  train: { from: string; to: string },
  test: { from: string; to: string },
  { gap, horizon }: { gap: number; horizon: number },
): ProbeFinding {
  const probe = 'train and test';
  if (train.from <= test.to && test.from <= train.to) {
    const [, from, to] = [train.from, test.from, train.to, test.to].sort();
    return {
      probe,
      verdict: 'fail',
      sentence: `The test shares ${from} to ${to} with training. What it shows there is memory.`,
    };
  }
  return gap >= horizon
    ? {
        probe,
        verdict: 'pass',
        sentence: `${gap} periods lie between training and test; ${horizon} are needed.`,
      }
    : {
        probe,
        verdict: 'fail',
        sentence: `${gap} periods lie between training and test, but labels look ${horizon} ahead. Leave out ${horizon}.`,
      };
}

/** R² this high on returns is knowledge of the answer; on price levels it is knowledge of yesterday's price. */
export function tooGoodProbe(rSquared: number, rSquaredAgainstLast: number): ProbeFinding {
  const probe = 'too good';
  if (!(rSquared > 0.5)) {
    return { probe, verdict: 'pass', sentence: `R² ${rSquared.toFixed(3)} is within what forecasts reach.` };
  }
  const naive = rSquaredAgainstLast.toFixed(3);
  return {
    probe,
    verdict: rSquaredAgainstLast > 0.5 ? 'fail' : 'unproven',
    sentence: `R² is ${rSquared.toFixed(3)}, and ${naive} against the last known value. ${
      rSquaredAgainstLast > 0.5
        ? 'Published forecasts of returns stay below 0.01: look for the answer among the features.'
        : 'It is price levels that are forecast; judge the returns.'
    }`,
  };
}
