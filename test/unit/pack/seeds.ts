import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../../scripts/support/root.ts';

/** The documents the worked packs began with, where they lie beside the repository; null elsewhere. */
export function seedText(name: string): string | null {
  for (let folder = root; folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'shared', 'seeds', name);
    if (existsSync(path)) return readFileSync(path, 'utf8');
  }
  console.log(`${name} is not beside the repository: what its pack must carry over is not compared.`);
  return null;
}
