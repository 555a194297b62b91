import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../../scripts/support/root.ts';

interface Chunk {
  file: string;
  imports?: string[];
}

const folder = mkdtempSync(join(tmpdir(), 'holdpoint-size-'));
let chunks: Record<string, Chunk>;

beforeAll(async () => {
  await build({
    configFile: false,
    root: join(root, 'renderer'),
    logLevel: 'warn',
    plugins: [react()],
    build: { target: 'chrome130', outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, manifest: true },
  });
  chunks = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The script files that are read before the first screen can be. */
function firstLoad(): string[] {
  const seen = new Set<string>();
  const follow = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const next of chunks[name]?.imports ?? []) follow(next);
  };
  follow('index.html');
  return [...seen].map((name) => readFileSync(join(folder, chunks[name]?.file ?? ''), 'utf8'));
}

test('the window starts with less than 350 KB of script, compressed', () => {
  const bytes = firstLoad().reduce((sum, script) => sum + gzipSync(script).length, 0);
  expect(bytes).toBeLessThan(350_000);
});

test('neither the charts nor the schemas of the contract are among it', () => {
  for (const script of firstLoad()) {
    expect(script.includes('ZodError')).toBe(false);
    expect(script.includes('zrender')).toBe(false);
  }
});
