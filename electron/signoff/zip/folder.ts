import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SignoffError } from '../errors.ts';
import { atOnce, inTurns } from '../turns.ts';
import { objectionToName } from './name.ts';
import { bundleLimits, unzipping, type ZipLimits } from './read.ts';

/** The files of a bundle that is a folder or a zip, by name. @throws SignoffError `malformed`, `unsafe` */
export function readBundleFiles(path: string, limits: ZipLimits = bundleLimits): Map<string, Buffer> {
  return atOnce(reading(path, limits));
}

/** The same, while others get their turn. */
export function readBundleFilesInTurns(
  path: string,
  limits: ZipLimits = bundleLimits,
): Promise<Map<string, Buffer>> {
  return inTurns(reading(path, limits));
}

function* reading(path: string, limits: ZipLimits): Generator<void, Map<string, Buffer>> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new SignoffError('malformed', `There is no ${path}.`);
  if (stats.isDirectory()) return yield* readingFolder(path, limits);
  if (stats.size > limits.bytes) {
    throw new SignoffError(
      'unsafe',
      `${path} has ${stats.size} bytes; a bundle has ${limits.bytes} at the most.`,
    );
  }
  return yield* unzipping(readFileSync(path), limits);
}

function* readingFolder(folder: string, limits: ZipLimits): Generator<void, Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let bytes = 0;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.replaceAll('\\', '/'),
  );
  for (const name of names.sort()) {
    if (/(^|\/)(\.git|\.DS_Store)(\/|$)/.test(name)) continue;
    const stats = lstatSync(join(folder, name));
    if (stats.isDirectory()) continue;
    const objection = stats.isFile() ? objectionToName(name) : 'it is neither a file nor a folder';
    if (objection) throw new SignoffError('unsafe', `${name} is refused: ${objection}.`);
    bytes += stats.size;
    if (files.size >= limits.files || bytes > limits.bytes) {
      throw new SignoffError('unsafe', `${folder} is larger than a bundle can be.`);
    }
    files.set(name, readFileSync(join(folder, name)));
    yield;
  }
  return files;
}
