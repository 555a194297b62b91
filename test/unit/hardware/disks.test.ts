import { expect, it } from 'vitest';
import { dataDisks, parseDfLine } from '../../../electron/hardware/disks.ts';

const mounted = (source: string, mount: string, sizeBytes = 1e12) => ({
  source,
  mount,
  sizeBytes,
  freeBytes: 1,
});
const mounts = (...disks: ReturnType<typeof mounted>[]) => dataDisks(disks).map(({ mount }) => mount);

it('a device in several places is one disk, at the place nearest to the root', () => {
  expect(mounts(mounted('/dev/sda1', '/var/lib/app/hosts'), mounted('/dev/sda1', '/var'))).toEqual(['/var']);
});

it('what holds no data is left out, but never the root', () => {
  expect(mounts(mounted('overlay', '/'), mounted('overlay', '/merged'), mounted('tmpfs', '/tmp'))).toEqual([
    '/',
  ]);
  expect(mounts(mounted('/dev/loop1', '/snap/core'), mounted('/dev/sda2', '/boot/efi'))).toEqual([]);
  expect(
    mounts(mounted('nas:/export', '/data'), mounted('none', '/run/x', 4096), mounted('zroot/data', '/srv')),
  ).toEqual(['/data', '/srv']);
});

it('a line of df may have spaces in both names, and less than nothing free', () => {
  expect(parseDfLine('//nas/model store 1000 900 -5 101% /Volumes/Model store')).toEqual({
    source: '//nas/model store',
    mount: '/Volumes/Model store',
    sizeBytes: 1_024_000,
    freeBytes: 0,
  });
  expect(parseDfLine('Filesystem 1024-blocks Used Available Capacity Mounted on')).toBeNull();
});
