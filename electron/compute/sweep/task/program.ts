import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type TarSource, writeTar } from '../../bundle/tar.ts';

/** Imports that are there when a program runs; those of types alone are not. */
const imports = /^(?:import|export)\b(?! type\b)(?:[^'";]*?\bfrom)?\s*['"](\.[^'"]+)['"]/gm;

/**
 * Writes an archive of the program that a task of a cluster runs, with everything it imports and nothing else; gives the
 * path of its first file in there. It needs no installation: a Node that reads TypeScript, or in a build any, runs it.
 */
export async function writeTaskProgram(archive: string): Promise<string> {
  const { home, entry } = place(import.meta.filename);
  const nameOf = (file: string) => relative(home, file).split(sep).join('/');
  const files = [...importedBy(entry)].sort();
  const sources: TarSource[] = files.map((file) => ({ path: nameOf(file), content: readFileSync(file) }));
  await writeTar(archive, [
    { path: 'package.json', content: Buffer.from('{"type":"module"}\n') },
    ...sources,
  ]);
  return nameOf(entry);
}

function importedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(imports)) {
    importedBy(resolve(dirname(file), path as string), seen);
  }
  return seen;
}

/** Beside this file in a clone, beside the entries in a build. */
function place(here: string): { home: string; entry: string } {
  const folder = dirname(here);
  if (here.endsWith('.ts')) return { home: resolve(folder, '../../../..'), entry: join(folder, 'main.ts') };
  const home = folder.endsWith(`${sep}chunks`) ? dirname(folder) : folder;
  return { home, entry: join(home, 'sweep-task.js') };
}
