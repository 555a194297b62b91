import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepAwakeByProgram } from '../../../electron/hosts/keep-awake.ts';
import { temporaryFolder } from '../../support/folder.ts';

const onMac = process.platform === 'darwin';

/** A machine whose program for staying awake writes down what it is told, and when it has ended. */
function machine(): { env: NodeJS.ProcessEnv; told: () => string; ended: () => boolean } {
  const folder = temporaryFolder();
  const program = join(folder, onMac ? 'caffeinate' : 'systemd-inhibit');
  const log = join(folder, 'log');
  writeFileSync(
    program,
    `#!/bin/sh\nprintf '%s\\n' "$@" > "${log}"\nfor last; do :; done\n"$last"\ntouch "${log}.ended"\n`,
  );
  chmodSync(program, 0o755);
  return {
    env: { PATH: `${folder}:${process.env.PATH}` },
    told: () => (existsSync(log) ? readFileSync(log, 'utf8') : ''),
    ended: () => existsSync(`${log}.ended`),
  };
}

it('a program of the system holds the machine awake until it is released', async () => {
  const { env, told, ended } = machine();
  const awake = keepAwakeByProgram(env, true);
  expect(awake.can).toBe(true);
  const release = awake.hold('Deploy to $(production) "now"');
  await expect.poll(told).toContain(onMac ? '-i\n' : '--why=Deploy to $(production) "now"\n');
  if (!onMac) expect(told()).toContain('--what=idle:sleep');
  expect(ended()).toBe(false);
  release();
  await expect.poll(ended).toBe(true);
});

it('a killed Holdpoint leaves nothing that keeps the machine awake', async () => {
  const { env, told, ended } = machine();
  const script = `import { keepAwakeByProgram } from ${JSON.stringify(join(import.meta.dirname, '../../../electron/hosts/keep-awake.ts'))};
    keepAwakeByProgram(process.env, true).hold('a run');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, ...env },
  });
  await expect.poll(told, { timeout: 10_000 }).toContain('cat\n');
  child.kill('SIGKILL');
  await expect.poll(ended, { timeout: 10_000 }).toBe(true);
});

it('a machine without such a program says so and what to do', () => {
  const awake = keepAwakeByProgram({ PATH: temporaryFolder() }, false);
  expect(awake.can).toBe(false);
  expect(awake.why).not.toBe('');
  expect(() => awake.hold('a run')()).not.toThrow();
});
