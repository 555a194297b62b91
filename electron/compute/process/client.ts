import { availableParallelism } from 'node:os';
import type { AnswerOf, JobName, QuestionOf } from '../jobs.ts';
import { type Weight, weightOf } from '../weight.ts';
import { forkCompute } from './child.ts';
import { ComputeError } from './errors.ts';
import { type Asked, cancelled, Lane } from './lane.ts';
import type { ComputeChild } from './protocol.ts';
import type { ComputeFolders } from './serve.ts';

/** Where a job is: in the queue behind so many others, or at work. */
export type JobProgress =
  | { state: 'waiting'; ahead: number }
  /** `share` is from 0 to 1; `remainingMs` is null while it cannot be told. */
  | { state: 'running'; phase: string; share: number; elapsedMs: number; remainingMs: number | null };

export interface AskOptions {
  onProgress?(progress: JobProgress): void;
  /** What is known so far of an answer that comes bit by bit. */
  onPartial?(answer: unknown): void;
  /** Cancels: a job that waits is forgotten, the process of one that runs is killed, what runs elsewhere is ended. */
  signal?: AbortSignal;
  /** Computes the answer even where the store has it. */
  fresh?: boolean;
}

export interface Answered<Answer> {
  answer: Answer;
  /** Where the answer comes from the store: when it was computed. */
  stored: string | null;
  /** Where it lies in the store; that holds until there is no more room. */
  key: string;
}

export interface ComputeProcessOptions {
  /** Kept from one start to the next: answers that were given. */
  folder: string;
  fork?(folders: ComputeFolders): ComputeChild;
}

/**
 * The compute processes and the queue before them. Heavy jobs run one at a time, because each may take all cores. Light
 * ones, of seconds on one core, run one at a time beside them in a process of their own and do not wait for them. A job
 * that measures time runs alone; what other machines compute is waited for in a third process, and hinders nobody. A process is started by its first job and may be killed at any time: that is how work
 * is cancelled, and the next job starts it again.
 */
export class ComputeProcess {
  readonly #light: Lane;
  readonly #heavy: Lane;
  readonly #elsewhere: Lane;
  #closed = false;

  constructor({ folder, fork = forkCompute }: ComputeProcessOptions) {
    const lane = (cores: number) =>
      new Lane({ fork: (scratch) => fork({ folder, scratch, cores }), onFree: () => this.#next() });
    this.#light = lane(1);
    this.#heavy = lane(availableParallelism());
    this.#elsewhere = lane(availableParallelism());
  }

  /** @throws ComputeError, and what the job itself throws */
  ask<Name extends JobName>(
    name: Name,
    question: QuestionOf<Name>,
    options: AskOptions = {},
  ): Promise<Answered<AnswerOf<Name>>> {
    if (this.#closed) return Promise.reject(new ComputeError('closed', 'Compute has been closed.'));
    if (options.signal?.aborted) return Promise.reject(cancelled());
    const weight = weightOf(name, question);
    const lane = this.#laneOf(weight);
    return new Promise<Answered<unknown>>((resolve, reject) => {
      const job: Asked = { name, question, weight, options, resolve, reject };
      options.signal?.addEventListener('abort', () => lane.cancel(job), { once: true });
      lane.add(job);
      this.#next();
    }) as Promise<Answered<AnswerOf<Name>>>;
  }

  /** Ends what runs and what waits. */
  close(): void {
    this.#closed = true;
    this.#light.close();
    this.#heavy.close();
    this.#elsewhere.close();
  }

  #laneOf(weight: Weight): Lane {
    if (weight === 'elsewhere') return this.#elsewhere;
    return weight === 'light' ? this.#light : this.#heavy;
  }

  #next(): void {
    if (this.#closed) return;
    this.#heavy.next(({ weight }) => weight !== 'alone' || this.#light.running === null);
    // A light job lets one pass that has to be alone: otherwise it might wait for ever.
    const isAlone = (this.#heavy.running ?? this.#heavy.first)?.weight === 'alone';
    this.#light.next(() => !isAlone);
    this.#elsewhere.next(() => true);
  }
}
