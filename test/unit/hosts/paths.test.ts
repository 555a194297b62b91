import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { type Host, localHost, type PathWish } from '../../../electron/hosts/index.ts';
import type { Session } from '../../../electron/launch/index.ts';
import { pathProcedures } from '../../../electron/router/paths.ts';
import { temporaryFolder } from '../../support/folder.ts';

const clientOf = (host: Host = localHost('loopback')) =>
  createRouterClient(pathProcedures({ host } as Session));

function someFiles(): string {
  const folder = temporaryFolder();
  for (const name of ['Reviews', 'runs', '.git']) mkdirSync(join(folder, name));
  for (const name of ['review.zip', 'review.txt', 'Release.ZIP', '.hidden.zip'])
    writeFileSync(join(folder, name), '');
  symlinkSync(join(folder, 'runs'), join(folder, 'recent'));
  symlinkSync('/nowhere/at/all', join(folder, 'rotten.zip'));
  return folder;
}

describe('a path that is being typed', () => {
  const complete = async (typed: string, files: string[] | null) => clientOf().complete({ typed, files });
  const names = async (typed: string, files: string[] | null) =>
    (await complete(typed, files)).paths.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name));

  it('goes on to folders and to the files that fit, whatever their capitals, and not to links that lead nowhere', async () => {
    const folder = someFiles();
    expect(await names(`${folder}/`, ['zip'])).toEqual([
      'Reviews/',
      'recent/',
      'runs/',
      'Release.ZIP',
      'review.zip',
    ]);
    expect(await names(`${folder}/re`, ['zip'])).toEqual([
      'Reviews/',
      'recent/',
      'Release.ZIP',
      'review.zip',
    ]);
    expect(await names(`${folder}/re`, null)).toEqual(['Reviews/', 'recent/']);
    expect(await names(`${folder}/re`, [])).toContain('review.txt');
    expect(await names(`${folder}/.`, ['zip'])).toEqual(['.git/', '.hidden.zip']);
    expect((await complete(`${folder}/ru`, null)).paths).toEqual([
      { path: `${folder}/runs/`, name: 'runs', kind: 'folder' },
    ]);
  });

  it('is kept as it is written, says what is wrong with its folder, and is relative to nothing', async () => {
    const folder = someFiles();
    const own = await complete('~/', []);
    expect(own.problem).toBe('');
    for (const { path } of own.paths) expect(path).toMatch(/^~\//);
    expect((await complete(`${homedir()}/`, [])).paths).toHaveLength(own.paths.length);
    expect(await complete(`${folder}/nothing/x`, [])).toMatchObject({
      paths: [],
      problem: `There is no folder ${folder}/nothing/`,
    });
    expect((await complete(`${folder}/review.txt/x`, [])).problem).toMatch(/is no folder$/);
    for (const typed of ['', 'review', '../review']) {
      expect(await complete(typed, [])).toEqual({ paths: [], more: 0, problem: '' });
    }
  });

  it('offers no more than can be read at a glance, and says how many more there are', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 50; index += 1) mkdirSync(join(folder, `f${index}`));
    const { paths, more } = await complete(`${folder}/`, null);
    expect([paths.length, more]).toEqual([40, 10]);
  });
});

describe('the dialog of the system', () => {
  it('begins where the path in full leads, and is the host’s', async () => {
    const wishes: PathWish[] = [];
    const pick = async (wish: PathWish) => {
      wishes.push(wish);
      return '/tmp/review.zip';
    };
    const client = clientOf({ ...localHost('loopback'), paths: { can: true, why: '', pick } });
    expect(await client.pick({ kind: 'file', extensions: ['zip'], at: '~/Downloads' })).toBe(
      '/tmp/review.zip',
    );
    expect(wishes).toEqual([{ kind: 'file', extensions: ['zip'], at: join(homedir(), 'Downloads') }]);
    const { can, why, pick: none } = localHost('loopback').paths;
    expect([can, why]).toEqual([false, expect.stringMatching(/Type the path/)]);
    expect(await none({ kind: 'file', extensions: [], at: '' })).toBeNull();
  });
});
