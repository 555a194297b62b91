import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLaptop } from '../../../electron/hardware/index.ts';
import { createSystemInformation } from '../../../electron/hardware/system-information.ts';
import { machineFacts, machineLoad } from '../../../shared/contract/hardware.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** How often this thread came to do something else while `work` went on. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const tick = setInterval(() => {
    turns += 1;
  }, 5);
  await work();
  clearInterval(tick);
  return turns;
}

/** A module that stands for systeminformation and waits for programs the way it does. */
function moduleWith(source: string): string {
  const path = join(temporaryFolder(), 'information.cjs');
  writeFileSync(path, source);
  return path;
}

describe('this machine', () => {
  it('is measured by systeminformation', async () => {
    const laptop = createLaptop();
    onTestFinished(() => laptop.close());
    const facts = await laptop.facts();
    expect(machineFacts.parse(facts)).toMatchObject({ host: 'laptop', hostname: hostname() });
    expect(facts.disks.length).toBeGreaterThan(0);
    expect(facts.os).not.toBe('');
    for await (const load of laptop.watchLoad()) {
      expect(machineLoad.parse(load).memoryUsedBytes).toBeGreaterThan(0);
      expect(load.cpuFraction).toBeGreaterThanOrEqual(0);
      break;
    }
  });
});

describe('systeminformation', () => {
  const waits = `
    const { execFileSync } = require('node:child_process');
    exports.mem = async () => { execFileSync('sleep', ['0.5']); return { total: 1 }; };
    exports.graphics = async () => { execFileSync('sleep', ['60']); };
    exports.battery = () => new Promise(() => {});
    exports.cpu = async () => { throw new Error('no such file'); };
    exports.fsSize = async () => [{ mount: '/' }];
  `;

  it('that waits for a program does not block this thread', async () => {
    const information = createSystemInformation({ module: moduleWith(waits) });
    onTestFinished(() => information.close());
    // The program it waits for takes 500 ms, in which a blocked thread would turn once at most.
    expect(await turnsDuring(() => information.ask('mem'))).toBeGreaterThan(5);
  });

  it('that never answers is given up, left alone for a while, and does not stop other questions', async () => {
    const information = createSystemInformation({ module: moduleWith(waits), limitMs: 300 });
    onTestFinished(() => information.close());
    const [battery, disks] = await Promise.allSettled([
      information.ask('battery'),
      information.ask('fsSize'),
    ]);
    expect(battery).toMatchObject({
      reason: { code: 'not-measured', message: expect.stringContaining('0.3 s') },
    });
    expect(disks).toMatchObject({ value: [{ mount: '/' }] });
    await expect(information.ask('battery')).rejects.toThrow('when last asked');
  });

  it('has the programs it waits for ended', async () => {
    const information = createSystemInformation({ module: moduleWith(waits), limitMs: 600 });
    onTestFinished(() => information.close());
    await expect(information.ask('graphics')).rejects.toThrow('ETIMEDOUT');
    await expect(information.ask('fsSize')).resolves.toEqual([{ mount: '/' }]);
  });

  it('that fails says why', async () => {
    const information = createSystemInformation({ module: moduleWith(waits) });
    onTestFinished(() => information.close());
    await expect(information.ask('cpu')).rejects.toThrow(
      "systeminformation's cpu gave nothing: Error: no such file",
    );
  });

  it('is asked the same thing once at a time', async () => {
    const counting = 'let n = 0; exports.mem = async () => ({ total: ++n });';
    const information = createSystemInformation({ module: moduleWith(counting), idleMs: 10_000 });
    onTestFinished(() => information.close());
    const answers = await Promise.all([information.ask('mem'), information.ask('mem')]);
    expect(answers).toEqual([{ total: 1 }, { total: 1 }]);
    expect(await information.ask('mem')).toEqual({ total: 2 });
  });

  it('starts again after its thread has ended for want of questions', async () => {
    const counting = 'let n = 0; exports.mem = async () => ({ total: ++n });';
    const information = createSystemInformation({ module: moduleWith(counting), idleMs: 1 });
    onTestFinished(() => information.close());
    await information.ask('mem');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await information.ask('mem')).toEqual({ total: 1 });
  });

  it('leaves nobody waiting when it is closed', async () => {
    const information = createSystemInformation({ module: moduleWith(waits) });
    const answers = Promise.allSettled([information.ask('battery'), information.ask('fsSize')]);
    information.close();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
