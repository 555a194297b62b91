import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SignoffError } from '../errors.ts';
import { readBundleFiles } from '../zip/folder.ts';

/** What of a shared folder is the exchange's; whatever else lies in it is nobody's business here. */
const parts = ['entries', 'seen', 'attachments'];

/** The names among these files that a shared folder does not have yet. */
export function missingFrom(folder: string, files: ReadonlyMap<string, Buffer>): string[] {
  return [...files.keys()].filter((name) => !existsSync(join(folder, name)));
}

/**
 * Adds to a shared folder what is not there yet, each file whole or not at all. Nothing that is there is ever written
 * again. Gives the names that were added.
 */
export function addToFolder(folder: string, files: ReadonlyMap<string, Buffer>): string[] {
  // A reader who sees an entry must find its signature: the signature goes first.
  const ordered = missingFrom(folder, files).sort(
    (a, b) => Number(b.endsWith('.sig')) - Number(a.endsWith('.sig')),
  );
  // Process numbers of two machines may be the same.
  const partial = join(folder, `.${randomBytes(8).toString('hex')}.part`);
  for (const name of ordered) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partial, files.get(name) ?? Buffer.of(), { flush: true });
    renameSync(partial, path);
  }
  return ordered;
}

/** What a shared folder holds by now; nothing where there is none yet. @throws SignoffError `malformed`, `unsafe` */
export function readFromFolder(folder: string): Map<string, Buffer> {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory())
    throw new SignoffError(
      'malformed',
      `${folder} is a file. Name the folder that you share; a file is taken in by itself.`,
    );
  const there = parts.filter((part) => existsSync(join(folder, part)));
  return new Map(
    there.flatMap((part) =>
      [...readBundleFiles(join(folder, part))].map(([name, bytes]): [string, Buffer] => [
        `${part}/${name}`,
        bytes,
      ]),
    ),
  );
}
