import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, type TestContext } from 'vitest';
import { upload } from '../../../electron/ssh/index.ts';
import { collect, jobFolder, jobOn, setScene, until } from './support.ts';

/**
 * A host whose home is a disk of 256 KB. Where this user may not mount one, a home without write permission, which
 * is refused in the same way.
 */
async function setSmallScene(context: TestContext) {
  const scene = setScene(context);
  const host = await scene.lab.addHost('small');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', host.home]).status === 0;
  if (!mounted)
    console.log('No disk can be mounted here: a home without write permission stands in for a full one.');
  if (mounted) context.onTestFinished(() => void execFileSync('umount', ['-l', host.home]));
  else context.onTestFinished(() => chmodSync(host.home, 0o700));
  const filler = join(host.home, 'filler');
  return {
    ...scene,
    host,
    mounted,
    ssh: scene.client(),
    reason: mounted ? 'No space left on device' : 'Permission denied',
    fill() {
      if (mounted) spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1024']);
      else chmodSync(host.home, 0o500);
    },
    free() {
      if (mounted) rmSync(filler);
      else chmodSync(host.home, 0o700);
    },
  };
}

it.concurrent('a job is not started on a full disk, and can be started under the same name when there is room', async (context) => {
  const { host, ssh, jobs, fill, free, reason } = await setSmallScene(context);
  const client = jobs(ssh);
  const job = jobOn('small', 'echo run >> "$HOME/runs"');
  fill();
  await expect(client.run(job, collect())).rejects.toMatchObject({
    code: 'not-writable',
    host: 'small',
    message: expect.stringMatching(
      new RegExp(`^small cannot keep a job in .*${reason}.* Nothing was started`),
    ),
  });
  free();
  expect(existsSync(jobFolder(host, job.id))).toBe(false);
  expect(await client.run(job, collect())).toMatchObject({ kind: 'exited', code: 0, executions: 1 });
  expect(readFileSync(join(host.home, 'runs'), 'utf8')).toBe('run\n');
});

it.concurrent('a job that fills the disk still leaves its result', async (context) => {
  const { host, ssh, jobs, mounted } = await setSmallScene(context);
  const client = jobs(ssh);
  const fill = mounted ? 'dd if=/dev/zero of="$HOME/filler" bs=1024 2>&1' : 'false';
  const job = jobOn('small', `${fill} || exit 9`);
  const output = collect();
  expect(await client.run(job, output)).toMatchObject({ kind: 'exited', code: 9 });
  await until('its result is kept', () => existsSync(join(jobFolder(host, job.id), 'exit')));
  expect(await client.attach('small', job.id, collect())).toMatchObject({
    kind: 'exited',
    code: 9,
    executions: 1,
  });
});

it.concurrent('an upload to a full disk says so, and leaves what was there', async (context) => {
  const { lab, host, ssh, fill, reason } = await setSmallScene(context);
  const local = join(lab.folder, 'bundle');
  writeFileSync(local, Buffer.alloc(300_000));
  writeFileSync(join(host.home, 'bundle'), 'the old one');
  fill();
  await expect(upload(ssh, 'small', local, 'bundle')).rejects.toMatchObject({
    code: 'not-writable',
    message: expect.stringMatching(new RegExp(`^small could not store bundle: .*${reason}.*Free some space`)),
  });
  expect(readFileSync(join(host.home, 'bundle'), 'utf8')).toBe('the old one');
  expect(readdirSync(host.home).filter((name) => name.includes('.part-'))).toEqual([]);
});
