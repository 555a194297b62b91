import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Adds to a shared folder what is not there yet, each file whole or not at all. Nothing that is there is ever written
 * again. Gives the names that were added.
 */
export function addToFolder(folder: string, files: ReadonlyMap<string, Buffer>): string[] {
  const missing = [...files].filter(([name]) => !existsSync(join(folder, name)));
  // A reader who sees an entry must find its signature: the signature goes first.
  const ordered = missing.sort(([a], [b]) => Number(b.endsWith('.sig')) - Number(a.endsWith('.sig')));
  for (const [name, bytes] of ordered) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const partial = join(folder, `.${process.pid}.part`);
    writeFileSync(partial, bytes, { flush: true });
    renameSync(partial, path);
  }
  return ordered.map(([name]) => name);
}
