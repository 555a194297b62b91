import { InferenceError } from './errors.ts';
import type { Session, TensorValue } from './session.ts';
import type { WindowShape } from './shape.ts';

/** The scores of one date: for each name of a score one value per code. */
export type Scores = Record<string, Float32Array>;

/** Runs windows in batches. Nothing is copied on the way in: a batch is a part of the windows. */
export async function scoreWindows(
  session: Session,
  { lookback, features, fixedBatch, hasRows }: WindowShape,
  values: Float32Array,
  codes: number,
  batch: number,
  horizons: readonly string[],
): Promise<Scores> {
  const size = lookback * features.length;
  const step = fixedBatch ?? batch;
  const scores: Scores = {};
  for (let from = 0; from < codes; from += step) {
    const count = Math.min(step, codes - from);
    let part = values.subarray(from * size, (from + count) * size);
    if (fixedBatch !== null && count < fixedBatch) {
      // The model takes so many and no fewer; what is filled up with zeros is not looked at.
      const full = new Float32Array(fixedBatch * size);
      full.set(part);
      part = full;
    }
    const sent = fixedBatch ?? count;
    const results = await session.run(
      part,
      hasRows ? [sent, lookback, features.length] : [sent, features.length],
    );
    for (const { name, valueAt } of scoreColumns(results, sent, horizons)) {
      scores[name] ??= new Float32Array(codes);
      for (let i = 0; i < count; i += 1) (scores[name] as Float32Array)[from + i] = valueAt(i);
    }
  }
  return scores;
}

/** Every output with a value, or several, per code. */
function scoreColumns(
  results: Record<string, TensorValue>,
  codes: number,
  horizons: readonly string[],
): { name: string; valueAt(code: number): number }[] {
  const found = Object.entries(results).flatMap(([output, { values, shape }]) => {
    const width = shape.slice(1).reduce((product, size) => product * size, 1);
    if (shape[0] !== codes || shape.length > 2) return [];
    return Array.from({ length: width }, (_, column) => ({
      name:
        width === 1
          ? output
          : horizons.length === width
            ? (horizons[column] as string)
            : `${output} ${column + 1}`,
      valueAt: (code: number) => values[code * width + column] as number,
    }));
  });
  if (found.length > 0) return found;
  const told = Object.entries(results).map(([name, { shape }]) => `"${name}" is [${shape.join(', ')}]`);
  throw new InferenceError(
    'wrong-shape',
    `The model gives no score per code for ${codes} codes: ${told.join('; ')}. Export it with an output of codes, or codes × horizons.`,
  );
}

/** Places from the highest score down; equal ones by code. Scores that are no numbers come last. */
export function ranking(scores: Float32Array, codes: readonly string[]): number[] {
  const key = (i: number) => (Number.isNaN(scores[i]) ? Number.NEGATIVE_INFINITY : (scores[i] as number));
  return Array.from(scores, (_, i) => i).sort(
    (a, b) => key(b) - key(a) || ((codes[a] as string) < (codes[b] as string) ? -1 : 1),
  );
}
