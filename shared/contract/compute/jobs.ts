import { z } from 'zod';
import { instant } from '../common.ts';

const path = z.string().min(1);

/** What can be asked of compute. Paths are as the list of files gives them, or whole. */
export const question = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('profile'), data: path, features: path.nullable().default(null) }),
  z.object({ kind: z.literal('drift'), reference: path, current: path }),
  z.object({
    kind: z.literal('infer'),
    model: path,
    data: path,
    /** A list of the features in the model's order; null where the model names them, or the data has no others. */
    features: path.nullable().default(null),
    provider: z.string().default('cpu'),
    /** So many dates, the last ones of the data. */
    dates: z.number().int().min(1).default(5),
    /** A recorded sample to hold the scores against. */
    golden: path.nullable().default(null),
    /** A column of what came after each date: above 0 is a hit. */
    label: z.string().min(1).nullable().default(null),
    bench: z.boolean().default(false),
  }),
  /** Two models over the same data. */
  z.object({
    kind: z.literal('shadow'),
    champion: path,
    challenger: path,
    data: path,
    dates: z.number().int().min(1).default(20),
    top: z.number().int().min(1).default(20),
  }),
  z.object({
    kind: z.literal('backtest'),
    panel: path,
    config: path,
    /** Another system's engine instead of ours. */
    compat: z.enum(['apex']).nullable().default(null),
    /** Whether it is also looked for what the model could not have known. */
    probes: z.boolean().default(false),
  }),
  /** Two configurations over one panel, their difference tested. */
  z.object({ kind: z.literal('compare'), panel: path, first: path, second: path }),
  z.object({
    kind: z.literal('sweep'),
    panel: path,
    config: path,
    grid: path,
    /** A host of ~/.ssh/config that has Slurm; null for the cores of this machine. */
    slurm: z.string().nullable().default(null),
    /** What is asked of the cluster; null is what it has as its default. */
    partition: z.string().nullable().default(null),
    account: z.string().nullable().default(null),
    /** The limit of a task: minutes, or h:mm:ss. */
    time: z.string().nullable().default(null),
  }),
  /** Every number of the open checklist beside what was re-computed. */
  z.object({
    kind: z.literal('claims'),
    returns: path,
    /** What was predicted and what came, for claims about forecasts. */
    predictions: path.nullable().default(null),
  }),
]);
export type Question = z.infer<typeof question>;
export type JobKind = Question['kind'];

export const job = z.object({
  id: z.string(),
  question,
  /** `Backtest of panel.csv by backtest.yaml`. */
  title: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** How many jobs are before it. */
  ahead: z.number().int(),
  /** What is being done now; empty when it does not run. */
  phase: z.string(),
  /** Of the job, from 0 to 1. */
  share: z.number(),
  elapsedMs: z.number().int(),
  /** Null while it cannot be told. */
  remainingMs: z.number().int().nullable(),
  askedAt: instant,
  endedAt: instant.nullable(),
  /** Where the answer comes from the store: when it was computed. */
  stored: instant.nullable(),
  /** Why there is no answer, with what to change; empty where there is one. */
  problem: z.string(),
  /** What came of it, in a few words: `Sharpe 0.93, unproven`. Empty before. */
  outcome: z.string(),
});
export type Job = z.infer<typeof job>;
