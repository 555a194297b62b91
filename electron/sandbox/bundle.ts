import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileNamePart } from './layout.ts';
import { makeModel } from './model.ts';
import { type TarFile, tar } from './tar.ts';

export interface Bundle {
  files: TarFile[];
  /** The `tar.gz`. */
  bytes: Buffer;
  /** Of `bytes`, hex. */
  sha256: string;
}

/**
 * What is deployed of one version of one system: the service's code, its configuration, its model, and a manifest.
 * The same names give the same bytes.
 */
export function makeBundle(resources: string, system: string, version: string): Bundle {
  const service = join(resources, 'ranker-api');
  const config = join(resources, 'config', `${system}.yaml`);
  const model = `models/${system.replaceAll('-', '_')}_v${fileNamePart(version).replaceAll('-', '_')}.json`;
  const contents = new Map<string, Buffer>();
  for (const path of filesBelow(service)) contents.set(path, readFileSync(join(service, path)));
  if (existsSync(config)) contents.set('config/defaults.yaml', readFileSync(config));
  contents.set(model, json(makeModel(system, version)));
  const digests = [...contents].sort().map(([path, content]) => [path, digest(content)]);
  contents.set('MANIFEST.json', json({ system, version, model, files: Object.fromEntries(digests) }));

  const files = [...contents].map(([path, content]) => ({
    path,
    content,
    mode: path.startsWith('bin/') ? 0o755 : 0o644,
  }));
  const bytes = gzipSync(tar(files), { level: 9 });
  return { files, bytes, sha256: digest(bytes) };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
