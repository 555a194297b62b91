import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeBundle } from '../../../electron/sandbox/bundle.ts';
import { install } from '../../../electron/sandbox/install.ts';
import { freePorts } from '../../../electron/sandbox/ports.ts';
import { root as repository } from '../../../scripts/support/root.ts';

export const resources = join(repository, 'resources', 'sandbox');
export const keys = { desk: '0123456789abcdef-desk', checks: '0123456789abcdef-checks' };

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, whatever its exit code. */
export function run(program: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr });
    });
  });
}

export function makeTemporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'holdpoint-test-'));
}

/** Lines of a file of JSON objects. */
export function jsonLines(path: string): Record<string, unknown>[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** The demo service in a root of its own, without any SSH server, run by its service script. */
export async function installService({ version = '0.1.9', system = 'apex-ranker' } = {}) {
  const folder = makeTemporaryFolder();
  // A name that a script must quote.
  const root = join(folder, 'srv of $HOME', system);
  const [port = 0] = await freePorts(1);
  const deploy = (deployed: string) => {
    const bundle = makeBundle(resources, system, deployed);
    install({
      ...{ root, version: deployed, port, bundle, now: new Date() },
      apiKeys: `desk:${keys.desk},checks:${keys.checks}`,
      script: join(resources, 'service.sh'),
    });
    return bundle;
  };
  deploy(version);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const env = { PATH: `${bin}:/usr/bin:/bin` };
  const base = `http://127.0.0.1:${port}`;
  return {
    root,
    port,
    base,
    script: (verb: string, name = system) => run(join(root, 'bin', 'service'), [verb, name], env),
    pid: () => Number(readFileSync(join(root, 'shared', 'run', `${system}.pid`), 'utf8').split(' ')[0]),
    log: () => readFileSync(join(root, 'shared', 'logs', 'service.log'), 'utf8'),
    writeFault: (text: string) => writeFileSync(join(root, 'shared', 'fault'), text),
    changeSettings: (change: (text: string) => string) => {
      const path = join(root, 'shared', '.env');
      writeFileSync(path, change(readFileSync(path, 'utf8')));
    },
    /** Unpacks another version beside the first and points `current` to it. */
    release: (next: string) => {
      for (const { path, content, mode } of makeBundle(resources, system, next).files) {
        const target = join(root, 'releases', `${next}-next`, path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, content, { mode });
      }
      rmSync(join(root, 'current'));
      symlinkSync(`releases/${next}-next`, join(root, 'current'));
    },
    ask: (path: string, { key = keys.desk, body }: { key?: string; body?: unknown } = {}) =>
      fetch(`${base}${path}`, {
        headers: { ...(key && { 'x-api-key': key }), 'content-type': 'application/json' },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      }),
    end: async () => {
      await run(join(root, 'bin', 'service'), ['stop', system], env);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type InstalledService = Awaited<ReturnType<typeof installService>>;

/**
 * Commands of the running processes that have anything to do with a folder: by their arguments, by their environment,
 * or by a file they hold open. Found without the product's own search.
 */
export function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const read = (file: string) => {
        try {
          return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
        } catch {
          return '';
        }
      };
      const files = () => {
        try {
          return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
        } catch {
          return [];
        }
      };
      const hasEnded = /\) [ZX] /.test(read('stat'));
      const traces = [read('cmdline'), read('environ'), ...files()];
      return !hasEnded && traces.some((trace) => trace.includes(folder)) ? [`${pid} ${read('cmdline')}`] : [];
    });
}

/** Runs a command on a sandbox host as the app would, with the sandbox's own configuration. */
export function ssh(folder: string, host: string, command: string, options: string[] = []): Promise<Ran> {
  return run('ssh', ['-F', join(folder, 'ssh_config'), '-o', 'BatchMode=yes', ...options, host, command]);
}
