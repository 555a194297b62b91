import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { isMissingProgram } from './client.ts';
import { frameProgram } from './program.ts';
import { runProgram } from './run-program.ts';
import { withTimeLimit } from './time-limit.ts';
import { type Shell, SshError } from './types.ts';

/** The name of this machine where hosts are named. */
export const laptop = 'laptop';

export interface LocalShellOptions {
  /** A POSIX shell and its arguments. */
  shell?: readonly [string, ...string[]];
  env?: NodeJS.ProcessEnv;
}

/** Runs the same programs on this machine that `Ssh` runs on hosts, from the user's home folder. */
export function createLocalShell({ shell = ['/bin/sh'], env = process.env }: LocalShellOptions = {}): Shell {
  return {
    run: (host, program, { timeoutMs, ...options } = {}) =>
      withTimeLimit(host, timeoutMs, options.signal, async (signal) => {
        const framed = frameProgram(program, options.stdin !== undefined);
        // A session of its own, so that Ctrl-C in the terminal Holdpoint was started from does not reach it.
        const carrier = spawn(shell[0], [...shell.slice(1), '-s'], {
          env,
          cwd: homedir(),
          detached: true,
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        const run = await runProgram(carrier, framed, { ...options, signal }).catch((error) => {
          throw explain(host, error);
        });
        return { exitCode: run.exitCode, stdout: run.stdout, stderr: run.stderr };
      }),
  };
}

function explain(host: string, error: unknown): unknown {
  if (!isMissingProgram(error)) return error;
  return new SshError(
    'unreachable',
    host,
    'This machine has no POSIX shell at /bin/sh, which local steps need. Run the step on a host instead.',
    { cause: error },
  );
}
