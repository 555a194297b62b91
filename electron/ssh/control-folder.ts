import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** One folder per user. Short, because the path of a socket in it may have 104 bytes at most on some systems. */
export function defaultControlFolder(): string {
  return join(tmpdir(), `holdpoint-${userInfo().uid}`);
}

/**
 * Makes a folder below `parent` that belongs to this process alone, so that no two services share or remove each
 * other's connections. Folders of processes that are gone are removed once their masters have ended too.
 */
export function claimControlFolder(parent: string): string {
  if (!ownFolder(parent)) return mkdtempSync(join(tmpdir(), 'holdpoint-'));
  for (const name of readdirSync(parent)) {
    if (isAbandoned(name) && !hasSockets(join(parent, name))) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
  const folder = join(parent, `${process.pid}-${randomBytes(2).toString('hex')}`);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** Whether the folder is there now and nobody else can put anything into it. */
function ownFolder(path: string): boolean {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(path);
  return process.platform === 'win32' || (uid === userInfo().uid && (mode & 0o077) === 0);
}

function isAbandoned(name: string): boolean {
  const pid = /^(\d+)-/.exec(name)?.[1];
  if (!pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function hasSockets(folder: string): boolean {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isSocket());
}
