import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { readModelFacts } from '../inference/index.ts';
import { BundleError } from './errors.ts';
import {
  type FileRole,
  type Manifest,
  manifestPath,
  sumsPath,
  writeManifest,
  writeSums,
} from './manifest.ts';
import { writeTar } from './tar.ts';

export interface PackRequest {
  name: string;
  version: string;
  /** Exactly one of them is the model. */
  files: { role: FileRole; file: string }[];
  data: Manifest['data'];
  benchmark: Manifest['benchmark'];
  claims: string[];
}

/** Packs a release into a tar archive. The same content gives the same bytes. @throws BundleError, InferenceError */
export async function packBundle(archive: string, request: PackRequest): Promise<Manifest> {
  const model = request.files.find(({ role }) => role === 'model');
  if (!model) throw new BundleError('cannot-pack', 'A bundle is made of a model. Name it with --model FILE.');
  const { producer, opsets, metadata } = readModelFacts(model.file);
  const packed = await Promise.all(
    request.files.map(async ({ role, file }) => ({
      file,
      role,
      path: `${role}/${basename(file)}`,
      ...(await digestOf(file)),
    })),
  );
  packed.sort((a, b) => (a.path < b.path ? -1 : 1));
  const twice = packed.find(({ path }, i) => packed[i - 1]?.path === path);
  if (twice)
    throw new BundleError('cannot-pack', `Two files would be "${twice.path}" in the bundle. Rename one.`);
  const files = packed.map(({ path, role, bytes, sha256 }) => ({ path, role, bytes, sha256 }));
  const { name, version, data, benchmark, claims } = request;
  const manifest: Manifest = {
    bundle: 1,
    name,
    version,
    files,
    model: { producer, opsets, metadata },
    data,
    benchmark,
    claims,
  };
  const text = Buffer.from(writeManifest(manifest));
  const own = { path: manifestPath, sha256: createHash('sha256').update(text).digest('hex') };
  await writeTar(archive, [
    { path: manifestPath, content: text },
    { path: sumsPath, content: Buffer.from(writeSums([own, ...files])) },
    ...packed.map(({ path, file, bytes }) => ({ path, content: { file, bytes } })),
  ]);
  return manifest;
}

async function digestOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    if (!(await stat(file)).isFile()) throw new Error('it is no file');
    for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
      hash.update(piece as Buffer);
      bytes += (piece as Buffer).length;
    }
  } catch (error) {
    throw new BundleError(
      'not-found',
      `${file} cannot be read: ${(error as Error).message}. Check the path.`,
    );
  }
  return { bytes, sha256: hash.digest('hex') };
}
