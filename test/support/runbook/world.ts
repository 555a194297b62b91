import type { Job, JobEnd, JobOutput, Jobs } from '../../../electron/ssh/index.ts';

/** Hosts as a model: jobs that go on whoever watches, and a count of how often each really began. */
export class World {
  readonly starts = new Map<string, number>();
  readonly #ends = new Map<string, Promise<JobEnd>>();
  readonly #scripts: (job: Job) => number;

  /** @param scripts gives a job's exit code; called once for each real start */
  constructor(scripts: (job: Job) => number = () => 0) {
    this.#scripts = scripts;
  }

  /** The hosts as one process sees them: nothing reaches it any more once it is dead. */
  jobsSeenBy(process: { dead: boolean }): Jobs {
    const run = async (job: Job, output: JobOutput): Promise<JobEnd> => {
      await pause();
      if (process.dead) return never();
      const key = `${job.host} ${job.id}`;
      let end = this.#ends.get(key);
      if (!end) {
        this.starts.set(key, (this.starts.get(key) ?? 0) + 1);
        end = this.#finish(job);
        this.#ends.set(key, end);
      }
      const ended = await end;
      await pause();
      if (process.dead) return never();
      output.write(Buffer.from(`output of ${job.id}\n`).subarray(output.offset()));
      return ended;
    };
    return { run, attach: never, cancel: async () => {}, sweep: async () => {} };
  }

  async #finish(job: Job): Promise<JobEnd> {
    const code = this.#scripts(job);
    await pause();
    return { kind: 'exited', code, timedOut: false, executions: 1, startedAt: '', endedAt: '' };
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function never(): Promise<never> {
  return new Promise(() => {});
}
