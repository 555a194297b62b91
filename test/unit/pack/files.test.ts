import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPack } from '../../../electron/pack/index.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { kinds, packOf, readFiles, smallest } from './support.ts';

async function problemsIn(folder: string): Promise<Problem[]> {
  const read = await readPack(folder, kinds);
  return read.ok ? [] : read.problems;
}

const runbook = 'runbook: Deploy\nsteps:\n  - lock: {}\n';

describe('a folder that is no pack', () => {
  it('is not there', async () => {
    const folder = join(temporaryFolder(), 'gone');
    expect(await problemsIn(folder)).toEqual([
      {
        file: folder,
        line: 1,
        column: 1,
        path: '',
        message: 'There is no such folder.',
        hint: 'Check the path, or whether the drive it is on is there.',
      },
    ]);
  });

  it('has no launch.yaml', async () => {
    const folder = temporaryFolder();
    const [said] = await problemsIn(folder);
    expect(said?.message).toBe(`There is no launch.yaml in ${folder}.`);
  });

  it('is a file', async () => {
    const folder = packOf({ 'launch.yaml': smallest });
    const [said] = await problemsIn(join(folder, 'launch.yaml'));
    expect(said?.message).toBe('This is a file, and a folder is needed.');
  });

  it('has a name no folder can have', async () => {
    const [said] = await problemsIn('a\0b');
    expect(said?.message).toBe('The path has a NUL character, which no file name can.');
  });
});

describe('a file of a pack', () => {
  it('is not UTF-8: the line is said', async () => {
    const bytes = Buffer.concat([
      Buffer.from('runbook: A\nsteps:\n  - lock: {}\n  - run: '),
      Buffer.from([0xe9]),
    ]);
    const read = await readFiles({ 'launch.yaml': smallest, 'runbooks/a.yaml': bytes });
    expect(read).toMatchObject({ ok: false, problems: [{ file: 'runbooks/a.yaml', line: 4 }] });
  });

  it('is larger than any pack needs', async () => {
    const read = await readFiles({ 'launch.yaml': `${smallest}# ${'x'.repeat(1_000_000)}\n` });
    expect(read).toMatchObject({
      ok: false,
      problems: [{ message: 'The file is larger than 1 MB.' }],
    });
  });

  it('is a folder, a circle of links, or leads nowhere', async () => {
    const folder = packOf({ 'launch.yaml': smallest });
    mkdirSync(join(folder, 'runbooks', 'folder.yaml'), { recursive: true });
    symlinkSync('circle.yaml', join(folder, 'runbooks', 'circle.yaml'));
    symlinkSync('nothing', join(folder, 'runbooks', 'nowhere.yaml'));
    expect((await problemsIn(folder)).map(({ file, message }) => `${file} ${message}`)).toEqual([
      'runbooks/circle.yaml It is a symbolic link that leads back to itself.',
      'runbooks/folder.yaml This is a folder, and a file is needed.',
      'runbooks/nowhere.yaml There is no such file or folder.',
    ]);
  });

  it('is a pipe: reading it would never end', async () => {
    const folder = packOf({ 'launch.yaml': smallest, 'runbooks/deploy.yaml': runbook });
    spawnSync('mkfifo', [join(folder, 'runbooks', 'pipe.yaml')]);
    const [said] = await problemsIn(folder);
    expect(said).toMatchObject({ file: 'runbooks/pipe.yaml', message: 'This is not a regular file.' });
  });

  it('may not be read', async () => {
    const folder = packOf({ 'launch.yaml': smallest, 'runbooks/deploy.yaml': runbook });
    chmodSync(join(folder, 'runbooks', 'deploy.yaml'), 0);
    const said = await problemsIn(folder);
    // Nothing is closed to root.
    const expected = process.getuid?.() === 0 ? [] : ['It may not be read by this user.'];
    expect(said.map(({ message }) => message)).toEqual(expected);
  });

  it('is in the place of the folder of runbooks', async () => {
    const rest = 'rollback: { runbook: rollback }\n';
    const read = await readFiles({ 'launch.yaml': smallest + rest, runbooks: 'not a folder' });
    expect(read).toMatchObject({
      ok: false,
      problems: [{ file: 'runbooks', message: 'This is a file, and a folder is needed.' }],
    });
  });

  it('is the checklist, of any size: what it says is for the checklist to judge', async () => {
    const folder = packOf({ 'launch.yaml': smallest });
    writeFileSync(join(folder, 'checklist.md'), Buffer.alloc(10_000_000, 0xff));
    expect(await problemsIn(folder)).toEqual([]);
  });

  for (const path of [
    '/etc/passwd',
    '../checklist.md',
    'a/../../checklist.md',
    'C:\\checklist.md',
    '~/checklist.md',
  ]) {
    it(`lies outside the folder: ${path}`, async () => {
      const read = await readFiles({ 'launch.yaml': `system: A\nversion: "1"\nchecklist: ${path}\n` });
      expect(read).toMatchObject({
        ok: false,
        problems: [{ message: `${JSON.stringify(path)} lies outside the pack's folder.` }],
      });
    });
  }
});
