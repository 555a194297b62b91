import { join } from 'node:path';
import { type FollowerProgram, followToReport } from './follow.ts';
import { assertJob, assertJobId } from './job-check.ts';
import { attachProgram, cancelProgram, type JobPlace, startProgram, sweepProgram } from './job-programs.ts';
import type { JobReport } from './job-stream.ts';
import { createLocalShell, laptop } from './local-shell.ts';
import { quote } from './quote.ts';
import { Semaphore } from './semaphore.ts';
import {
  type FollowOptions,
  type JobEnd,
  type JobOutput,
  type Jobs,
  type Shell,
  type Ssh,
  SshError,
} from './types.ts';

export interface JobsOptions {
  /** The jobs of this machine, host `laptop`, are in its `jobs` folder. Those of a host are in its `~/.holdpoint/jobs`. */
  dataFolder: string;
  /** A follower that says nothing for four times this long is given up, and another one is sent. */
  keepAliveSeconds?: number;
  /** Runs the jobs of this machine. */
  local?: Shell;
  /** Where kernels tell their boot id and uptime. Tests restart a host by giving another folder than `/proc`. */
  proc?: string;
  /** What gives a script a process group of its own, the best first; tests try each. */
  tools?: readonly string[];
}

interface At {
  shell: Shell;
  place: JobPlace;
  connections?: Ssh;
}

/** Of the eight sessions of a host: the others stay free for cancelling and looking. */
const followersPerHost = 6;
const cancelTimeoutMs = 60_000;
const sweepTimeoutMs = 120_000;

/** Jobs on hosts over `ssh`, and on this machine under the name `laptop`. */
export function createJobs(ssh: Ssh, options: JobsOptions): Jobs {
  const {
    dataFolder,
    keepAliveSeconds = 5,
    local = createLocalShell(),
    proc = '/proc',
    tools = ['setsid', 'perl', 'python3', 'nohup'],
  } = options;
  const onHosts: At = {
    shell: ssh,
    place: { root: '"$HOME"/.holdpoint/jobs', proc, tools },
    connections: ssh,
  };
  const onLaptop: At = { shell: local, place: { root: quote(join(dataFolder, 'jobs')), proc, tools } };
  const at = (host: string): At => (host === laptop ? onLaptop : onHosts);
  const followers = new Map<string, Semaphore>();

  function follow(host: string, output: JobOutput, following: FollowOptions, program: FollowerProgram) {
    const { shell, connections } = at(host);
    const places = followers.get(host) ?? new Semaphore(followersPerHost);
    followers.set(host, places);
    return followToReport(host, output, {
      ...following,
      shell,
      connections,
      places,
      keepAliveSeconds,
      program,
    });
  }

  return {
    async run(job, output, following = {}) {
      assertJob(job);
      const { place } = at(job.host);
      const report = await follow(job.host, output, following, (frame, { seen, sentSecondsAgo }) =>
        seen ? attachProgram(place, job.id, frame) : startProgram(place, job, frame, sentSecondsAgo),
      );
      return endOf(job.host, report);
    },

    async attach(host, id, output, following = {}) {
      assertJobId(id);
      const { place } = at(host);
      const report = await follow(host, output, following, (frame) => attachProgram(place, id, frame));
      return report.kind === 'absent' && !report.seen ? null : endOf(host, report);
    },

    async cancel(host, id) {
      assertJobId(id);
      const { shell, place } = at(host);
      const { exitCode, stderr } = await shell.run(host, cancelProgram(place, id), {
        timeoutMs: cancelTimeoutMs,
      });
      if (exitCode === 0) return;
      if (exitCode === 4) throw notWritable(host, stderr);
      throw new SshError(
        'timeout',
        host,
        `Some process of job ${id} on ${host} does not end even when killed. It waits for the kernel, mostly for a disk or a network file system; look at the host.`,
      );
    },

    async sweep(host, olderThanMs) {
      const { shell, place } = at(host);
      const program = sweepProgram(place, Math.ceil(olderThanMs / 1000));
      const { exitCode, stderr } = await shell.run(host, program, { timeoutMs: sweepTimeoutMs });
      if (exitCode !== 0) throw notWritable(host, stderr);
    },
  };
}

function endOf(host: string, report: JobReport): JobEnd {
  switch (report.kind) {
    case 'end':
      return {
        kind: 'exited',
        code: report.code,
        timedOut: report.timedOut,
        executions: report.executions,
        startedAt: new Date(Date.now() - report.beganMsAgo).toISOString(),
        endedAt: new Date(Date.now() - report.endedMsAgo).toISOString(),
      };
    case 'lost':
      return { kind: 'lost', why: whyLost[report.state](host), executions: report.executions };
    case 'absent':
      // It was there before, or this would not be asked.
      return {
        kind: 'lost',
        why: `The job's folder is gone from ${host}: somebody removed it.`,
        executions: 1,
      };
    case 'restarted':
      return {
        kind: 'unknown',
        why: `${host} restarted just after the job was sent, and knows nothing of it now. It may have run in part; look at what it changes before running it again.`,
      };
    case 'unknown':
      return {
        kind: 'unknown',
        why: `The job's folder is on ${host}, but nothing in it tells whether the script ran. Look at what it changes before running it again.`,
      };
    case 'refused':
      throw notWritable(host, report.why);
  }
}

const whyLost: Record<'restarted' | 'gone' | 'orphaned', (host: string) => string> = {
  restarted: (host) => `${host} restarted while the job ran. It ran in part; look at what it changes.`,
  gone: (host) =>
    `The job's process is gone from ${host} and left no result: it was killed, perhaps for want of memory, or because the host ends a user's processes at logout. It ran in part; look at what it changes.`,
  orphaned: (host) =>
    `The process on ${host} that waits for the job's end was killed, and the script still runs there without it. Its exit code will not be known; cancel the job or wait until it has ended.`,
};

function notWritable(host: string, words: string): SshError {
  return new SshError(
    'not-writable',
    host,
    `${host} cannot keep a job in ~/.holdpoint/jobs: ${words.trim() || 'it said nothing'}. Nothing was started. Free some space there or let the user write, then try again.`,
  );
}
