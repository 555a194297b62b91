import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  removeResult,
  type SweepExecutor,
  type SweepJob,
  type SweepPoint,
  writeResult,
} from '../compute/index.ts';
import { type Ssh, SshError } from '../ssh/index.ts';
import { Cluster, type QueuedTasks, type Seen } from './cluster.ts';
import { SlurmError } from './errors.ts';
import { sendFiles } from './files.ts';
import { Recomputation } from './recompute.ts';
import type { Request } from './refusals.ts';

export interface SlurmOptions extends Partial<Request> {
  /** As `ssh` knows it: where jobs are submitted. Its home folder is that of the nodes. */
  host: string;
  /** The most tasks of an array. */
  arrayLimit?: number;
  /** The most tasks that run at a time. */
  tasksAtOnce?: number;
  /** Ends the following; the job goes on. */
  leave?: AbortSignal;
  /** Ends the jobs on the cluster, and the following; what has a result by then stays. */
  stop?: AbortSignal;
  /** A folder for files on their way; that of the system where nothing is said. */
  scratch?: string;
  say?: (line: string) => void;
  /** Chooses what is recomputed; from 0 to below 1. */
  random?: () => number;
}

/** Fewer points than this are not worth the start of a task: so many go over the dates side by side. */
const leastPoints = 20;
const firstLookMs = 500;
const lastLookMs = 15_000;
/** A shared file system may show a file a little later than Slurm shows its task as ended. */
const looksAfterTheEnd = 3;

/**
 * Computes points by an array of a Slurm cluster. Files are the truth about what is done, there as here: a job that is
 * in the queue is followed, whoever submitted it; one that is not is submitted for the points that have no result. What
 * comes back is partly recomputed here before any of it counts.
 */
export function slurmExecutor(ssh: Pick<Ssh, 'run' | 'reset'>, options: SlurmOptions): SweepExecutor {
  return { run: (job) => new Following(ssh, options, job).run() };
}

/** Ends the jobs of a sweep; gives the tasks that waited or ran. @throws SlurmError, SshError */
export function cancelSweep(ssh: Pick<Ssh, 'run'>, host: string, sweep: string): Promise<QueuedTasks[]> {
  return new Cluster(ssh, host, sweep).cancel();
}

class Following {
  readonly #ssh: Pick<Ssh, 'run' | 'reset'>;
  readonly #options: SlurmOptions;
  readonly #job: SweepJob;
  readonly #cluster: Cluster;
  readonly #say: (line: string) => void;
  readonly #wanted: Map<string, SweepPoint>;
  readonly #recomputation: Recomputation;
  /** Results that were there and could not be believed. */
  #spoilt: string[] = [];
  /** Whether the host has answered: a name that is wrong is not waited for. */
  #met = false;
  /** The job that is followed: submitted here, or found in the queue. */
  #followed: string | null = null;
  #looksWithoutJob = 0;
  /** Given when the following is to end, in whatever way. */
  readonly #called: AbortSignal;
  #waitMs = firstLookMs;
  #said = '';

  constructor(ssh: Pick<Ssh, 'run' | 'reset'>, options: SlurmOptions, job: SweepJob) {
    this.#ssh = ssh;
    this.#options = options;
    this.#job = job;
    this.#cluster = new Cluster(ssh, options.host, job.sweep, options.leave);
    this.#say = options.say ?? (() => {});
    this.#called = AbortSignal.any([options.leave, options.stop].filter((signal) => signal !== undefined));
    this.#wanted = new Map(job.points.map((point) => [point.digest, point]));
    this.#recomputation = new Recomputation(options.random ?? Math.random);
  }

