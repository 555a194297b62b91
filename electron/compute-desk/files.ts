import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { ComputeFile } from '../../shared/contract/compute/index.ts';
import { type RoledFile, roleOf } from '../compute/index.ts';
import { shownPath } from './asking.ts';

/** A folder of a team may hold anything; so many files of it are looked at. */
const mostFiles = 2_000;
const deepest = 6;
const skipped = /^(\..*|node_modules|__pycache__|runbooks)$/;

/** Files by what they can be asked about. What has not changed is not looked at again. */
export class KnownFiles {
  readonly #known = new Map<string, { stamp: string; file: RoledFile | null }>();

  /** Of a pack's folder, and others by their whole paths. A folder or a pattern of data counts as a table. */
  async list(folder: string | null, others: readonly string[]): Promise<ComputeFile[]> {
    const inside = folder === null ? [] : filesBelow(folder);
    const outside = others.filter((path) => !inside.includes(path)).sort();
    const found = await Promise.all(
      [...inside, ...new Set(outside)].map(async (path): Promise<ComputeFile[]> => {
        const file = await this.#look(path);
        return file ? [{ path: shownPath(path, folder), ...file }] : [];
      }),
    );
    return found.flat();
  }

  async #look(path: string): Promise<RoledFile | null> {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return null;
    if (stats.isDirectory()) return { role: 'table', bytes: sizeBelow(path), labels: [] };
    if (!stats.isFile()) return null;
    const stamp = `${stats.size} ${stats.mtimeMs}`;
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known.file;
    // What cannot be read says so when it is asked about.
    const file = await roleOf(path).catch(() => null);
    this.#known.set(path, { stamp, file });
    return file;
  }
}

function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const walk = (path: string, depth: number) => {
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (found.length >= mostFiles || skipped.test(entry.name)) continue;
      if (entry.isDirectory() && depth < deepest) walk(join(path, entry.name), depth + 1);
      else if (entry.isFile()) found.push(join(path, entry.name));
    }
  };
  try {
    walk(folder, 0);
  } catch {
    // A folder that is gone has no files.
  }
  return found;
}

function sizeBelow(folder: string): number {
  return filesBelow(folder)
    .filter((path) => ['.csv', '.tsv', '.parquet', '.pq'].includes(extname(path).toLowerCase()))
    .reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}
