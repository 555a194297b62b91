import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnswerOf, JobName, QuestionOf } from '../jobs.ts';
import { forkCompute } from './child.ts';
import { ComputeError, receivedError } from './errors.ts';
import { remainingMs } from './estimate.ts';
import type { ComputeChild, ComputeMessage } from './protocol.ts';
import type { ComputeFolders } from './serve.ts';

/** Where a job is: in the queue behind so many others, or at work. */
export type JobProgress =
  | { state: 'waiting'; ahead: number }
  /** `share` is from 0 to 1; `remainingMs` is null while it cannot be told. */
  | { state: 'running'; phase: string; share: number; elapsedMs: number; remainingMs: number | null };

export interface AskOptions {
  onProgress?(progress: JobProgress): void;
  /** Cancels: a job that waits is forgotten, the process of one that runs is killed. */
  signal?: AbortSignal;
  /** Computes the answer even where the store has it. */
  fresh?: boolean;
}

export interface Answered<Answer> {
  answer: Answer;
  /** Where the answer comes from the store: when it was computed. */
  stored: string | null;
}

export interface ComputeProcessOptions {
  /** Kept from one start to the next: answers that were given. */
  folder: string;
  fork?(folders: ComputeFolders): ComputeChild;
}

interface Waiting {
  name: JobName;
  question: unknown;
  options: AskOptions;
  resolve(answered: Answered<unknown>): void;
  reject(error: Error): void;
}

/** A process that nobody asked anything of this long gives its memory back. */
const idleMs = 60_000;

/**
 * The compute process and the queue before it. It is started by the first job; one job runs at a time, because each may
 * take all cores. It may be killed at any time: that is how work is cancelled, and the next job starts it again.
 */
export class ComputeProcess {
  readonly #folder: string;
  readonly #fork: (folders: ComputeFolders) => ComputeChild;
  readonly #queue: Waiting[] = [];
  #running: { job: Waiting; begunMs: number } | null = null;
  #child: { process: ComputeChild; scratch: string } | null = null;
  #idle: NodeJS.Timeout | null = null;
  #closed = false;

  constructor({ folder, fork = forkCompute }: ComputeProcessOptions) {
    this.#folder = folder;
    this.#fork = fork;
  }

  /** @throws ComputeError, and what the job itself throws */
  ask<Name extends JobName>(
    name: Name,
    question: QuestionOf<Name>,
    options: AskOptions = {},
  ): Promise<Answered<AnswerOf<Name>>> {
    if (this.#closed) return Promise.reject(new ComputeError('closed', 'Compute has been closed.'));
    if (options.signal?.aborted) return Promise.reject(cancelled());
    return new Promise<Answered<unknown>>((resolve, reject) => {
      const job: Waiting = { name, question, options, resolve, reject };
      options.signal?.addEventListener('abort', () => this.#cancel(job), { once: true });
      this.#queue.push(job);
      this.#next();
    }) as Promise<Answered<AnswerOf<Name>>>;
  }

  /** Ends what runs and what waits. */
  close(): void {
    this.#closed = true;
    const jobs = this.#queue.splice(0);
    if (this.#running) jobs.unshift(this.#running.job);
    this.#running = null;
    this.#end();
    for (const { reject } of jobs)
      reject(new ComputeError('closed', 'Compute was closed before the answer.'));
  }

  #cancel(job: Waiting): void {
    const place = this.#queue.indexOf(job);
    if (place >= 0) this.#queue.splice(place, 1);
    else if (this.#running?.job === job) {
      this.#running = null;
      this.#end();
    } else return;
    job.reject(cancelled());
    this.#next();
  }

  #next(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    if (!this.#running) {
      const job = this.#queue.shift();
      if (job) this.#start(job);
      else if (this.#child) this.#idle = setTimeout(() => this.#end(), idleMs).unref();
    }
    for (const [place, { options }] of this.#queue.entries()) {
      options.onProgress?.({ state: 'waiting', ahead: place + (this.#running ? 1 : 0) });
    }
  }

  #start(job: Waiting): void {
    this.#running = { job, begunMs: performance.now() };
    try {
      this.#child ??= this.#startChild();
      const { name, question, options } = job;
      this.#child.process.post({ kind: 'ask', job: name, question, fresh: options.fresh ?? false });
    } catch (error) {
      this.#running = null;
      job.reject(error as Error);
      this.#next();
    }
  }

  #startChild(): { process: ComputeChild; scratch: string } {
    const scratch = mkdtempSync(join(tmpdir(), 'holdpoint-compute-'));
    const child = this.#fork({ folder: this.#folder, scratch });
    child.onMessage((message) => {
      if (this.#child?.process === child) this.#heard(message);
    });
    child.onEnd((how) => {
      removeScratch(scratch);
      if (this.#child?.process === child) this.#crashed(how);
    });
    return { process: child, scratch };
  }

  #heard(message: ComputeMessage): void {
    if (!this.#running) return;
    const { job, begunMs } = this.#running;
    if (message.kind === 'progress') {
      const { phase, share } = message;
      const elapsedMs = Math.round(performance.now() - begunMs);
      job.options.onProgress?.({
        state: 'running',
        phase,
        share,
        elapsedMs,
        remainingMs: remainingMs(elapsedMs, share),
      });
      return;
    }
    this.#running = null;
    if (message.kind === 'answer') job.resolve({ answer: message.answer, stored: message.stored });
    else job.reject(receivedError(message.error));
    this.#next();
  }

  #crashed(how: string): void {
    this.#child = null;
    const job = this.#running?.job;
    this.#running = null;
    job?.reject(
      new ComputeError(
        'crashed',
        `The compute process ${how} in the middle of "${job.name}". Nothing else is touched; ask again to start it anew.`,
      ),
    );
    this.#next();
  }

  #end(): void {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    child.process.kill();
    // Its end may come too late for a process that ends now, too; where it still holds files, the end takes them away.
    removeScratch(child.scratch);
  }
}

function removeScratch(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // What is still open on Windows stays among the temporary files of the system.
  }
}

function cancelled(): ComputeError {
  return new ComputeError('cancelled', 'The job was cancelled.');
}
