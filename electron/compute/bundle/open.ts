import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BundleCheck } from './checks.ts';
import { BundleError } from './errors.ts';
import { type ForeignManifest, readForeign } from './foreign.ts';
import {
  type FileRole,
  type Manifest,
  manifestPath,
  parseManifest,
  sumsPath,
  writeSums,
} from './manifest.ts';
import { firstFile, readTar, type TarEntry } from './tar.ts';

export interface OpenBundle {
  kind: 'bundle';
  manifest: Manifest;
  /** Beside the manifest and the sums. */
  files: TarEntry[];
  /** Whether `sha256sum -c` would say the same as we do. */
  sums: BundleCheck;
  /** Writes the file of a role into a folder and gives its path; null where there is none. */
  extract(role: FileRole, folder: string): Promise<string | null>;
}

export interface OpenForeign {
  kind: 'foreign';
  manifest: ForeignManifest;
}

/** Opens a bundle, or another tool's manifest in JSON. @throws BundleError */
export async function openBundle(file: string): Promise<OpenBundle | OpenForeign> {
  if (/\.(json|lock)$/i.test(file)) return { kind: 'foreign', manifest: await readForeignFile(file) };
  const entries = await readTar(file);
  const own = entries.find(({ path }) => path === manifestPath);
  if (!own) {
    throw new BundleError(
      'not-a-bundle',
      `${file} has no ${manifestPath}, so nothing in it can be checked. Pack it with holdpoint bundle pack.`,
    );
  }
  const manifest = parseManifest(await textOf(own));
  if ('problem' in manifest) {
    throw new BundleError(
      'bad-manifest',
      `${file}: ${manifestPath} ${manifest.problem}. Pack the bundle again.`,
    );
  }
  const files = entries.filter(({ path }) => path !== manifestPath && path !== sumsPath);
  const sums = entries.find(({ path }) => path === sumsPath);
  const agrees = sums !== undefined && (await textOf(sums)) === writeSums([own, ...manifest.files]);
  return {
    kind: 'bundle',
    manifest,
    files,
    sums: agrees
      ? { check: 'sums', verdict: 'pass', sentence: `${sumsPath} says the same as the manifest.` }
      : {
          check: 'sums',
          verdict: 'fail',
          sentence: `${sumsPath} says other things than the manifest. Pack the bundle again.`,
        },
    async extract(role, folder) {
      const listed = manifest.files.find((one) => one.role === role);
      const entry = files.find(({ path }) => path === listed?.path);
      if (!entry) return null;
      const path = join(folder, basename(entry.path));
      await pipeline(entry.read, createWriteStream(path));
      return path;
    },
  };
}

/** No manifest is longer. */
const longestManifest = 4 << 20;

/**
 * What a bundle says of itself, by its beginning alone: nothing of it is checked. Null where it says nothing.
 * @throws BundleError where it cannot be read
 */
export async function peekManifest(file: string): Promise<Manifest | null> {
  const text = await firstFile(file, manifestPath, longestManifest);
  const manifest = text && parseManifest(text.toString('utf8'));
  return manifest && !('problem' in manifest) ? manifest : null;
}

async function readForeignFile(file: string): Promise<ForeignManifest> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new BundleError('not-found', `${file} cannot be read. Check the path.`);
  });
  try {
    return readForeign(JSON.parse(text));
  } catch (error) {
    throw new BundleError('bad-manifest', `${file} is no JSON: ${(error as Error).message}. Correct it.`);
  }
}

async function textOf(entry: TarEntry): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of entry.read()) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
