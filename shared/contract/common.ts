import { z } from 'zod';

/** What a check found. `unproven`: the interval straddles the bound. `error`: could not be measured, never a pass. */
export const verdict = z.enum(['pass', 'fail', 'unproven', 'stale', 'error']);
export type Verdict = z.infer<typeof verdict>;

/** What a person says of an item. */
export const itemState = z.enum(['open', 'active', 'done', 'failed', 'blocked', 'waived']);
export type ItemState = z.infer<typeof itemState>;

/** What a role says of the launch. A missing answer is not a go. */
export const answerValue = z.enum(['go', 'go-with-condition', 'no-go', 'abstain']);
export type AnswerValue = z.infer<typeof answerValue>;

/** LIVE touches the team's real hosts; REHEARSAL the sandbox. Nothing proven in one counts in the other. */
export const mode = z.enum(['live', 'rehearsal']);
export type Mode = z.infer<typeof mode>;

/** ISO 8601 with offset or Z. */
export const instant = z.string();

/** A mistake in a file that a person wrote: where it is, and what to change. Lines and columns count from 1. */
export const problem = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  /** Place inside the file in its own words, such as `checks[2].item`; empty where the whole file is meant. */
  path: z.string(),
  message: z.string(),
  /** What to do, in a sentence; absent where the message says it. */
  hint: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

export const comparator = z.enum(['<', '<=', '>', '>=', '=']);
export type Comparator = z.infer<typeof comparator>;

/**
 * A threshold as such documents write it: `p95 < 5s`, `500GB+`, `Python 3.12+`, `<24 hours old`.
 * `unit` is canonical (`%`, `s`, `B`, `1/h`, … or empty for a plain number) and `value` is in it.
 */
export const rule = z.object({
  /** What is measured, in lower case without filler words: `latency p95`, `transaction cost`. */
  quantity: z.string(),
  comparator,
  bound: z.union([z.object({ value: z.number(), unit: z.string() }), z.object({ version: z.string() })]),
  /** The words of the document. */
  text: z.string(),
});
export type Rule = z.infer<typeof rule>;

/** One measured value, in the unit of the rule it was measured for. */
export const measured = z.object({
  quantity: z.string(),
  value: z.union([z.number(), z.string()]),
  unit: z.string(),
  /** Bounds of the 95 % interval where the value is an estimate. */
  interval: z.tuple([z.number(), z.number()]).optional(),
  /** How it was computed, where that changes the number: periods per year, percentile method. */
  convention: z.string().optional(),
  /** For reading: `612 GB`, `3.1 s [2.9, 3.4]`. */
  text: z.string(),
});
export type Measured = z.infer<typeof measured>;
