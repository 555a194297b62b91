import { basename } from 'node:path';
import { answerBacktest, type BacktestQuestion } from './answers/backtest.ts';
import { answerClaims, type ClaimsQuestion } from './answers/claims.ts';
import { answerCompare, type CompareQuestion } from './answers/compare.ts';
import { answerDrift, driftInputs } from './answers/drift.ts';
import { answerForecast, type ForecastQuestion } from './answers/forecast.ts';
import type { InferAnswer, InferQuestion } from './answers/infer/answer.ts';
import { answerInfer, inferInputs } from './answers/infer/index.ts';
import { answerMetrics, type MetricsQuestion } from './answers/metrics.ts';
import { answerProfile, profileInputs } from './answers/profile/index.ts';
import { answerShadow, shadowInputs } from './answers/shadow/index.ts';
import { answerSweep, type SweepAsked } from './answers/sweep.ts';
import { answerProviders, type ProviderAnswer } from './inference/index.ts';
import type { SweepExecutor } from './sweep/index.ts';

/** What a job has to work with beside its question. */
export interface Work {
  /** A folder for what does not outlast the process. */
  scratch: string;
  /** How many of the machine's cores it may take. */
  cores: number;
  /** SHA-256 of the files of its inputs, in their order. */
  digests: readonly string[];
  /** What is being done now, and the share of the job that is done, from 0 to 1. */
  progress(phase: string, share: number): void;
  /** What is known so far of an answer that comes bit by bit. */
  partial(answer: unknown): void;
  /** Computes points of a sweep on a cluster; `say` hears what becomes of its jobs. */
  cluster(place: ClusterPlace, say: (line: string) => void): SweepExecutor;
}

/** Where jobs of a cluster are submitted, and as what; empty is what the cluster has as its default. */
export interface ClusterPlace {
  host: string;
  partition: string;
  account: string;
  time: string;
}

export interface Job<Question, Answer> {
  /** All that the answer depends on: files by their content, and the rest of the question. */
  inputs(question: Question): Promise<JobInputs> | JobInputs;
  run(question: Question, work: Work): Promise<Answer>;
  /** Whether the same question has the same answer. What measures time has not. */
  keeps(question: Question): boolean;
}

export interface JobInputs {
  files: string[];
  settings: unknown;
}

function pure<Question, Answer>(
  inputs: (question: Question) => Promise<JobInputs> | JobInputs,
  run: (question: Question, work: Work) => Promise<Answer>,
): Job<Question, Answer> {
  return { inputs, run, keeps: () => true };
}

const given = (...files: (string | null | undefined)[]) => files.filter((file) => typeof file === 'string');

/** Every job that the compute process knows. */
export const jobs = {
  metrics: pure(
    ({ file, ...settings }: MetricsQuestion) => ({ files: [file], settings }),
    (question) => answerMetrics(question),
  ),
  backtest: pure(
    ({ panel, config, calendar, probes, ...settings }: BacktestQuestion) => {
      const { truncated = null, training = null } = probes ?? {};
      return {
        files: given(panel, config, calendar, truncated, training),
        settings: {
          ...settings,
          given: [calendar, truncated, training].map(Boolean),
          probes: Boolean(probes),
        },
      };
    },
    (question, { progress }) => answerBacktest(question, progress),
  ),
  compare: pure(
    ({ panel, calendar, configs }: CompareQuestion) => ({
      files: given(panel, calendar, ...configs),
      settings: { names: configs.map((file) => basename(file)), given: Boolean(calendar) },
    }),
    (question) => answerCompare(question),
  ),
  drift: pure(driftInputs, answerDrift),
  forecast: pure(
    ({ file, ...settings }: ForecastQuestion) => ({ files: [file], settings }),
    (question) => answerForecast(question),
  ),
  profile: pure(profileInputs, answerProfile),
  infer: {
    inputs: inferInputs,
    run: answerInfer,
    keeps: ({ bench }) => !bench,
  } satisfies Job<InferQuestion, InferAnswer>,
  shadow: pure(shadowInputs, answerShadow),
  providers: {
    inputs: () => ({ files: [], settings: {} }),
    run: answerProviders,
    // Devices come and go.
    keeps: () => false,
  } satisfies Job<Record<string, never>, ProviderAnswer[]>,
  claims: pure(
    ({ document, returns, predictions }: ClaimsQuestion) => ({
      files: [document, returns, ...given(predictions)],
      settings: {},
    }),
    answerClaims,
  ),
  sweep: pure(
    // Where points are kept and computed is no part of what they are.
    ({ panel, config, grid, calendar, selection }: SweepAsked) => ({
      files: [panel, config, grid, ...given(calendar)],
      settings: { selection },
    }),
    answerSweep,
  ),
};

export type JobName = keyof typeof jobs;
export type QuestionOf<Name extends JobName> = Parameters<(typeof jobs)[Name]['run']>[0];
export type AnswerOf<Name extends JobName> = Awaited<ReturnType<(typeof jobs)[Name]['run']>>;
