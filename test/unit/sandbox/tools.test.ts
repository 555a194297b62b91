import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSandbox } from '../../../electron/sandbox/index.ts';
import { findTools, isRootLocked, type ToolSearch } from '../../../electron/sandbox/tools.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** A machine with just these programs, each a script that prints its text. */
function machine(programs: Record<string, string>, self: Partial<ToolSearch['self']> = {}): ToolSearch {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho '${text}'\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return {
    folders: ['/nonexistent', folder],
    self: { path: '/this/node', version: '24.1.0', isElectron: false, platform: 'linux', ...self },
  };
}
const all = { sshd: '', ssh: '', 'ssh-keygen': '', tar: '' };
const without = (name: string) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));

describe('what the sandbox needs of a machine', () => {
  it('this process runs the demo services where it is a Node that can', async () => {
    const search = machine(all);
    expect(await findTools(search)).toMatchObject({
      ok: true,
      tools: { node: '/this/node', sshd: join(search.folders[1] ?? '', 'sshd') },
    });
  });

  it('inside Electron, or on an old Node, the one on PATH does, when it is new enough', async () => {
    for (const self of [{ isElectron: true }, { version: '20.20.2' }]) {
      expect(await findTools(machine({ ...all, node: '22.14.0' }, self))).toMatchObject({
        ok: true,
        tools: { node: expect.stringMatching(/\/node$/) },
      });
      for (const programs of [all, { ...all, node: '20.1.0' }, { ...all, node: 'not a version' }]) {
        expect(await findTools(machine(programs, self))).toMatchObject({
          ok: false,
          problem: expect.stringMatching(/no Node 22 or newer/),
        });
      }
    }
  });

  it.each([
    ['sshd', /^There is no sshd on this machine\. Install it with: .*openssh/],
    ['ssh', /^There is no OpenSSH client on this machine\. Install it with: .*openssh/],
    ['ssh-keygen', /^There is no OpenSSH client/],
    ['tar', /^There is no tar/],
  ])('without %s it says so and how to install it', async (name, problem) => {
    expect(await findTools(machine(without(name)))).toEqual({
      ok: false,
      problem: expect.stringMatching(problem),
    });
  });

  it('on Windows it says what to do instead', async () => {
    expect(await findTools(machine(all, { platform: 'win32' }))).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/Windows does not have.*WSL/),
    });
  });

  it('the sandbox shows the problem, refuses to start, and starts nothing', async () => {
    const sandbox = createSandbox({
      folder: join(temporaryFolder(), 's'),
      resources: '/nonexistent',
      search: machine(without('sshd')),
    });
    expect(await sandbox.state()).toMatchObject({
      state: 'stopped',
      problem: expect.stringMatching(/no sshd/),
    });
    await expect(sandbox.start()).rejects.toMatchObject({
      code: 'cannot-run',
      message: expect.stringMatching(/no sshd/),
    });
    expect((await sandbox.state()).hosts.map(({ running }) => running)).toEqual([false, false, false]);
  });

  it('a folder whose path SSH cannot hold is refused with the character', async () => {
    const sandbox = createSandbox({ folder: '/tmp/a"b', resources: '/nonexistent', search: machine(all) });
    expect((await sandbox.state()).problem).toBe(
      'The sandbox cannot lie in /tmp/a"b: the configuration of SSH cannot hold "\\"" in a path. Choose another folder.',
    );
  });

  it('a locked root account is told from one without a password', () => {
    const shadow = join(temporaryFolder(), 'shadow');
    for (const [line, locked] of [
      ['root:!:19000:0:99999:7:::', true],
      ['root:*:19000:0:99999:7:::', false],
      ['daemon:!:1:::::', false],
    ] as const) {
      writeFileSync(shadow, `${line}\n`);
      expect(isRootLocked(shadow)).toBe(locked);
    }
    expect(isRootLocked('/nonexistent')).toBe(false);
  });
});
