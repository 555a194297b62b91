import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { withFolderLock } from '../../../electron/sandbox/folder-lock.ts';
import { temporaryFolder } from '../../support/folder.ts';

it('one at a time may work, the others wait, and the lock is gone afterwards', async () => {
  const path = join(temporaryFolder(), 'lock');
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await delay(10);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withFolderLock(path, work)));
  expect(most).toBe(1);
  expect(existsSync(path)).toBe(false);
});

it('a failure gives the lock free', async () => {
  const path = join(temporaryFolder(), 'lock');
  const failing = withFolderLock(path, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(existsSync(path)).toBe(false);
});

it('a holder that lives is named after the wait; one that has ended, or is from before the last start of the machine, is not', async () => {
  const path = join(temporaryFolder(), 'lock');
  writeFileSync(path, String(process.ppid));
  await expect(withFolderLock(path, async () => 1, 100)).rejects.toMatchObject({
    code: 'busy',
    message: expect.stringContaining(`Process ${process.ppid} has been starting or stopping this sandbox`),
  });
  writeFileSync(path, '4194304999');
  expect(await withFolderLock(path, async () => 1, 100)).toBe(1);
  writeFileSync(path, String(process.ppid));
  utimesSync(path, 1, 1);
  expect(await withFolderLock(path, async () => 1, 100)).toBe(1);
});
