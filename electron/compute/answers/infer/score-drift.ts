import { InferenceError } from '../../inference/index.ts';
import {
  chunkDrift,
  countsBetween,
  jensenShannon,
  kolmogorovSmirnov,
  populationStability,
  StatisticsError,
} from '../../statistics/index.ts';
import type { ScoreDistribution, ScoreDrift } from './answer.ts';
import { allScores, type RankedDate } from './distribution.ts';
import { type GoldenSample, recordedScores } from './golden-file.ts';

/** Pure: ranked scores against those of a recorded sample. @throws InferenceError where there are too few to compare */
export function scoreDriftOf(
  sample: GoldenSample,
  dates: readonly RankedDate[],
  { histogram }: ScoreDistribution,
  current: { model: string; ranked: string },
): ScoreDrift {
  const recorded = recordedScores(sample);
  const [before, now] = [Array.from(allScores(recorded)), Array.from(allScores(dates))];
  const chunk = ({ date, scores }: Pick<RankedDate, 'date' | 'scores'>) => ({
    date,
    values: Array.from(scores),
  });
  try {
    const psi = populationStability(before, now);
    const chunks = chunkDrift(recorded.map(chunk), dates.map(chunk));
    const beyond = chunks?.current.filter(({ beyond }) => beyond) ?? [];
    const drifted = chunks ? beyond.length > 0 : psi.verdict === 'drifted';
    return {
      sameModel: sample.model === current.model,
      sameScore: sample.score === current.ranked,
      scores: { reference: before.length, current: now.length },
      psi,
      ks: kolmogorovSmirnov(before, now),
      jensenShannon: jensenShannon(before, now),
      chunks,
      counts: countsBetween(before, histogram.edges),
      drifted,
      sentence: chunks
        ? `${beyond.length} of ${chunks.current.length} dates are farther from the sample than its own dates: more than the mean and three deviations of their distances.`
        : `PSI is ${psi.index.toPrecision(3)}, and sampling alone exceeds ${psi.critical.toPrecision(3)} in one case of twenty. The sample has too few dates to learn how they usually differ.`,
    };
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    throw new InferenceError('bad-golden', `The scores cannot be held against the sample. ${error.message}`);
  }
}