  async run(): Promise<void> {
    if (this.#wanted.size === 0) return;
    for (;;) {
      try {
        if (await this.#step()) return;
      } catch (error) {
        if (this.#options.leave?.aborted) throw this.#left();
        if (this.#options.stop?.aborted) {
          // Files on their way are cut off; the next look ends what there is.
          if ((error as Error).name === 'AbortError') continue;
          throw passes(error) ? this.#notEnded(error as Error) : error;
        }
        if (!this.#met || !passes(error)) throw error;
        await this.#outlast(error as Error);
      }
      await this.#pause();
    }
  }

  /** Looks, takes what is there, and does what follows from it. True at the end. */
  async #step(): Promise<boolean> {
    const seen = await this.#cluster.look();
    this.#met = true;
    await this.#take(seen);
    if (this.#options.stop?.aborted && this.#wanted.size > 0) throw await this.#stopped();
    if (this.#wanted.size === 0 || this.#job.signal.aborted) {
      // Of a sweep that is whole only a task that was submitted twice can be left, with nothing to do.
      if (seen.tasks.length > 0 && this.#wanted.size > 0) await this.#cluster.cancel();
      return true;
    }
    if (seen.tasks.length > 0) {
      this.#followed = seen.tasks[0]?.job ?? null;
      this.#looksWithoutJob = 0;
      this.#sayOnce(`${this.#cluster.host}: ${tasksText(seen.tasks)}`);
    } else if (this.#followed === null) {
      this.#followed = await this.#submit();
    } else {
      this.#looksWithoutJob += 1;
      if (this.#looksWithoutJob >= looksAfterTheEnd) throw await this.#ended(this.#followed);
    }
    return false;
  }

  /** Fetches what is new, checks some of it, and keeps it. */
  async #take({ results }: Seen): Promise<void> {
    const digests = results.filter((digest) => this.#wanted.has(digest));
    if (digests.length === 0) return;
    const fetched = await this.#cluster.fetch(digests);
    const batch = fetched.flatMap((result) => {
      const point = this.#wanted.get(result.digest);
      return point ? [{ point, result }] : [];
    });
    try {
      await this.#recomputation.check(this.#cluster.host, this.#job, batch);
    } catch (error) {
      if (!(error instanceof SlurmError)) throw error;
      throw new SlurmError(error.code, `${error.message} ${await this.#doubt(results)}`);
    }
    for (const { result } of batch) {
      writeResult(this.#job.folder, result);
      this.#wanted.delete(result.digest);
    }
    this.#spoilt = digests.filter((digest) => this.#wanted.has(digest));
    if (batch.length === 0) return;
    this.#waitMs = firstLookMs;
    this.#job.onWritten(batch.map(({ result }) => result.digest));
    if (this.#wanted.size > 0) return;
    const { count } = this.#recomputation;
    this.#say(`${this.#cluster.host}: ${count} of the points recomputed here, with the same figures`);
  }

  /** Nothing that the cluster has given is kept, in this run or an earlier one. Says what became of it. */
  async #doubt(results: readonly string[]): Promise<string> {
    for (const digest of results) removeResult(this.#job.folder, digest);
    const next = 'Look for what is wrong with the cluster, then start the sweep again, or without --slurm.';
    try {
      await this.#cluster.doubt();
      return `The sweep is ended there and its results are put aside; none of them counts. ${next}`;
    } catch (error) {
      return `None of its results counts here, but they could not be put aside there (${(error as Error).message}): remove ${this.#cluster.folder} on ${this.#cluster.host}. ${next}`;
    }
  }

  async #submit(): Promise<string> {
    const { arrayLimit = 1000, tasksAtOnce = 100, scratch: below = tmpdir() } = this.#options;
    const { partition = '', account = '', time = '', memory = '' } = this.#options;
    const points = [...this.#wanted.values()];
    const scratch = mkdtempSync(join(below, 'holdpoint-slurm-'));
    try {
      const files = await sendFiles({
        shell: this.#ssh,
        cluster: this.#cluster,
        scratch,
        panel: this.#job.panel,
        points,
        signal: this.#called,
        say: this.#say,
      });
      // Nothing is submitted only to be ended.
      this.#called.throwIfAborted();
      const each = Math.max(leastPoints, Math.ceil(points.length / arrayLimit));
      const tasks = Math.ceil(points.length / each);
      const request = { partition, account, time, memory };
      const job = await this.#cluster.submit({ ...files, ...request, each, tasks, tasksAtOnce });
      this.#say(
        `${this.#cluster.host}: job ${job} has ${counted(points.length, 'point')} in ${counted(tasks, 'task')}`,
      );
      return job;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  /** The link, or Slurm's controller, is not there just now; the job goes on meanwhile. */
  async #outlast(error: Error): Promise<void> {
    const { host } = this.#cluster;
    this.#sayOnce(
      `${error.message} The job on ${host} goes on by itself; it is looked for until it is found.`,
    );
    await this.#ssh.reset();
  }

  async #pause(): Promise<void> {
    await sleep(this.#waitMs, undefined, { signal: this.#called }).catch(() => {});
    if (this.#options.leave?.aborted) throw this.#left();
    this.#waitMs = Math.min(lastLookMs, this.#waitMs * 1.5);
  }

  async #ended(job: string): Promise<SlurmError> {
    const { host } = this.#cluster;
    const missing = `${this.#wanted.size} of ${this.#job.points.length} points`;
    const words = await this.#cluster.lastWords(job).catch(() => []);
    return new SlurmError(
      'ended',
      [
        `Job ${job} on ${host} is over, and ${missing} have no result.`,
        ...(words.length > 0 ? [`Its tasks said: ${words.join('; ')}.`] : ['Its tasks said nothing.']),
        ...(this.#spoilt.length > 0
          ? [`Results there were cut off or changed, such as ${this.#spoilt[0]}.json.`]
          : []),
        'Start the same command again: it computes what is missing.',
      ].join(' '),
    );
  }

  async #stopped(): Promise<SlurmError> {
    const { host } = this.#cluster;
    const tasks = await this.#cluster.cancel();
    const ended =
      tasks.length > 0 ? `Ended on ${host}: ${tasksText(tasks)}.` : `Nothing waited or ran on ${host}.`;
    const all = this.#job.points.length;
    const here = `${all - this.#wanted.size} of ${counted(all, 'point')} came from there`;
    return new SlurmError('stopped', `${ended} ${here}. Start the sweep again to go on with it.`);
  }

  #notEnded({ message }: Error): SlurmError {
    const { host, jobName } = this.#cluster;
    return new SlurmError(
      'left',
      `The jobs of this sweep could not be ended: ${message} What waits or runs on ${host} goes on. End it there with "scancel -n ${jobName}", or start the sweep again and cancel it.`,
    );
  }

  #left(): SlurmError {
    const { host } = this.#cluster;
    const rest = this.#wanted.size;
    return new SlurmError(
      'left',
      this.#followed === null
        ? `Left while a job was being submitted on ${host}; it may be in the queue. Start the same command again: it goes on with it, or with --cancel to end it.`
        : `Job ${this.#followed} on ${host} goes on; ${rest} points are not here yet. Start the same command again to go on with it, or with --cancel to end it.`,
    );
  }

  #sayOnce(line: string): void {
    if (line !== this.#said) this.#say(line);
    this.#said = line;
  }
}

/** Whether waiting can mend it. */
function passes(error: unknown): boolean {
  if (error instanceof SshError) return ['unreachable', 'link-lost', 'timeout'].includes(error.code);
  return error instanceof SlurmError && error.code === 'no-answer';
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function tasksText(tasks: readonly QueuedTasks[]): string {
  const states = tasks.map(({ count, job, state }) => `${count} ${state.toLowerCase()} of job ${job}`);
  return `tasks ${states.join(', ')}`;
}
