import { mkdtempSync } from 'node:fs';
import { basename, join } from 'node:path';
import { counted } from '../../../shared/units.ts';
import { DataError } from '../data/index.ts';
import type { JobInputs, Work } from '../jobs.ts';
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
import {
  findTableFiles,
  openDuck,
  openSamples,
  readingFailed,
  type Samples,
  type TableColumn,
} from '../tables/index.ts';
import { digestOf } from './written.ts';

export interface DriftQuestion {
  /** A file, a folder, or a pattern; so is the other. */
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
  /** Date by date, where both have a column `date` and the reference enough of them to learn from. */
  chunks: ChunkDrift | null;
  /** By the two-sample test, with false alarms over all features bounded to 5 %. */
  drifted: boolean;
}

export interface DriftInput {
  name: string;
  sha256: string;
}

export interface DriftAnswer {
  features: FeatureDrift[];
  rows: { reference: number; current: number };
  /** Columns that only one of the two has. */
  unmatched: { reference: string[]; current: string[] };
  /** Columns with too few values or others than numbers, and why. */
  skipped: { feature: string; why: string }[];
  inputs: { reference: DriftInput[]; current: DriftInput[] };
  digest: string;
}

/** Compares every column of numbers that both have. @throws DataError */
export async function answerDrift(
  { reference, current, bins }: DriftQuestion,
  { scratch, cores, digests, progress }: Work,
): Promise<DriftAnswer> {
  const [oldFiles, newFiles] = [await findTableFiles(reference), await findTableFiles(current)];
  const duck = await openDuck(mkdtempSync(join(scratch, 'drift-')), cores);
  try {
    const before = await openSamples(duck, oldFiles, 'reference', (share) =>
      progress('opening the reference', share * 0.2),
    );
    const now = await openSamples(duck, newFiles, 'current', (share) =>
      progress('opening what is now', 0.2 + share * 0.2),
    );
    const inputs = [...oldFiles.files, ...newFiles.files].map((file, i) => ({
      name: basename(file),
      sha256: digests[i] as string,
    }));
    return {
      ...(await compare([reference, before], [current, now], bins, (feature, share) =>
        progress(feature, 0.4 + share * 0.6),
      )),
      rows: { reference: before.rows, current: now.rows },
      unmatched: { reference: onlyIn(before, now), current: onlyIn(now, before) },
      inputs: {
        reference: inputs.slice(0, oldFiles.files.length),
        current: inputs.slice(oldFiles.files.length),
      },
      digest: digestOf('drift', digests, { bins, references: oldFiles.files.length }),
    };
  } catch (error) {
    throw error instanceof DataError ? error : readingFailed([...oldFiles.files, ...newFiles.files], error);
  } finally {
    duck.close();
  }
}

/** The files that the answer depends on, those of the reference first. */
export async function driftInputs({ reference, current, bins }: DriftQuestion): Promise<JobInputs> {
  const found = [(await findTableFiles(reference)).files, (await findTableFiles(current)).files];
  const names = found.map((files) => files.map((file) => basename(file)));
  return { files: found.flat(), settings: { bins, names } };
}

/** Each side under the path that names it. */
async function compare(
  [reference, before]: [string, Samples],
  [current, now]: [string, Samples],
  bins: number,
  progress: (feature: string, share: number) => void,
): Promise<Pick<DriftAnswer, 'features' | 'skipped'>> {
  const others = new Map(now.columns.map((column) => [column.name, column]));
  const shared = before.columns.flatMap((column): [TableColumn, TableColumn][] => {
    const other = others.get(column.name);
    return other ? [[column, other]] : [];
  });
  if (!shared.some((pair) => pair.every(({ type }) => type === 'number'))) {
    throw new DataError(
      'missing-column',
      `${reference} and ${current} have no column of numbers in common. Give two of the same features.`,
    );
  }
  const features: Omit<FeatureDrift, 'drifted'>[] = [];
  const skipped: DriftAnswer['skipped'] = [];
  for (const [i, [column, other]] of shared.entries()) {
    const feature = column.name;
    progress(feature, i / shared.length);
    const mistyped = notNumbers(reference, column) ?? notNumbers(current, other);
    if (mistyped !== null) {
      skipped.push({ feature, why: mistyped });
      continue;
    }
    const [a, b] = [await before.read(feature), await now.read(feature)];
    const infinite = someInfinite(reference, a.values) ?? someInfinite(current, b.values);
    if (infinite !== null) {
      skipped.push({ feature, why: infinite });
      continue;
    }
    try {
      features.push({
        feature,
        psi: populationStability(a.values, b.values, { bins }),
        ks: kolmogorovSmirnov(a.values, b.values),
        jensenShannon: jensenShannon(a.values, b.values),
        chunks: before.isDated && now.isDated ? chunkDrift(chunksOf(a), chunksOf(b)) : null,
        missing: { reference: missingOf(a.values), current: missingOf(b.values) },
      });
    } catch (error) {
      if (!(error instanceof StatisticsError)) throw error;
      skipped.push({ feature, why: error.message });
    }
  }
  const drifted = falseDiscovery(features.map(({ ks }) => ks.probability));
  return { features: features.map((feature, i) => ({ ...feature, drifted: drifted[i] === true })), skipped };
}

function notNumbers(path: string, { type }: TableColumn): string | null {
  if (type === 'number') return null;
  const what = { text: 'text', date: 'dates', other: 'something else' }[type];
  return `It holds ${what} in ${basename(path)}, and drift is found in numbers. Write numbers, or take it out.`;
}

function someInfinite(path: string, values: Float64Array): string | null {
  const infinite = values.reduce((count, value) => count + (Math.abs(value) === Infinity ? 1 : 0), 0);
  if (infinite === 0) return null;
  return `${counted(infinite, 'value is', 'values are')} infinite in ${basename(path)}. Leave empty what is not known.`;
}

function onlyIn(one: Samples, other: Samples): string[] {
  const names = new Set(other.columns.map(({ name }) => name));
  return one.columns.map(({ name }) => name).filter((name) => !names.has(name));
}

const msPerDay = 86_400_000;

/** Values by date, in the order of the dates. */
function chunksOf({ values, days }: Awaited<ReturnType<Samples['read']>>): Chunk[] {
  const rows = new Map<number, number>();
  for (const day of days) rows.set(day, (rows.get(day) ?? 0) + 1);
  const chunks = new Map(
    [...rows]
      .sort(([a], [b]) => a - b)
      .map(([day, count]) => [day, { values: new Float64Array(count), filled: 0 }]),
  );
  for (const [row, day] of days.entries()) {
    const chunk = chunks.get(day) as { values: Float64Array; filled: number };
    chunk.values[chunk.filled] = values[row] as number;
    chunk.filled += 1;
  }
  return [...chunks].map(([day, chunk]) => ({
    date: new Date(day * msPerDay).toISOString().slice(0, 10),
    values: chunk.values,
  }));
}

function missingOf(values: Float64Array): number {
  return values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
}
