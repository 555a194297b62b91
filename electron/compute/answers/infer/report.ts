import { ranking } from '../../inference/index.ts';
import type { DateAnswer, InferAnswer } from './answer.ts';

/** A code with its place on a date, from 1; scores that are no number are null. */
export interface RankedRow {
  rank: number;
  code: string;
  scores: Record<string, number | null>;
}

/** An answer as plain data, with the first codes of each date in place of all. */
export type InferReport = Omit<InferAnswer, 'dates'> & {
  dates: (Omit<DateAnswer, 'codes' | 'scores'> & { codes: number; first: RankedRow[] })[];
};

/** Pure: every code of a date, best first. */
export function rankedRows({ codes, scores }: DateAnswer, ranked: string): RankedRow[] {
  return ranking(scores[ranked] as Float32Array, codes).map((place, i) => ({
    rank: i + 1,
    code: codes[place] as string,
    scores: Object.fromEntries(
      Object.entries(scores).map(([name, values]) => {
        const value = values[place] as number;
        return [name, Number.isFinite(value) ? value : null];
      }),
    ),
  }));
}

/** Pure: the stable shape of `infer --json`. */
export function inferReport({ dates, ...answer }: InferAnswer, top: number): InferReport {
  return {
    ...answer,
    dates: dates.map((one) => ({
      date: one.date,
      input: one.input,
      codes: one.codes.length,
      left: one.left,
      first: rankedRows(one, answer.ranked).slice(0, top),
    })),
  };
}
