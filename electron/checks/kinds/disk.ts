import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import { formatBytes } from '../../../shared/units.ts';
import { fields } from '../../pack/index.ts';
import { CannotMeasure } from '../errors.ts';
import { figure } from '../figures.ts';
import { type CheckContext, checkKind } from '../kind.ts';

/** `df` follows the path to the file system it is on, through links and mounts, as nothing else would. */
const script = 'case $HP_PATH in -*) HP_PATH=./$HP_PATH ;; esac\ndf -Pk "$HP_PATH"';

/** A checklist says `Checkpoints: 200GB+` and means a disk, unless it says one of these. */
const others = ['memory', 'ram', 'vram', 'gpu', 'cache', 'file', 'bandwidth', 'body'];

export const disk = checkKind({
  kind: 'disk',
  about: 'Free space of the file system that holds a path.',
  schema: z.strictObject({
    disk: fields.text().meta({ description: 'The path.', examples: ['/data'] }),
  }),
  title: ({ disk: path }) => `free space of ${path}`,
  quantities: () => [
    { name: 'free space', unit: 'B', words: ['disk', 'storage', 'available', 'room'], not: others },
    { name: 'free share', unit: '%', words: ['space', 'disk', 'storage', 'available', 'room'], byName: true },
  ],
  async measure(spec, context) {
    const path = context.fill(spec.disk);
    const { free, size } = context.host ? await askHost(path, context) : await askHere(path, context);
    const share = size > 0 ? (free / size) * 100 : 0;
    return {
      measured: [figure('free space', free, 'B'), figure('free share', share, '%')],
      conditions: [],
      says: `has ${formatBytes(free)} free at ${path}`,
    };
  },
});

async function askHere(path: string, { subject }: CheckContext): Promise<{ free: number; size: number }> {
  try {
    const { bavail, blocks, bsize } = await statfs(path);
    return { free: bavail * bsize, size: blocks * bsize };
  } catch (error) {
    throw new CannotMeasure(`${subject} cannot tell the free space of ${path}: ${(error as Error).message}.`);
  }
}

async function askHost(
  path: string,
  { shell, subject }: CheckContext,
): Promise<{ free: number; size: number }> {
  const { stdout, stderr } = await shell.run({ script, env: { HP_PATH: path } });
  const match = /\s(\d+)\s+-?\d+\s+(-?\d+)\s+(?:\d+%|-)\s+\/.*$/m.exec(stdout);
  if (!match) {
    const why = stderr.trim().split('\n')[0] || 'df printed nothing';
    throw new CannotMeasure(`${subject} cannot tell the free space of ${path}: ${why}.`);
  }
  return { size: Number(match[1]) * 1024, free: Math.max(0, Number(match[2])) * 1024 };
}
