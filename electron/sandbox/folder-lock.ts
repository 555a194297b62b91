import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { SandboxError } from './errors.ts';
import { until } from './wait.ts';

/**
 * Lets one process at a time start or stop a sandbox, and waits for its turn. A holder that has ended does not count.
 * @throws SandboxError `busy`
 */
export async function withFolderLock<Result>(
  path: string,
  work: () => Promise<Result>,
  withinMs = 60_000,
): Promise<Result> {
  if (!(await until(() => claim(path), { withinMs }))) {
    throw new SandboxError(
      'busy',
      `Process ${holderOf(path)} has been starting or stopping this sandbox for ${withinMs / 1000} s. Wait for it, or end it and try again. If that is another program, remove ${path}.`,
    );
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function claim(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (isAbandoned(path)) rmSync(path, { force: true });
  return false;
}

function isAbandoned(path: string): boolean {
  const holder = holderOf(path);
  // From before the machine started, the number belongs to nobody, or to somebody else by now.
  return holder > 0 && (!isAlive(holder) || changedAt(path) < Date.now() - uptime() * 1000);
}

function changedAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Zero where the holder has made the file but not yet written its number. */
function holderOf(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
