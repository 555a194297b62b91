import { chunkThreshold, jensenShannon } from './drift.ts';
import type { Numbers } from './moments.ts';

/** Values of one date. */
export interface Chunk {
  date: string;
  values: Numbers;
}

export interface ChunkDistance {
  date: string;
  /** Jensen-Shannon distance to the whole reference, 0 to 1. */
  distance: number;
  beyond: boolean;
}

/** How far each date is from the reference, held against how far the reference's own dates are from it. */
export interface ChunkDrift {
  /** Mean and three deviations of the reference's own distances. */
  threshold: number;
  reference: ChunkDistance[];
  current: ChunkDistance[];
}

/** Fewer dates do not show how they usually differ; fewer values no distribution. */
export const leastChunks = 5;
const leastValues = 10;

/** Null where the reference has too few dates to learn from. Dates with fewer than ten known values are left out. */
export function chunkDrift(reference: readonly Chunk[], current: readonly Chunk[]): ChunkDrift | null {
  const known = (chunks: readonly Chunk[]) =>
    chunks
      .map(({ date, values }) => ({ date, values: Float64Array.from(values).filter(Number.isFinite).sort() }))
      .filter(({ values }) => values.length >= leastValues);
  const [before, now] = [known(reference), known(current)];
  if (before.length < leastChunks) return null;
  const whole = joined(before.map(({ values }) => values)).sort();
  const distances = (chunks: typeof before) =>
    chunks.map(({ date, values }) => ({ date, distance: jensenShannon(whole, values) }));
  const usual = distances(before);
  const threshold = chunkThreshold(usual.map(({ distance }) => distance));
  const judged = (found: typeof usual) =>
    found.map((one): ChunkDistance => ({ ...one, beyond: one.distance > threshold }));
  return { threshold, reference: judged(usual), current: judged(distances(now)) };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
