import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RunbookFile } from '../pack/index.ts';
import type { NeededFile } from './kinds/kind.ts';
import type { Objections } from './objections.ts';

const digests = new Map<string, { stamp: string; sha256: string }>();

/** Finds and digests the files a runbook needs. `elsewhere` says where a rehearsal takes them from. */
export async function findNeeds(
  runbook: RunbookFile,
  packFolder: string,
  elsewhere: Readonly<Record<string, string>>,
  objections: Objections,
): Promise<Record<string, NeededFile>> {
  const needs: Record<string, NeededFile> = {};
  for (const [name, source] of Object.entries(runbook.needs)) {
    if (source === 'from launch') continue;
    const path = elsewhere[name] ?? resolve(packFolder, source);
    try {
      needs[name] = await describeFile(path);
    } catch (error) {
      const why =
        (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : (error as Error).message;
      objections.add(
        `${runbook.file} needs "${name}": ${path} ${why}. Build it, or correct the path under needs.`,
      );
    }
  }
  return needs;
}

async function describeFile(path: string): Promise<NeededFile> {
  const { size, mtimeMs } = statSync(path);
  const stamp = `${size} ${mtimeMs}`;
  const known = digests.get(path);
  if (known?.stamp === stamp) return { path, bytes: size, sha256: known.sha256 };
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const sha256 = hash.digest('hex');
  digests.set(path, { stamp, sha256 });
  return { path, bytes: size, sha256 };
}
