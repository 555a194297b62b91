import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder, type InlineConfig } from 'vite';
import { root } from './root.ts';

const stamp = join(root, 'dist', '.built-from');
const sources = ['electron', 'renderer', 'shared', 'vite.config.ts', 'package-lock.json'];

/** Builds the window, the Node entries and the preload script into `dist/`. */
export async function buildAll(options: { log: boolean }): Promise<void> {
  await buildWith({ logLevel: options.log ? 'info' : 'warn' });
  writeFileSync(stamp, sourceDigest());
}

/** Builds as for release, whoever asks: under a test runner the libraries would else bring their parts for debugging. */
export async function buildWith(config: InlineConfig): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    const builder = await createBuilder({ configFile: join(root, 'vite.config.ts'), ...config });
    await builder.buildApp();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/** Builds only when a source file has changed since the last build. */
export async function buildIfStale(): Promise<void> {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceDigest()) return;
  console.error('Building …');
  await buildAll({ log: false });
}

function sourceDigest(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesBelow(join(root, source)))
      hash.update(file).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
