import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What a command without `--data` keeps must not land among the files of whoever runs the tests. */
const home = mkdtempSync(join(tmpdir(), 'holdpoint-test-home-'));
process.once('exit', () => rmSync(home, { recursive: true, force: true }));

export interface CommandEnd {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the command line as a person would, on the sources. */
export function startCommand(
  args: string[],
  env: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<CommandEnd> } {
  const child = spawn(process.execPath, [join(root, 'electron/cli.ts'), ...args], {
    cwd: root,
    env: { ...process.env, XDG_DATA_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise<CommandEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

export function runCommand(args: string[], env: Record<string, string> = {}): Promise<CommandEnd> {
  return startCommand(args, env).ended;
}
