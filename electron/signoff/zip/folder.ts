import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SignoffError } from '../errors.ts';
import { objectionToName } from './name.ts';
import { bundleLimits, readZip, type ZipLimits } from './read.ts';

/** The files of a bundle that is a folder or a zip, by name. @throws SignoffError `malformed`, `unsafe` */
export function readBundleFiles(path: string, limits: ZipLimits = bundleLimits): Map<string, Buffer> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new SignoffError('malformed', `There is no ${path}.`);
  if (stats.isDirectory()) return readFolder(path, limits);
  if (stats.size > limits.bytes) {
    throw new SignoffError(
      'unsafe',
      `${path} has ${stats.size} bytes; a bundle has ${limits.bytes} at the most.`,
    );
  }
  return readZip(readFileSync(path), limits);
}

function readFolder(folder: string, limits: ZipLimits): Map<string, Buffer> {
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
  }
  return files;
}
