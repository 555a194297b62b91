import type { Keys } from '../../tables/index.ts';
import type { ModelAnswer, ScoreDistribution } from '../infer/answer.ts';
import type { WrittenFigure } from '../written.ts';

export interface ShadowQuestion {
  /** The model whose scores count today, and the one that may take its place. */
  champion: string;
  challenger: string;
  /** A file, a folder, or a pattern. */
  data: string;
  keys: Keys;
  provider: string;
  /** A list of the features in the order of both models; else what each says of itself. */
  features: string | null;
  lookback: number | null;
  /** So many dates, the last ones of the data. */
  dates: number;
  /** Codes in a run. */
  batch: number;
  /** The score that is ranked; the first of each model where it is null. */
  score: string | null;
  /** How many of the best are told apart. */
  top: number;
}

/** One of the two models, and how it ran. */
export interface ShadowModel {
  model: ModelAnswer;
  nodes: Record<string, number>;
  lookback: number;
  features: number;
  /** The score that is ranked. */
  ranked: string;
  distribution: ScoreDistribution;
}

export interface ShadowDay {
  date: string;
  /** Codes that both scored. */
  codes: number;
  /** Codes that only one of them could score. */
  onlyChampion: number;
  onlyChallenger: number;
  /** Spearman, over the codes that both scored; null below two of them. */
  rankCorrelation: number | null;
  /** Share of the champion's first K that are among the challenger's. */
  overlapAtK: number;
  /** Codes that the challenger takes into the first K, and those that it puts out. */
  enter: string[];
  leave: string[];
  /** Largest distance between the places that the two give one code. */
  largestMove: { code: string; champion: number; challenger: number } | null;
}

/** A code that the two see differently. */
export interface Disagreement {
  code: string;
  /** Dates on which both scored it. */
  days: number;
  /** Distance of its places, as a share of the codes of the date: mean over days, and mean with its sign. */
  meanMove: number;
  /** Above 0 the challenger ranks it higher. */
  meanShift: number;
  /** Days on which only one of them has it among its first K. */
  onlyChampion: number;
  onlyChallenger: number;
}

export interface ShadowAnswer {
  champion: ShadowModel;
  challenger: ShadowModel;
  provider: string;
  runtime: string;
  platform: string;
  k: number;
  days: ShadowDay[];
  /** Means over days with their intervals: `rankCorrelation`, `overlapAtK`. */
  figures: Record<'rankCorrelation' | 'overlapAtK', WrittenFigure>;
  /** The codes with the largest mean move, at most a hundred. */
  disagreements: Disagreement[];
  sentence: string;
  digest: string;
}
