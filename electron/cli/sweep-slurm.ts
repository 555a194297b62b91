import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { type SweepExecutor, type SweepQuestion, sweepDigest } from '../compute/index.ts';
import { cancelSweep, type QueuedTasks, SlurmError, slurmExecutor } from '../slurm/index.ts';
import { createSsh, type Ssh } from '../ssh/index.ts';
import { InputError } from './exit.ts';
import { countOption } from './options.ts';

export interface SlurmFlags {
  slurm?: string;
  partition?: string;
  account?: string;
  time?: string;
  memory?: string;
  arrayLimit?: number;
  atOnce?: number;
  cancel?: boolean;
}

export const slurmOptions: readonly Option[] = [
  new Option(
    '--slurm <host>',
    'on a Slurm cluster: the host of your ssh configuration where jobs are submitted',
  ),
  new Option('--partition <name>', 'with --slurm: the partition; otherwise the default of the cluster'),
  new Option('--account <name>', 'with --slurm: the account'),
  new Option('--time <limit>', 'with --slurm: the limit of a task, in minutes or as h:mm:ss'),
  new Option('--memory <size>', 'with --slurm: of a task, such as 4G'),
  countOption(
    '--array-limit <number>',
    'with --slurm: the most tasks of an array; 1000 where nothing is said',
  ),
  countOption(
    '--at-once <number>',
    'with --slurm: the most tasks that run at a time; 100 where nothing is said',
  ),
  new Option('--cancel', 'with --slurm: end the jobs of this sweep; what they have computed stays there'),
];

/** @throws InputError for a flag that goes with --slurm alone */
export function assertSlurmFlags({ slurm, ...flags }: SlurmFlags): void {
  if (slurm !== undefined) return;
  const { partition, account, time, memory, arrayLimit, atOnce, cancel } = flags;
  const given = Object.entries({
    ...{ '--partition': partition, '--account': account, '--time': time, '--memory': memory },
    ...{ '--array-limit': arrayLimit, '--at-once': atOnce, '--cancel': cancel },
  }).find(([, value]) => value !== undefined);
  if (given) throw new InputError(`${given[0]} goes with --slurm, which names the host.`);
}

/** Runs a sweep with the executor for a cluster. Ctrl+C leaves its jobs running. */
export function withSlurm<Result>(
  { slurm: host = '', partition, account, time, memory, arrayLimit, atOnce }: SlurmFlags,
  say: (line: string) => void,
  work: (executor: SweepExecutor) => Promise<Result>,
): Promise<Result> {
  return withSsh(async (ssh) => {
    const stop = new AbortController();
    const leave = () => stop.abort();
    process.once('SIGINT', leave).once('SIGTERM', leave);
    const request = { partition, account, time, memory };
    try {
      return await work(
        slurmExecutor(ssh, { host, ...request, arrayLimit, tasksAtOnce: atOnce, leave: stop.signal, say }),
      );
    } finally {
      process.off('SIGINT', leave).off('SIGTERM', leave);
    }
  });
}

export interface CancelledSweep {
  host: string;
  /** What waited or ran, by job and state. */
  cancelled: QueuedTasks[];
}

/** Ends the jobs of a sweep, whoever submitted them. */
export async function cancelOn(host: string, question: SweepQuestion): Promise<CancelledSweep> {
  const sweep = await sweepDigest(question);
  return { host, cancelled: await withSsh((ssh) => cancelSweep(ssh, host, sweep)) };
}

export function cancelledText({ host, cancelled }: CancelledSweep): string {
  if (cancelled.length === 0) return `No job of this sweep waits or runs on ${host}.`;
  const tasks = cancelled.reduce((sum, { count }) => sum + count, 0);
  const jobs = [...new Set(cancelled.map(({ job }) => job))].join(', ');
  return `Cancelled ${tasks} tasks of job ${jobs} on ${host}. Start the sweep again without --cancel to go on with it.`;
}

async function withSsh<Result>(work: (ssh: Ssh) => Promise<Result>): Promise<Result> {
  const controlFolder = mkdtempSync(join(tmpdir(), 'hp-'));
  const ssh = createSsh({ controlFolder });
  try {
    return await work(ssh);
  } catch (error) {
    if (error instanceof SlurmError && error.code === 'refused') throw new InputError(error.message);
    throw error;
  } finally {
    await ssh.close();
    rmSync(controlFolder, { recursive: true, force: true });
  }
}
