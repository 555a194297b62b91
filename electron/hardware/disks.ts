import type { Disk } from '../../shared/contract/hardware.ts';

export interface FileSystem extends Disk {
  /** What is mounted: a device, `host:/path`, a pool, or the name of something that is no disk. */
  source: string;
}

const noDisks =
  /^(tmpfs|devtmpfs|devfs|udev|none|proc|procfs|sysfs|cgroup2?|shm|overlay|squashfs|efivarfs|fdescfs|fdesc|linprocfs|linsysfs|rootfs|ramfs|map .*|\/dev\/loop\d+)$/;
const noMounts = /^\/((dev|proc|sys|run|snap|boot\/efi|var\/lib\/docker)(\/|$)|System\/Volumes\/(?!Data$))/;

/** Nothing that holds data is smaller; what is, stands for something else. */
const leastBytes = 1e6;

/**
 * The file systems that hold data: no pseudo file systems, no snap images, and one row for a device that is mounted
 * in several places (containers bind single files). The root is always one, whatever it is made of.
 */
export function dataDisks(fileSystems: readonly FileSystem[]): Disk[] {
  const isData = ({ source, mount, sizeBytes }: FileSystem) =>
    (mount === '/' && sizeBytes > 0) ||
    (sizeBytes >= leastBytes && !noDisks.test(source) && !noMounts.test(mount));
  const bySource = new Map<string, FileSystem>();
  for (const one of fileSystems.filter(isData)) {
    const known = bySource.get(one.source);
    if (!known || one.mount.length < known.mount.length) bySource.set(one.source, one);
  }
  return [...bySource.values()].map(({ mount, sizeBytes, freeBytes }) => ({ mount, sizeBytes, freeBytes }));
}

/** One line of `df -Pk`; null for the heading and for anything else. */
export function parseDfLine(line: string): FileSystem | null {
  const match = /^(\S.*?)\s+(\d+)\s+-?\d+\s+(-?\d+)\s+(?:\d+%|-)\s+(\/.*)$/.exec(line);
  if (!match) return null;
  const [, source = '', size, free, mount = ''] = match;
  return { source, mount, sizeBytes: Number(size) * 1024, freeBytes: Math.max(0, Number(free)) * 1024 };
}
