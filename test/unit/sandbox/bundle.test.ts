import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBundle } from '../../../electron/sandbox/bundle.ts';
import { tar } from '../../../electron/sandbox/tar.ts';
import { root } from '../../../scripts/support/root.ts';
import { temporaryFolder } from '../../support/folder.ts';

const resources = join(root, 'resources', 'sandbox');

function unpack(bytes: Buffer): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'b.tar.gz'), bytes);
  mkdirSync(join(folder, 'out'));
  execFileSync('tar', ['-xzf', 'b.tar.gz', '-C', 'out'], { cwd: folder });
  return join(folder, 'out');
}

describe('bundles', () => {
  it('the same version gives the same bytes, from another folder and at another time as well', () => {
    const copy = temporaryFolder();
    cpSync(resources, copy, { recursive: true, preserveTimestamps: false });
    const first = makeBundle(resources, 'apex-ranker', '0.2.0-production');
    const second = makeBundle(copy, 'apex-ranker', '0.2.0-production');
    expect(second.bytes.equals(first.bytes)).toBe(true);
    expect(makeBundle(resources, 'apex-ranker', '0.2.1').sha256).not.toBe(first.sha256);
  });

  it('tar unpacks it into exactly the files that the manifest names, with their digests', () => {
    const { bytes } = makeBundle(resources, 'apex-ranker', '0.2.0-production');
    const out = unpack(bytes);
    const manifest = JSON.parse(readFileSync(join(out, 'MANIFEST.json'), 'utf8'));
    expect(manifest).toMatchObject({
      system: 'apex-ranker',
      version: '0.2.0-production',
      model: 'models/apex_ranker_v0.2.0_production.json',
    });
    const found = execFileSync('find', ['.', '-type', 'f'], { cwd: out, encoding: 'utf8' });
    const paths = found
      .trim()
      .split('\n')
      .map((path) => path.slice(2))
      .sort();
    expect(paths.filter((path) => path !== 'MANIFEST.json')).toEqual(Object.keys(manifest.files).sort());
    for (const [path, digest] of Object.entries(manifest.files)) {
      expect(
        createHash('sha256')
          .update(readFileSync(join(out, path)))
          .digest('hex'),
      ).toBe(digest);
    }
    expect(statSync(join(out, 'bin', 'start')).mode & 0o777).toBe(0o755);
  });

  it('each system brings its own limits, and one without any takes those of the service', () => {
    const config = (system: string) => {
      const { files } = makeBundle(resources, system, '1.0');
      return files.find(({ path }) => path === 'config/defaults.yaml')?.content.toString();
    };
    expect(config('apex-ranker')).toMatch(/top_k: 35/);
    expect(config('neural-trading')).toMatch(/top_k: 20/);
    expect(config('another')).toBe(config('apex-ranker'));
  });

  it('a version with any characters names no path outside the models', () => {
    const { files } = makeBundle(resources, 'apex-ranker', '../../etc/x y');
    expect(files.map(({ path }) => path).filter((path) => path.startsWith('models/'))).toEqual([
      'models/apex_ranker_vetc_x_y.json',
    ]);
  });

  it('an archive does not depend on the order of its files and lists folders, owner and a fixed time', () => {
    const files = [
      { path: 'b/c.txt', mode: 0o644, content: Buffer.from('two') },
      { path: 'a', mode: 0o755, content: Buffer.alloc(513, 'x') },
    ];
    const bytes = tar(files);
    expect(tar([...files].reverse()).equals(bytes)).toBe(true);
    const listing = execFileSync('tar', ['--utc', '--numeric-owner', '-tvf', '-'], { input: bytes });
    const lines = listing.toString().trim().split('\n');
    expect(lines.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      '-rwxr-xr-x 0/0 513 2020-01-01 00:00 a',
      'drwxr-xr-x 0/0 0 2020-01-01 00:00 b/',
      '-rw-r--r-- 0/0 3 2020-01-01 00:00 b/c.txt',
    ]);
  });
});
