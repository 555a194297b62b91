import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * A real checklist that is not ours to keep in this repository, from the folder `shared/seeds` beside it or above;
 * null, with a line that says so, where there is none.
 */
export function realChecklist(name: string): string | null {
  for (let folder = resolve('..'); ; folder = dirname(folder)) {
    const path = join(folder, 'shared', 'seeds', `${name}-checklist.md`);
    if (existsSync(path)) return readFileSync(path, 'utf8');
    if (folder === dirname(folder)) break;
  }
  console.log(`left out: there is no shared/seeds/${name}-checklist.md beside this repository`);
  return null;
}
