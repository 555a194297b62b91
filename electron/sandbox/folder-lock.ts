import { readFileSync, rmSync, writeFileSync } from 'node:fs';
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
      `Process ${holderOf(path)} has been starting or stopping this sandbox for ${withinMs / 1000} s. Wait for it, or end it and try again.`,
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
  const holder = holderOf(path);
  if (holder > 0 && !isAlive(holder)) rmSync(path, { force: true });
  return false;
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
