import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type DateScores, InferenceError } from '../../inference/index.ts';
import type { InferAnswer } from './answer.ts';

const schema = z.object({
  golden: z.literal(1),
  model: z.string(),
  provider: z.string(),
  runtime: z.string(),
  platform: z.string(),
  score: z.string(),
  lookback: z.number(),
  features: z.array(z.string()),
  dates: z
    .array(
      z.object({
        date: z.iso.date(),
        input: z.string(),
        codes: z.array(z.string()),
        // What is no number has no other way to be written.
        scores: z.array(z.number().nullable()),
      }),
    )
    .min(1),
});

/** Scores as a model gave them, with all that is needed to tell whether it still does. */
export type GoldenSample = z.infer<typeof schema>;

/** Pure: the sample that an answer is worth. */
export function goldenSample(answer: InferAnswer): GoldenSample {
  const { model, provider, runtime, platform, ranked, window, dates } = answer;
  return {
    golden: 1,
    model: model.sha256,
    provider,
    runtime,
    platform,
    score: ranked,
    lookback: window.lookback,
    features: window.features,
    dates: dates.map(({ date, input, codes, scores }) => ({
      date,
      input,
      codes,
      scores: Array.from(scores[ranked] as Float32Array, (score) => (Number.isFinite(score) ? score : null)),
    })),
  };
}

/** @throws InferenceError */
export async function readGolden(file: string): Promise<GoldenSample> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new InferenceError('bad-golden', `${file} cannot be read. Check the path of the golden sample.`);
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new InferenceError('bad-golden', `${file} is no golden sample. Record one with --record FILE.`);
  }
}

export function recordedScores({ dates }: GoldenSample): DateScores[] {
  return dates.map(({ scores, ...date }) => ({
    ...date,
    scores: Float32Array.from(scores, (score) => score ?? Number.NaN),
  }));
}
