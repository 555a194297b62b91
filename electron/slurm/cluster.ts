import { type PointResult, parseResult } from '../compute/index.ts';
import { type Shell, SshError } from '../ssh/index.ts';
import { SlurmError } from './errors.ts';
import { type HostFacts, parseFacts } from './node.ts';
import { type ProgramName, programOf } from './programs.ts';
import { explainRefusal, noAnswer, type Request } from './refusals.ts';

/** Tasks of one job in one state, as Slurm calls it. */
export interface QueuedTasks {
  count: number;
  job: string;
  state: string;
}

export interface Seen {
  /** Empty where no job of the sweep waits or runs. */
  tasks: QueuedTasks[];
  /** Digests of the points that have a result there, good or not. */
  results: string[];
}

/** An array to submit: files by their names in the folder `files`, but an absolute path for a Node of the host's own. */
export interface Submission extends Request {
  node: string;
  program: string;
  entry: string;
  panel: string;
  points: string;
  /** Points a task. */
  each: number;
  tasks: number;
  tasksAtOnce: number;
}

/** Where files of any sweep are, below the home folder. */
export const filesFolder = '.holdpoint/sweeps/files';

/** So many results are asked for at a time. */
const fetchedAtOnce = 2_000;
const timeoutMs = 120_000;

/** One sweep on one cluster, through the host where its jobs are submitted. Every call is one session. */
export class Cluster {
  readonly host: string;
  /** The sweep's own, on the host. */
  readonly folder: string;
  /** What Slurm knows the sweep's jobs by. */
  readonly jobName: string;
  readonly #shell: Shell;
  readonly #sweep: string;
  readonly #signal: AbortSignal | undefined;

  constructor(shell: Shell, host: string, sweep: string, signal?: AbortSignal) {
    this.host = host;
    this.#shell = shell;
    // Slurm shows it in the names of jobs; half of a digest is long enough for nobody to meet another.
    this.#sweep = sweep.slice(0, 32);
    this.folder = `~/.holdpoint/sweeps/${this.#sweep}`;
    this.jobName = `holdpoint-${this.#sweep}`;
    this.#signal = signal;
  }

  async look(): Promise<Seen> {
    const text = await this.#ran('looking');
    const results = [...text.matchAll(/^result ([0-9a-f]{64})$/gm)].map(([, digest]) => digest as string);
    return { tasks: parseTasks(text), results };
  }

  /** Results by their digests; those that were cut off or changed are not among them. */
  async fetch(digests: readonly string[]): Promise<PointResult[]> {
    const found: PointResult[] = [];
    for (let first = 0; first < digests.length; first += fetchedAtOnce) {
      const names = digests.slice(first, first + fetchedAtOnce).map((digest) => `${digest}.json\n`);
      const text = await this.#ran('fetching', {}, Buffer.from(names.join('')));
      for (const file of text.split(/^== /m).slice(1)) {
        const nameEnd = file.indexOf('\n');
        const result = parseResult(file.slice(nameEnd + 1), file.slice(0, nameEnd).replace(/\.json$/, ''));
        if (result) found.push(result);
      }
    }
    return found;
  }

  async facts(): Promise<HostFacts> {
    return parseFacts(await this.#ran('probing'));
  }

  /** Gives the job's number. @throws SlurmError `refused`, SshError */
  async submit(submission: Submission): Promise<string> {
    const { each, tasks, tasksAtOnce, ...words } = submission;
    const array = `0-${tasks - 1}%${tasksAtOnce}`;
    const { exitCode, stdout, stderr } = await this.#run('submitting', {
      ...words,
      each: String(each),
      array,
    });
    // `--parsable` prints the cluster's name behind the number where there are several.
    const [, job] = /^(\d+)/m.exec(stdout) ?? [];
    if (exitCode === 0 && job) return job;
    if (exitCode === 6) throw couldNot(this.host, stderr);
    throw explainRefusal(this.host, stderr || stdout, submission);
  }

  /** Ends every job of the sweep; gives what waited or ran. */
  async cancel(): Promise<QueuedTasks[]> {
    return parseTasks(await this.#ran('cancelling'));
  }

  /** What tasks of a job said last, the commonest first; empty where they said nothing. */
  async lastWords(job: string): Promise<string[]> {
    const text = await this.#ran('explaining', { job });
    return text.split('\n').flatMap((line) => line.trim().replace(/^\d+ /, '') || []);
  }

  /** Ends the sweep's jobs and puts its results aside, so that nobody takes them for good. */
  async doubt(): Promise<void> {
    await this.#ran('doubting');
  }

  async #ran(text: ProgramName, values: Record<string, string> = {}, stdin?: Buffer): Promise<string> {
    const { exitCode, stdout, stderr } = await this.#run(text, values, stdin);
    if (exitCode === 0) return stdout;
    if (exitCode === 5) throw noAnswer(this.host, stderr);
    throw couldNot(this.host, stderr);
  }

  async #run(text: ProgramName, values: Record<string, string>, stdin?: Buffer) {
    const program = programOf(text, { sweep: this.#sweep, ...values });
    const ran = await this.#shell.run(this.host, program, { stdin, timeoutMs, signal: this.#signal });
    if (ran.exitCode === null) {
      throw new SshError(
        'link-lost',
        this.host,
        `The shell on ${this.host} was killed in the middle of a look.`,
      );
    }
    if (ran.exitCode === 4) {
      throw new SlurmError(
        'refused',
        `${this.host} has no Slurm: ${ran.stderr.trim().split('\n').at(-1)} Name the host where you submit jobs, or put Slurm's commands on the path of login shells there.`,
      );
    }
    return ran;
  }
}

function couldNot(host: string, words: string): SlurmError {
  return new SlurmError(
    'refused',
    `${host} could not do its part of the sweep in ~/.holdpoint/sweeps: ${words.trim() || 'it said nothing'}`,
  );
}

function parseTasks(text: string): QueuedTasks[] {
  return [...text.matchAll(/^task (\d+) (\S+) (\S+)$/gm)].map(([, count, job, state]) => ({
    count: Number(count),
    job: job as string,
    state: state as string,
  }));
}
