import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobName } from '../jobs.ts';
import type { Weight } from '../weight.ts';
import type { Answered, AskOptions } from './client.ts';
import { ComputeError, receivedError } from './errors.ts';
import { remainingMs } from './estimate.ts';
import type { ComputeChild, ComputeMessage } from './protocol.ts';

/** A job from being asked to its end. */
export interface Asked {
  name: JobName;
  question: unknown;
  weight: Weight;
  options: AskOptions;
  resolve(answered: Answered<unknown>): void;
  reject(error: Error): void;
}

interface LaneOptions {
  fork(scratch: string): ComputeChild;
  /** A job has ended, in whatever way. */
  onFree(): void;
}

/** A process that nobody asked anything of this long gives its memory back. */
const idleMs = 60_000;

/** One process, the job it is at, and those that wait for it. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #queue: Asked[] = [];
  #running: { job: Asked; begunMs: number } | null = null;
  #child: { process: ComputeChild; scratch: string } | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get running(): Asked | null {
    return this.#running?.job ?? null;
  }

  get first(): Asked | null {
    return this.#queue[0] ?? null;
  }

  add(job: Asked): void {
    this.#queue.push(job);
  }

  /** Starts the first that waits, where nothing runs and it may; and tells the others their place. */
  next(mayStart: (job: Asked) => boolean): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    const first = this.first;
    if (!this.#running && first && mayStart(first)) {
      this.#queue.shift();
      this.#start(first);
    }
    if (!this.#running && !this.first && this.#child) {
      this.#idle = setTimeout(() => this.#end(), idleMs).unref();
    }
    // The first waits for something, too: for the other lane.
    for (const [place, { options }] of this.#queue.entries()) {
      options.onProgress?.({ state: 'waiting', ahead: place + 1 });
    }
  }

  /** Takes a job out. One that runs ends with its process; one that runs elsewhere is told, and ends by itself. */
  cancel(job: Asked): void {
    const place = this.#queue.indexOf(job);
    if (place >= 0) this.#queue.splice(place, 1);
    else if (this.#running?.job === job && job.weight === 'elsewhere') {
      this.#child?.process.post({ kind: 'stop' });
      return;
    } else if (this.#running?.job === job) {
      this.#running = null;
      this.#end();
    } else return;
    job.reject(cancelled());
    this.#options.onFree();
  }

  close(): void {
    if (this.#idle) clearTimeout(this.#idle);
    const jobs = this.#queue.splice(0);
    if (this.#running) jobs.unshift(this.#running.job);
    this.#running = null;
    this.#end();
    for (const { reject } of jobs)
      reject(new ComputeError('closed', 'Compute was closed before the answer.'));
  }

  #start(job: Asked): void {
    this.#running = { job, begunMs: performance.now() };
    try {
      this.#child ??= this.#startChild();
      const { name, question, options } = job;
      this.#child.process.post({ kind: 'ask', job: name, question, fresh: options.fresh ?? false });
    } catch (error) {
      this.#running = null;
      job.reject(error as Error);
      this.#options.onFree();
    }
  }

  #startChild(): { process: ComputeChild; scratch: string } {
    const scratch = mkdtempSync(join(tmpdir(), 'holdpoint-compute-'));
    const child = this.#options.fork(scratch);
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
    if (message.kind === 'partial') {
      job.options.onPartial?.(message.answer);
      return;
    }
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
    if (message.kind === 'answer') {
      const { answer, stored, key } = message;
      job.resolve({ answer, stored, key });
    } else job.reject(receivedError(message.error));
    this.#options.onFree();
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
    this.#options.onFree();
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

export function cancelled(): ComputeError {
  return new ComputeError('cancelled', 'The job was cancelled.');
}
