import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimControlFolder } from './control-folder.ts';
import type { Carrier } from './run-program.ts';
import { SshError } from './types.ts';

/** The OpenSSH client of this machine, with the settings that hold for every connection. */
export interface Client {
  /** For control sockets and passing files. */
  readonly folder: string;
  /** Starts ssh with pipes. */
  carry(args: readonly string[]): Carrier;
  /** Starts ssh with its standard error in a file: what stays in the background would never close a pipe. */
  background(args: readonly string[], stderrFd: number): ChildProcess;
  /** Runs ssh to its end and collects what it prints. Killed after `timeoutMs`; `code` is then null. */
  collect(args: readonly string[], timeoutMs: number): Promise<Collected>;
}

export interface Collected {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface ClientOptions {
  program: string;
  /** Read instead of the user's and the system's ssh_config, as `ssh -F` would. */
  configFile?: string;
  controlFolder: string;
  keepAliveSeconds: number;
}

/** For a connection that is neither shared nor kept. */
export const ownConnection: readonly string[] = [
  ...['-T', '-x', '-S', 'none', '-o', 'ControlMaster=no', '-o', 'RemoteCommand=none'],
];

/**
 * The settings stand in a file that includes the user's, rather than on the command line, because ssh hands `-F` on
 * to the ssh it starts for a jump host: an unknown key is then refused there too, and nothing asks on a terminal.
 * The first value met wins: what comes before the includes is fixed, what comes after is a default.
 */
export function createClient(options: ClientOptions): Client {
  const { program, configFile, controlFolder, keepAliveSeconds } = options;
  const folder = claimControlFolder(controlFolder);
  const includes = configFile ? [configFile] : ['~/.ssh/config', systemConfig()];
  const settings = [
    'BatchMode yes',
    'StrictHostKeyChecking yes',
    'UpdateHostKeys no',
    'LogLevel ERROR',
    `ServerAliveInterval ${keepAliveSeconds}`,
    'ServerAliveCountMax 3',
    ...includes.map((path) => `Include "${path}"`),
    'ConnectTimeout 10',
  ];
  // A session of its own: no terminal to ask on, and Ctrl-C in the one Holdpoint was started from does not reach it.
  const start = { env: { ...process.env, SSH_ASKPASS_REQUIRE: 'never' }, detached: true, windowsHide: true };

  /** The file is written again when it is gone: systems remove what lies in temporary folders for days. */
  function configured(args: readonly string[]): string[] {
    const config = join(folder, 'config');
    if (!existsSync(config)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(config, `${settings.join('\n')}\n`, { mode: 0o600 });
    }
    return ['-F', config, ...args];
  }

  return {
    folder,
    carry: (args) => spawn(program, configured(args), { ...start, stdio: ['pipe', 'pipe', 'pipe'] }),
    background: (args, stderrFd) =>
      spawn(program, configured(args), { ...start, stdio: ['ignore', 'ignore', stderrFd] }),
    collect: (args, timeoutMs) =>
      new Promise((resolve, reject) => {
        const child = spawn(program, configured(args), { ...start, stdio: ['ignore', 'pipe', 'pipe'] });
        const texts = { stdout: '', stderr: '' };
        child.stdout.on('data', (chunk: Buffer) => {
          texts.stdout += chunk;
        });
        child.stderr.on('data', (chunk: Buffer) => {
          texts.stderr += chunk;
        });
        const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
        child.on('error', (error) => {
          clearTimeout(timer);
          reject(error);
        });
        child.on('close', (code) => {
          clearTimeout(timer);
          resolve({ code, ...texts });
        });
      }),
  };
}

/** The sentence for an ssh that cannot be started; other errors pass as they are. */
export function explainSpawnFailure(host: string, error: unknown): unknown {
  if (!isMissingProgram(error)) return error;
  return new SshError(
    'no-ssh',
    host,
    'This machine has no OpenSSH client (ssh). Install it (Debian: openssh-client; Windows: the optional feature OpenSSH Client) and try again.',
    { cause: error },
  );
}

/** Whether a process could not be started because its program is not there. */
export function isMissingProgram(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'ENOENT' && syscall?.startsWith('spawn') === true;
}

function systemConfig(): string {
  return process.platform === 'win32' ? 'C:/ProgramData/ssh/ssh_config' : '/etc/ssh/ssh_config';
}
