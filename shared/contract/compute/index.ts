import { oc } from '@orpc/contract';
import { z } from 'zod';
import { backtestAnswer, compareAnswer, sweepAnswer, trials } from './backtests.ts';
import { claimsAnswer } from './claims.ts';
import { computeFile, driftAnswer, profileAnswer } from './data.ts';
import { job, question } from './jobs.ts';
import { inferAnswer, model, provider, shadowAnswer } from './models.ts';

export type { BacktestView, CompareView, SweepView, TrialsView } from './backtests.ts';
export type { ClaimsView } from './claims.ts';
export type { ComputeFile, DriftView, ProfileView } from './data.ts';
export type { ComputedFigure, Histogram, Judgement } from './figures.ts';
export type { Job, JobKind, Question } from './jobs.ts';
export type { InferView, ModelView, ProviderView, ShadowView } from './models.ts';

export const answer = z.discriminatedUnion('kind', [
  profileAnswer,
  driftAnswer,
  inferAnswer,
  shadowAnswer,
  backtestAnswer,
  compareAnswer,
  sweepAnswer,
  claimsAnswer,
]);
export type Answer = z.infer<typeof answer>;

const one = z.object({ id: z.string() });

export const computeContract = {
  /** What the pack has to ask about, and what was named by its path before. */
  files: oc.output(z.array(computeFile)),
  providers: oc.output(z.array(provider)),
  /** Newest first; the topic `compute` says when they change. */
  jobs: oc.output(z.array(job)),
  /** `fresh`: computes what the store has. */
  start: oc.input(z.object({ question, fresh: z.boolean().default(false) })).output(job),
  /** Ends a job. Whatever else is open stays as it is. */
  cancel: oc.input(one).output(z.array(job)),
  /** Takes a job that has ended out of the list; the ledger keeps what it tried. */
  forget: oc.input(one).output(z.array(job)),
  /** Of a job that is done; for a sweep that runs, the points so far. Null while it runs and nothing is known yet. */
  answer: oc.input(one).output(answer.nullable()),
  /** Writes every table of an answer into a new folder. */
  export: oc
    .input(one.extend({ path: z.string().min(1), format: z.enum(['csv', 'json', 'parquet']).default('csv') }))
    .output(z.object({ files: z.array(z.string()) })),
  models: oc.output(z.array(model)),
  /** Says what a model is to the others: there is one champion. */
  setModelRole: oc
    .input(z.object({ sha256: z.string(), role: z.enum(['champion', 'challenger']).nullable() }))
    .output(z.array(model)),
  trials: oc.output(z.array(trials)),
};
