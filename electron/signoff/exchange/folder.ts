import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SignoffError } from '../errors.ts';
import { takingTurns } from '../turns.ts';
import { readBundleFilesInTurns } from '../zip/folder.ts';

/** What of a shared folder is the exchange's; whatever else lies in it is nobody's business here. */
const parts = ['entries', 'seen', 'attachments'];

/** The names among these files that a shared folder does not have yet. */
export async function missingFrom(folder: string, files: ReadonlyMap<string, Buffer>): Promise<string[]> {
  const missing: string[] = [];
  const turn = takingTurns();
  for (const name of files.keys()) {
    await turn();
    if (!existsSync(join(folder, name))) missing.push(name);
  }
  return missing;
}

/**
 * Adds to a shared folder what is not there yet, each file whole or not at all. Nothing that is there is ever written
 * again. Gives the names that were added.
 */
export async function addToFolder(folder: string, files: ReadonlyMap<string, Buffer>): Promise<string[]> {
  // A reader who sees an entry must find its signature: the signature goes first.
  const ordered = (await missingFrom(folder, files)).sort(
    (a, b) => Number(b.endsWith('.sig')) - Number(a.endsWith('.sig')),
  );
  // Process numbers of two machines may be the same.
  const partial = join(folder, `.${randomBytes(8).toString('hex')}.part`);
  const turn = takingTurns();
  for (const name of ordered) {
    await turn();
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partial, files.get(name) ?? Buffer.of(), { flush: true });
    renameSync(partial, path);
  }
  return ordered;
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
