import { z } from 'zod';

/** A number with what is needed to read it. Null where the data are too few. */
export const figure = z.object({
  /** `sharpe`: what it is called among figures. */
  name: z.string(),
  title: z.string(),
  value: z.number().nullable(),
  /** `fraction` and `probability` from 0 to 1, `ratio`, `days`, `count`, `money`, `%`, `bps`, `years`. */
  unit: z.string(),
  /** How it was computed, in words: for whoever wonders. */
  convention: z.string(),
  /** Of 95 %, where it is an estimate. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
});
export type ComputedFigure = z.infer<typeof figure>;

/** What a rule makes of a figure. */
export const judgement = z.object({
  rule: z.string(),
  figure: z.string(),
  verdict: z.enum(['pass', 'fail', 'unproven', 'error', 'not-checked']),
  /** Why, and where it is not proven, how many more days would prove it. */
  sentence: z.string(),
});
export type Judgement = z.infer<typeof judgement>;

/** Counts between edges; there is one edge more than counts. */
export const histogram = z.object({ edges: z.array(z.number()), counts: z.array(z.number().int()) });
export type Histogram = z.infer<typeof histogram>;

/** A ranked name and its score. */
export const ranked = z.object({ code: z.string(), score: z.number() });
