import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SignoffError } from '../errors.ts';
import { takingTurns } from '../turns.ts';
import { readBundleFilesInTurns } from '../zip/folder.ts';
import { type AddOptions, addFiles } from './add-files.ts';

/** What of a shared folder is the exchange's; whatever else lies in it is nobody's business here. */
const parts = ['entries', 'seen', 'attachments'];

/** The names among these files that a shared folder does not have yet. */
export async function missingFrom(folder: string, files: ReadonlyMap<string, Buffer>): Promise<string[]> {
  const missing: string[] = [];
  const there = new Map<string, ReadonlySet<string>>();
  const turn = takingTurns();
  for (const name of files.keys()) {
    await turn();
    const within = dirname(name);
    const names = there.get(within) ?? namesIn(join(folder, within));
    there.set(within, names);
    if (!names.has(basename(name))) missing.push(name);
  }
  return missing;
}

function namesIn(folder: string): ReadonlySet<string> {
  return new Set(existsSync(folder) ? readdirSync(folder) : []);
}

/**
 * Adds to a shared folder what is not there yet, each file whole or not at all. Nothing that is there is ever written
 * again. Gives the names that were added.
 * @throws SignoffError `cancelled` where it was told to stop; what is there by then stays
 */
export async function addToFolder(
  folder: string,
  files: ReadonlyMap<string, Buffer>,
  options: AddOptions = {},
): Promise<string[]> {
  const names = inOrderOfReading(await missingFrom(folder, files));
  const added = await addFiles(
    folder,
    names.map((name) => [name, files.get(name) ?? Buffer.of()]),
    options,
  );
  if (added === names.length) return names;
  throw new SignoffError(
    'cancelled',
    `Stopped when ${added} of ${names.length} files were added to ${folder}. They are whole; do it again to add the rest.`,
  );
}

/**
 * Who sees an entry must find its signature and what it is about: those go before it, and entries in the order of their
 * chains, so that whoever reads meanwhile misses the end of a chain alone.
 */
function inOrderOfReading(names: readonly string[]): string[] {
  const key = (name: string) => {
    if (!name.startsWith('entries/')) return `0 ${name}`;
    return name.endsWith('.sig') ? `1 ${name.slice(0, -'.sig'.length)} 0` : `1 ${name} 1`;
  };
  return names
    .map((name) => ({ name, key: key(name) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ name }) => name);
}

/** What a shared folder holds by now; nothing where there is none yet. @throws SignoffError `malformed`, `unsafe` */
export async function readFromFolder(folder: string): Promise<Map<string, Buffer>> {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory())
    throw new SignoffError(
      'malformed',
      `${folder} is a file. Name the folder that you share; a file is taken in by itself.`,
    );
  const found = new Map<string, Buffer>();
  for (const part of parts.filter((one) => existsSync(join(folder, one)))) {
    const files = await readBundleFilesInTurns(join(folder, part));
    for (const [name, bytes] of files) found.set(`${part}/${name}`, bytes);
  }
  return found;
}
