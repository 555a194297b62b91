import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/root.ts';

const dist = join(root, 'dist');
const firstLoadBudget = 350_000;

function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every module that the files import or require by name, whether bundled code or our own asks for it. */
function importedBy(files: string[]): Set<string> {
  return new Set(files.flatMap(importedByOne).map((name) => name.replace(/^node:/, '')));
}

function importedByOne(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const declared = parseAst(text).body.flatMap((node) =>
    'source' in node && node.source ? [node.source.value] : [],
  );
  // The bundler writes double quotes; what stands in single ones is a comment.
  const called = [...text.matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].map((match) => match[1] ?? '');
  return [...declared, ...called].filter((name) => !name.startsWith('.'));
}

describe('the built Node entries', () => {
  const files = filesBelow(join(dist, 'electron'), /\.js$/);
  const builtin = new Set(builtinModules);
  const imported = importedBy(files);

  it('are all there', () => {
    const names = readdirSync(join(dist, 'electron'));
    expect(names).toEqual(expect.arrayContaining(['main.js', 'service-process.js', 'loopback.js']));
  });

  it('import better-sqlite3 by its name, and find systeminformation by its name when it is asked', () => {
    expect(imported).toContain('better-sqlite3');
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    expect(texts.some((text) => text.includes('.resolve("systeminformation")'))).toBe(true);
  });

  it('import nothing else that must be installed, and carry no native code', () => {
    // The first two are optional parts of ws, which goes without them.
    const known = [
      'bufferutil',
      'utf-8-validate',
      'electron',
      'better-sqlite3',
      'systeminformation',
      '@duckdb/node-api',
      'onnxruntime-node',
    ];
    const others = [...imported].filter((name) => !builtin.has(name.split('/')[0] ?? ''));
    expect(others.filter((name) => !known.includes(name))).toEqual([]);
    for (const file of files) {
      expect(readFileSync(file, 'utf8'), file).not.toMatch(/process\.dlopen|require\([^)]*\.node["']\)/);
    }
  });

  it('start fast: the main process of the desktop app brings no more than it needs', () => {
    const text = readFileSync(join(dist, 'electron', 'main.js'), 'utf8');
    const chunks = [...text.matchAll(/from "\.\/(chunks\/[^"]+)"/g)].map((match) => match[1] ?? '');
    const loaded = [text, ...chunks.map((chunk) => readFileSync(join(dist, 'electron', chunk), 'utf8'))].join(
      '',
    );
    expect(loaded.length).toBeLessThan(100_000);
    expect(loaded).not.toContain('better-sqlite3');
  });
});

describe('the built preload script', () => {
  it('is CommonJS, as a sandboxed page takes it, and needs Electron alone', () => {
    const file = join(dist, 'preload', 'preload.cjs');
    expect([...importedBy([file])]).toEqual(['electron']);
    expect(readFileSync(file, 'utf8')).not.toMatch(/^\s*(?:import|export)\b/m);
  });
});

describe('the built window', () => {
  it('is built for release', () => {
    for (const file of filesBelow(join(dist, 'renderer'), /\.js$/)) {
      expect(readFileSync(file, 'utf8'), file).not.toMatch(/react-dom-client\.development|jsxDEV/);
    }
  });

  const page = readFileSync(join(dist, 'renderer', 'index.html'), 'utf8');

  it('has no script and no style in its page, and asks nobody else for anything', () => {
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(addresses.filter((address) => !address.startsWith('/') && !address.startsWith('data:'))).toEqual(
      [],
    );
  });

  it('loads at most 350 KB of compressed JavaScript at first', () => {
    const scripts = [...page.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
    expect(scripts.length).toBeGreaterThan(0);
    const bytes = scripts
      .map((script) => gzipSync(readFileSync(join(dist, 'renderer', script))).length)
      .reduce((sum, size) => sum + size, 0);
    console.log(
      `First-load JavaScript: ${(bytes / 1000).toFixed(1)} KB gzip of ${firstLoadBudget / 1000} KB`,
    );
    expect(bytes).toBeLessThanOrEqual(firstLoadBudget);
  });
});
