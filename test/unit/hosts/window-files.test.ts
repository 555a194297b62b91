import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findWindowFile } from '../../../electron/hosts/window-files.ts';
import { temporaryFolder } from '../../support/folder.ts';

function windowFolder(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'renderer-secret.txt'), 'secret');
  for (const name of ['index.html', 'assets/main-1a2b.js', 'assets/odd name.css']) {
    writeFileSync(join(folder, 'renderer', name), name);
  }
  return join(folder, 'renderer');
}

describe('the files of the window', () => {
  const found = (path: string, folder = windowFolder()) => {
    const file = findWindowFile(folder, path);
    return file && relative(folder, file.path);
  };

  it('are found by their path, with their type and how long they may be kept', () => {
    const folder = windowFolder();
    expect(findWindowFile(folder, '/assets/main-1a2b.js')).toEqual({
      path: join(folder, 'assets/main-1a2b.js'),
      type: 'text/javascript; charset=utf-8',
      cacheControl: 'public, max-age=31536000, immutable',
    });
    expect(findWindowFile(folder, '/')).toEqual({
      path: join(folder, 'index.html'),
      type: 'text/html; charset=utf-8',
      cacheControl: 'no-store',
    });
    expect(found('/assets/odd%20name.css')).toBe('assets/odd name.css');
  });

  it.each(['/checklist', '/runs/7', '/item/Go%20Criteria%20%3E%20Sharpe', '/launch/apex@0.2.0', '/assets'])(
    'a place in the app, %s, is the page itself, so that it can be reloaded',
    (path) => {
      expect(found(path)).toBe('index.html');
    },
  );

  it('a missing script or picture is missing', () => {
    expect(['/assets/gone.js', '/gone.css', '/gone.png'].map((path) => found(path))).toEqual([
      null,
      null,
      null,
    ]);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/../renderer-secret.txt',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/..',
    '/%00',
    '/index.html%00.js',
    '/%',
    '/%c0%ae%c0%ae/secret.txt',
  ])('%s leads nowhere outside', (path) => {
    expect([null, 'index.html']).toContain(found(path));
  });

  it('no path whatever leads outside', () => {
    const folder = windowFolder();
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        '%2e%2e',
        '%2f',
        '\\',
        '..\\',
        'assets',
        'secret.txt',
        '~',
        '%5c',
        '%00',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const file = findWindowFile(folder, `/${pieces.join('/')}`);
        expect(file === null || !relative(folder, file.path).startsWith('..')).toBe(true);
      }),
    );
  });
});
