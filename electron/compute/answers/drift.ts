import { DataError, readSamples, type SampleFile } from '../data/index.ts';
import {
  type Chunk,
  type ChunkDrift,
  chunkDrift,
  falseDiscovery,
  jensenShannon,
  kolmogorovSmirnov,
  type PopulationStability,
  populationStability,
  StatisticsError,
} from '../statistics/index.ts';
import { digestOf } from './written.ts';

export interface DriftQuestion {
  reference: string;
  current: string;
  bins: number;
}

export interface FeatureDrift {
  feature: string;
  psi: PopulationStability;
  /** Distance, and the probability of as much by chance. */
  ks: { distance: number; probability: number };
  /** Distance from 0 to 1. */
  jensenShannon: number;
  missing: { reference: number; current: number };
  /** Date by date, where both files have a column `date` and the reference enough of them to learn from. */
  chunks: ChunkDrift | null;
  /** By the two-sample test, with false alarms over all features bounded to 5 %. */
  drifted: boolean;
}

export interface DriftAnswer {
  features: FeatureDrift[];
  rows: { reference: number; current: number };
  /** Columns that only one of the files has. */
  unmatched: { reference: string[]; current: string[] };
  /** Columns with too few values, and why. */
  skipped: { feature: string; why: string }[];
  inputs: { reference: string; current: string };
  digest: string;
}

/** Compares every column of numbers that both files have. @throws DataError */
export async function answerDrift({ reference, current, bins }: DriftQuestion): Promise<DriftAnswer> {
  const [before, now] = [await readSamples(reference), await readSamples(current)];
  const names = [...before.columns.keys()].filter((name) => now.columns.has(name));
  if (names.length === 0) {
    throw new DataError(
      'missing-column',
      `${reference} and ${current} have no column of numbers in common. Give two files of the same features.`,
    );
  }
  const features: Omit<FeatureDrift, 'drifted'>[] = [];
  const skipped: DriftAnswer['skipped'] = [];
  for (const feature of names) {
    const [a, b] = [before.columns.get(feature) as Float64Array, now.columns.get(feature) as Float64Array];
    try {
      features.push({
        feature,
        psi: populationStability(a, b, { bins }),
        ks: kolmogorovSmirnov(a, b),
        jensenShannon: jensenShannon(a, b),
        chunks: chunkDrift(chunksOf(before, a), chunksOf(now, b)),
        missing: { reference: missingOf(a), current: missingOf(b) },
      });
    } catch (error) {
      if (!(error instanceof StatisticsError)) throw error;
      skipped.push({ feature, why: error.message });
    }
  }
  const drifted = falseDiscovery(features.map(({ ks }) => ks.probability));
  return {
    features: features.map((feature, i) => ({ ...feature, drifted: drifted[i] === true })),
    rows: { reference: before.rows, current: now.rows },
    unmatched: {
      reference: [...before.columns.keys()].filter((name) => !now.columns.has(name)),
      current: [...now.columns.keys()].filter((name) => !before.columns.has(name)),
    },
    skipped,
    inputs: { reference: before.sha256, current: now.sha256 },
    digest: digestOf('drift', [before.sha256, now.sha256], { bins }),
  };
}

function chunksOf({ dates }: SampleFile, values: Float64Array): Chunk[] {
  return [...(dates ?? [])].map(([date, rows]) => ({
    date,
    values: Float64Array.from(rows, (row) => values[row] as number),
  }));
}

function missingOf(values: Float64Array): number {
  return values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
}
