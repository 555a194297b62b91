import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Launch } from '../../../shared/contract/pack.ts';
import { type Entry, type Journal, openCopy, type Projection } from '../../journal/index.ts';
import { digestOf, readBundleFiles } from '../../signoff/index.ts';
import { CopyError } from './errors.ts';
import { type Manifest, manifestFile, readManifest, recordsFile } from './manifest.ts';
import { readRecords } from './records.ts';

/** Somebody's pack as it was at one moment, to look at and to sign, and not to change. */
export interface ReviewCopy {
  manifest: Manifest;
  /** SHA-256 of the file it came in. */
  sha256: string;
  /** What was known of the items, as it is folded at home. */
  journal: Journal;
}

const home = (dataFolder: string) => join(dataFolder, 'reviews');

/** Whether a path is a zip, by its name or by its first bytes: mail programs rename what they do not like. */
export function isReviewFile(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  return path.endsWith('.zip') || firstBytes(path) === 'PK';
}

function firstBytes(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(2);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, 2, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * Unpacks a review file below the data folder, under the SHA-256 of its bytes.
 * @returns the pack's folder there, and the files that came, of which what was signed is still to be taken in
 * @throws CopyError that says why it is no review file, or is refused
 */
export function unpackReview(
  path: string,
  dataFolder: string,
): { folder: string; files: Map<string, Buffer> } {
  const files = sayingWhich(path, () => readBundleFiles(path));
  const sha256 = digestOf(readFileSync(path));
  const target = join(home(dataFolder), sha256);
  const partial = `${target}.${process.pid}.part`;
  sayingWhich(path, () => {
    const read = readReview(files);
    rmSync(partial, { recursive: true, force: true });
    write(join(partial, manifestFile), files.get(manifestFile) ?? Buffer.of());
    write(join(partial, recordsFile), files.get(recordsFile) ?? Buffer.of());
    for (const [name, bytes] of read.pack) write(join(partial, 'pack', name), bytes);
  });
  rmSync(target, { recursive: true, force: true });
  renameSync(partial, target);
  return { folder: join(target, 'pack'), files };
}

/** The copy that a folder is the pack of; null for a folder of somebody's own. @throws CopyError where it is damaged */
export function copyAt(
  folder: string,
  dataFolder: string,
  projections: readonly Projection[],
): ReviewCopy | null {
  const root = dirname(resolve(folder));
  if (basename(resolve(folder)) !== 'pack' || dirname(root) !== resolve(home(dataFolder))) return null;
  const read = (name: string) => readFileSync(join(root, name));
  const manifest = readManifest(read(manifestFile));
  const records = recordsIn(manifest, read(recordsFile));
  for (const { name, sha256 } of manifest.files) {
    if (digestOf(read(join('pack', name))) === sha256) continue;
    throw new CopyError(`${name} of this copy was changed since it came. Open the review file itself again.`);
  }
  return { manifest, sha256: basename(root), journal: openCopy(records, { projections }) };
}

/** SHA-256 of the pack's files that a copy is without. */
export function absentFrom({ manifest }: ReviewCopy): Record<string, string> {
  return Object.fromEntries(manifest.leftOut.map(({ name, sha256 }) => [name, sha256]));
}

export function describeCopy({ manifest, sha256 }: ReviewCopy): Launch['copy'] {
  const { writtenAt, by, leftOut } = manifest;
  return { sha256, writtenAt, by, leftOut: leftOut.map(({ name }) => name) };
}

/** Names of the pack's files that are not in a review file as they are in this folder. */
export function differingFiles(
  files: ReadonlyMap<string, Buffer>,
  folder: string,
  digests: Readonly<Record<string, string>>,
): string[] {
  const bytes = files.get(manifestFile);
  if (!bytes) return [];
  const { files: carried, leftOut } = readManifest(bytes);
  const there = new Map([...carried, ...leftOut].map(({ name, sha256 }) => [name, sha256]));
  const differing = [...there].filter(
    ([name, sha256]) => (digests[name] ?? digestAt(folder, name)) !== sha256,
  );
  const missing = Object.keys(digests).filter((name) => !there.has(name));
  return [...differing.map(([name]) => name), ...missing].sort();
}

/** Verifies that everything is what the manifest says. */
function readReview(files: ReadonlyMap<string, Buffer>): { pack: [string, Buffer][] } {
  const bytes = files.get(manifestFile);
  if (!bytes)
    throw new CopyError(
      'It carries no pack: it has signed entries alone. Take it in from the Review screen.',
    );
  const manifest = readManifest(bytes);
  recordsIn(manifest, files.get(recordsFile) ?? Buffer.of());
  const pack = manifest.files.map(({ name, at, sha256 }): [string, Buffer] => {
    const file = files.get(at);
    if (file && digestOf(file) === sha256) return [name, file];
    throw new CopyError(`Its file ${name} is missing or damaged. Have it sent again.`);
  });
  return { pack };
}

function recordsIn({ records }: Manifest, bytes: Buffer): Entry[] {
  if (digestOf(bytes) !== records)
    throw new CopyError('Its records are missing or damaged. Have it sent again.');
  return readRecords(bytes);
}

function digestAt(folder: string, name: string): string {
  try {
    return digestOf(readFileSync(join(folder, name)));
  } catch {
    return '';
  }
}

function write(path: string, bytes: Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes, { flush: true });
}

function sayingWhich<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new CopyError(`${path} cannot be opened. ${(error as Error).message}`, { cause: error });
  }
}
