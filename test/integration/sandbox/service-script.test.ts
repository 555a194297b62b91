import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { installService } from './support.ts';

async function service() {
  const installed = await installService();
  onTestFinished(installed.end);
  return installed;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('a service is started once, stopped once, and its state is told by the exit code', async () => {
  const { script, pid, ask } = await service();
  expect(await script('status')).toMatchObject({ code: 3, stdout: 'apex-ranker does not run.\n' });
  expect(await script('stop')).toMatchObject({ code: 0, stdout: 'apex-ranker does not run.\n' });

  const started = await Promise.all([script('start'), script('start'), script('start')]);
  expect(started.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(started.filter(({ stdout }) => stdout.includes('started'))).toHaveLength(1);
  expect(started.filter(({ stdout }) => stdout.includes('runs already'))).toHaveLength(2);
  expect(await script('status')).toMatchObject({
    code: 0,
    stdout: `apex-ranker runs (process ${pid()}), release 0.1.9-base.\n`,
  });
  expect((await ask('/healthz')).status).toBe(200);

  const stopped = pid();
  expect((await script('stop')).stdout).toBe(`apex-ranker stopped (process ${stopped}).\n`);
  await expect(ask('/healthz')).rejects.toThrow();
});

it('a restart takes up what current points to now', async () => {
  const { script, release, ask, pid } = await service();
  await script('start');
  const before = pid();
  release('0.2.0');
  expect((await (await ask('/health')).json()).version).toBe('0.1.9');
  expect((await script('restart')).code).toBe(0);
  expect(pid()).not.toBe(before);
  expect(await (await ask('/health')).json()).toMatchObject({ version: '0.2.0', release: '0.2.0-next' });
});

it('two versions rank alike, but not the same', async () => {
  const { script, release, ask } = await service();
  const scores = async () => {
    const answer = await (await ask('/predict?date=2026-11-20&top_k=60')).json();
    return new Map(
      answer.predictions.map(({ code, score }: { code: string; score: number }) => [code, score]),
    );
  };
  await script('start');
  const old = await scores();
  release('0.2.0');
  await script('restart');
  const fresh = await scores();
  expect([...fresh.keys()].sort()).toEqual([...old.keys()].sort());
  expect([...fresh]).not.toEqual([...old]);
  const best = (scored: Map<unknown, unknown>) => [...scored.keys()].slice(0, 20);
  expect(best(old).filter((code) => best(fresh).includes(code)).length).toBeGreaterThan(10);
});

it('a service that was killed is seen as not running, and started again', async () => {
  const { script, pid } = await service();
  await script('start');
  const killed = pid();
  process.kill(killed, 'SIGKILL');
  await expect.poll(async () => (await script('status')).code).toBe(3);
  expect((await script('start')).stdout).toMatch(/started/);
  expect(pid()).not.toBe(killed);
});

it('another process that got the number of the old one is neither taken for the service nor ended', async () => {
  const { root, script } = await service();
  await script('start');
  await script('stop');
  writeFileSync(join(root, 'shared', 'run', 'apex-ranker.pid'), `${process.pid} 1\n`);
  expect((await script('status')).code).toBe(3);
  expect((await script('stop')).stdout).toBe('apex-ranker does not run.\n');
  expect(isAlive(process.pid)).toBe(true);
});

it('a release that cannot start says why, and nothing is left running', async () => {
  const { root, script, release } = await service();
  release('0.2.0');
  writeFileSync(join(root, 'releases', '0.2.0-next', 'app', 'model.mjs'), 'export {};\n');
  const started = await script('start');
  expect(started.code).toBe(1);
  expect(started.stderr).toMatch(/apex-ranker ended while starting/);
  expect((await script('status')).code).toBe(3);

  writeFileSync(join(root, 'releases', '0.2.0-next', 'models', 'apex_ranker_v0.2.0.json'), '{}');
  rmSync(join(root, 'current'));
  expect((await script('start')).stderr).toMatch(
    /current\/bin\/start is not there\. Point current to a release/,
  );
});

it.each([
  ['a changed model', 'models/apex_ranker_v0.2.0.json', '{}', /has SHA-256 .* and MANIFEST\.json says/],
  ['a setting that is none', 'config/zz.yaml', 'top_k: lots\n', /config\/zz\.yaml:1: top_k is "lots"/],
])('%s keeps a release from starting, with the reason', async (_, path, text, reason) => {
  const { root, script, release } = await service();
  release('0.2.0');
  writeFileSync(join(root, 'releases', '0.2.0-next', path), text);
  const started = await script('start');
  expect(started).toMatchObject({ code: 1, stderr: expect.stringMatching(reason) });
});

it('a port that another program has is named', async () => {
  const [first, second] = [await service(), await service()];
  await first.script('start');
  second.changeSettings((text) => text.replace(/PORT=\d+/, `PORT=${first.port}`));
  const started = await second.script('start');
  expect(started.code).toBe(1);
  expect(started.stderr).toContain(`Cannot listen on 127.0.0.1:${first.port}: another program has it`);
});

it('a reload takes up new settings; with a mistake in them it keeps the old ones and says why', async () => {
  const { script, changeSettings, ask, log, pid } = await service();
  await script('start');
  const before = pid();
  changeSettings((text) => text.replace('PER_USER_PER_HOUR=100', 'PER_USER_PER_HOUR=7'));
  expect((await script('reload')).code).toBe(0);
  const limit = async () => (await (await ask('/health')).json()).settings.requestsPerHour.perUser;
  await expect.poll(limit).toBe(7);
  changeSettings((text) => text.replace('PER_USER_PER_HOUR=7', 'PER_USER_PER_HOUR=seven'));
  await script('reload');
  await expect.poll(log).toMatch(/Kept the settings it had\. .*RATE_LIMIT_PER_USER_PER_HOUR is "seven"/);
  expect(await limit()).toBe(7);
  expect(pid()).toBe(before);
});

it('answers under way are finished before it stops; a delay by a fault is cut short', async () => {
  const { script, ask, writeFault } = await service();
  await script('start');
  writeFault('slow seconds=30');
  const slow = ask('/predict');
  await expect.poll(async () => (await (await ask('/metrics')).text()).includes('in_progress 2')).toBe(true);
  expect((await script('stop')).code).toBe(0);
  expect((await slow).status).toBe(503);
});

it('a full disk costs lines in the logs, but no answers', async () => {
  const { root, script, ask } = await service();
  for (const path of ['data/predictions.jsonl', 'logs/requests.jsonl', 'logs/service.log']) {
    rmSync(join(root, 'shared', path), { force: true });
    symlinkSync('/dev/full', join(root, 'shared', path));
  }
  await script('start');
  for (let round = 0; round < 3; round += 1) expect((await ask('/predict')).status).toBe(200);
  expect((await script('status')).code).toBe(0);
});

it.each([
  ['stop', '../other'],
  ['stop', ''],
  ['explode', 'apex-ranker'],
  ['start', '-rf'],
])('%s %j is refused with the usage', async (verb, name) => {
  const { script } = await service();
  expect(await script(verb, name)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^usage: service/),
  });
});
