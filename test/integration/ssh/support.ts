import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import {
  createJobs,
  createSsh,
  type Job,
  type JobOutput,
  type Jobs,
  type JobsOptions,
  type Ssh,
  type SshOptions,
} from '../../../electron/ssh/index.ts';
import { createSshLab, type LabHost, type LabHostOptions, type SshLab } from '../../support/sshd.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

/** What a test needs of its own, and what ends with it. Taken from the test's context, for tests that run side by side. */
export interface Scene {
  lab: SshLab;
  client(options?: SshOptions): Ssh;
  jobs(ssh: Ssh, options?: Partial<JobsOptions>): Jobs;
  /** A host that is reached through a proxy. */
  proxiedHost(name: string, options?: LabHostOptions): Promise<{ host: LabHost; proxy: TcpProxy }>;
}

export function setScene({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Scene {
  const lab = createSshLab();
  onTestFinished(() => lab.close());
  return {
    lab,
    client(options = {}) {
      const ssh = createSsh({ configFile: lab.configFile, keepAliveSeconds: 1, ...options });
      onTestFinished(() => ssh.close());
      return ssh;
    },
    jobs: (ssh, options = {}) =>
      createJobs(ssh, { dataFolder: join(lab.folder, 'data'), keepAliveSeconds: 1, ...options }),
    async proxiedHost(name, options = {}) {
      let target = 0;
      const proxy = await startTcpProxy(() => target);
      onTestFinished(() => proxy.close());
      const host = await lab.addHost(name, { ...options, reachedAt: proxy.port });
      target = host.port;
      return { host, proxy };
    },
  };
}

let count = 0;

/** A job with an id of its own that runs a script under `sh -eu`. */
export function jobOn(host: string, script: string, changes: Partial<Job> = {}): Job {
  count += 1;
  return {
    id: `job-${process.pid}-${count}`,
    host,
    script,
    shell: 'sh -eu',
    env: {},
    timeoutMs: 60_000,
    ...changes,
  };
}

export interface CollectedOutput extends JobOutput {
  text(): string;
  sha256(): string;
}

/** Keeps the last megabyte as text and the digest of all. */
export function collect(): CollectedOutput {
  const hash = createHash('sha256');
  let [bytes, tail] = [0, Buffer.alloc(0)];
  return {
    offset: () => bytes,
    write(chunk) {
      bytes += chunk.length;
      hash.update(chunk);
      tail = Buffer.concat([tail, chunk]).subarray(-1_000_000);
    },
    text: () => tail.toString(),
    sha256: () => hash.copy().digest('hex'),
  };
}

/** Where a host keeps a job. */
export function jobFolder(host: LabHost, id: string): string {
  return join(host.home, '.holdpoint', 'jobs', id);
}

export function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Waits for something another process does. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  for (let look = 0; look < 1000; look += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain until ${what}`);
}

export function isRunning(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A number in a file, once it is there: the first, or the one after a word at the beginning of a line. */
export async function numberIn(path: string, word = ''): Promise<number> {
  const find = () =>
    existsSync(path) ? new RegExp(`^${word} ?(\\d+)\\s`, 'm').exec(readFileSync(path, 'utf8')) : null;
  await until(`${path} tells ${word || 'a number'}`, () => find() !== null);
  return Number(find()?.[1]);
}
