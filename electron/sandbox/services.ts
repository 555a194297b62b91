import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SandboxError } from './errors.ts';
import type { Layout } from './layout.ts';
import { commandOf } from './processes.ts';
import { marker } from './sshd-config.ts';

/** Whether the demo service of a root runs, by its pid file. */
export async function serviceRuns(root: string, system: string): Promise<boolean> {
  try {
    const pid = Number(readFileSync(join(root, 'shared', 'run', `${system}.pid`), 'utf8').split(' ')[0]);
    return (await commandOf(pid)).includes(join(root, 'releases'));
  } catch {
    return false;
  }
}

/**
 * Starts the demo service of a root with its own service script; nothing happens where it runs.
 * @throws SandboxError `start-failed`
 */
export async function startService(layout: Layout, host: string, system: string): Promise<void> {
  const { home, root } = layout.host(host);
  const script = join(root(system), 'bin', 'service');
  try {
    await promisify(execFile)(script, ['start', system], {
      cwd: home,
      env: { HOME: home, PATH: `${layout.bin}:/usr/bin:/bin:/usr/sbin:/sbin`, [marker]: layout.folder },
    });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    throw new SandboxError('start-failed', `${system} on ${host} did not start. ${said}`, { cause: error });
  }
}

/** The version a service says it serves; empty while it does not answer. */
export async function servedVersion(port: number): Promise<string> {
  if (port === 0) return '';
  try {
    // The metrics are answered truthfully and at once, whatever fault is set.
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(1000),
    });
    return answer.headers.get('x-served-version') ?? '';
  } catch {
    return '';
  }
}
