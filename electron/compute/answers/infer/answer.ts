import type {
  Bench,
  DateWindows,
  ModelFacts,
  ScoreComparison,
  Scores,
  TensorInfo,
} from '../../inference/index.ts';
import type {
  Calibration,
  ChunkDrift,
  Histogram,
  PopulationStability,
  SampleSummary,
  ScoreBands,
} from '../../statistics/index.ts';
import type { Keys } from '../../tables/index.ts';
import type { WrittenFigure } from '../written.ts';

export interface InferQuestion {
  model: string;
  /** A file, a folder, or a pattern. */
  data: string;
  keys: Keys;
  provider: string;
  /** Another provider, whose scores are compared with those of the first. */
  against?: string | null;
  /** A list of the features in the model's order. */
  features: string | null;
  lookback: number | null;
  /** So many dates, the last ones of the data. */
  dates: number;
  /** Codes in a run. */
  batch: number;
  /** The score that is ranked; the first where it is null. */
  score: string | null;
  /** How many of the best are told apart. */
  top: number;
  /** A recorded sample to compare with; it says the dates. */
  golden: string | null;
  /** A recorded sample whose scores say what is usual. */
  reference?: string | null;
  /** A column of what came after each date, such as a forward return: above 0 is a hit. */
  label?: string | null;
  bench: boolean;
  /** With `bench`: from one run at a time up to so many at once. */
  concurrency?: number | null;
}

export interface DateAnswer {
  date: string;
  /** SHA-256 of the windows, as the model got them. */
  input: string;
  codes: string[];
  /** By name, a value per code. */
  scores: Scores;
  left: DateWindows['left'];
}

export type ModelAnswer = ModelFacts & {
  name: string;
  sha256: string;
  inputs: TensorInfo[];
  outputs: TensorInfo[];
};

/** Scores of another provider, with the same windows. The first provider's are what they are held against. */
export interface ProviderParity extends ScoreComparison {
  provider: string;
  /** How many nodes ran where. */
  nodes: Record<string, number>;
}

/** What the ranked scores look like. */
export interface ScoreDistribution {
  /** Over all dates. */
  histogram: Histogram;
  summary: SampleSummary;
  /** By date; the counts are between the edges of the histogram. */
  dates: { date: string; summary: SampleSummary; counts: number[] }[];
}

/** What the ranked scores said of what came after. Null is what cannot be told. */
export interface ScoreQuality {
  label: string;
  k: number;
  /** Means over dates: precision at K beside its base rate, correlations, gain, spread. */
  figures: Record<string, WrittenFigure>;
  dates: {
    date: string;
    /** Codes with a score and a label. */
    scored: number;
    precisionAtK: number | null;
    /** 95 %, Wilson. */
    precisionInterval: [number, number] | null;
    baseRate: number | null;
    rankInformationCoefficient: number | null;
  }[];
  /** Where every score is from 0 to 1, and so may be read as the probability of a hit; by equal-width and equal-mass bins. */
  calibration: { equalWidth: Calibration; equalMass: Calibration } | null;
  /** Tenths of each date by score, and the mean label of each. */
  bands: ScoreBands;
}

/** The ranked scores against those of a recorded sample. */
export interface ScoreDrift {
  /** Whether the sample was recorded with this model, and by this score. */
  sameModel: boolean;
  sameScore: boolean;
  scores: { reference: number; current: number };
  psi: PopulationStability;
  ks: { distance: number; probability: number };
  jensenShannon: number;
  /** Date by date; null where the sample has too few dates to learn from. */
  chunks: ChunkDrift | null;
  /** Scores of the sample between the edges of the distribution's histogram. */
  counts: number[];
  drifted: boolean;
  sentence: string;
}

export interface InferAnswer {
  model: ModelAnswer;
  provider: string;
  /** How many nodes ran where, from a profile of the first windows. */
  nodes: Record<string, number>;
  runtime: string;
  platform: string;
  window: {
    lookback: number;
    features: string[];
    featuresFrom: 'list' | 'model' | 'data';
    /** What is held of the data, however large it is: the windows of one date, one batch on its way, the keys of the panel. */
    bytes: number;
    batchBytes: number;
    keyBytes: number;
  };
  /** The score that is ranked. */
  ranked: string;
  dates: DateAnswer[];
  golden: (ScoreComparison & { sameModel: boolean }) | null;
  against: ProviderParity | null;
  distribution: ScoreDistribution;
  quality: ScoreQuality | null;
  drift: ScoreDrift | null;
  bench: Bench | null;
  digest: string;
}
