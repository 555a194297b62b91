import type {
  Bench,
  DateWindows,
  GoldenComparison,
  ModelFacts,
  Scores,
  TensorInfo,
} from '../../inference/index.ts';
import type { Keys } from '../../tables/index.ts';

export interface InferQuestion {
  model: string;
  /** A file, a folder, or a pattern. */
  data: string;
  keys: Keys;
  provider: string;
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
  bench: boolean;
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

export interface InferAnswer {
  model: ModelFacts & { name: string; sha256: string; inputs: TensorInfo[]; outputs: TensorInfo[] };
  provider: string;
  /** How many nodes ran where, from a profile of the first windows. */
  nodes: Record<string, number>;
  runtime: string;
  platform: string;
  window: { lookback: number; features: string[]; featuresFrom: 'list' | 'model' | 'data'; bytes: number };
  /** The score that is ranked. */
  ranked: string;
  dates: DateAnswer[];
  golden: (GoldenComparison & { sameModel: boolean }) | null;
  bench: Bench | null;
  digest: string;
}
