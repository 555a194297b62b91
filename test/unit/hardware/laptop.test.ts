import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLaptop } from '../../../electron/hardware/index.ts';
import { cpuFraction, readLoad } from '../../../electron/hardware/load.ts';
import type { Answers, Question, SystemInformation } from '../../../electron/hardware/system-information.ts';

const gigabyte = 1e9;

const mem = { total: 32 * gigabyte, available: 20 * gigabyte } as Answers['mem'];
const noBattery = { hasBattery: false, acConnected: true } as Answers['battery'];
const battery = { hasBattery: true, percent: 80, isCharging: true, acConnected: true } as Answers['battery'];
const fsSize = [
  { fs: '/dev/sda', mount: '/', size: 500 * gigabyte, available: 200 * gigabyte },
] as Answers['fsSize'];

/** Answers at once, unless told otherwise, and counts what it is asked. */
function fakeInformation(change: Partial<Record<Question, () => Promise<unknown>>> = {}) {
  const asked: Question[] = [];
  const answers: Record<Question, unknown> = {
    mem,
    fsSize,
    battery: noBattery,
    graphics: { controllers: [], displays: [] },
    system: { manufacturer: 'Lenovo', model: 'Lenovo X1' },
    cpu: { manufacturer: 'AMD', brand: 'EPYC' },
    osInfo: { distro: 'Debian GNU/Linux', release: '12' },
  };
  const information: SystemInformation = {
    ask: (question) => {
      asked.push(question);
      return (change[question]?.() ?? Promise.resolve(answers[question])) as never;
    },
    close: () => {},
  };
  return {
    information,
    asked,
    count: (question: Question) => asked.filter((one) => one === question).length,
  };
}

function laptopWith(information: SystemInformation, now?: () => number) {
  const laptop = createLaptop({ information, everyMs: 1, now });
  onTestFinished(() => laptop.close());
  return laptop;
}

describe('the facts of the laptop', () => {
  it('that do not change are asked for once, and not before anyone asks', async () => {
    const { information, asked, count } = fakeInformation();
    const laptop = laptopWith(information);
    expect(asked).toEqual([]);
    const first = await laptop.facts();
    await laptop.facts();
    expect(first).toMatchObject({ host: 'laptop', machine: 'Lenovo X1', os: 'Debian GNU/Linux 12' });
    expect([count('system'), count('cpu'), count('osInfo'), count('graphics')]).toEqual([1, 1, 1, 1]);
    expect(count('fsSize')).toBe(2);
  });

  it('say what did not answer, and ask it again the next time', async () => {
    let answers = false;
    const { information } = fakeInformation({
      graphics: () =>
        answers
          ? Promise.resolve({ controllers: [{ vendor: 'NVIDIA', model: 'RTX 4090', vram: 24564 }] })
          : Promise.reject(new Error('graphics took too long')),
    });
    const laptop = laptopWith(information);
    expect(await laptop.facts()).toMatchObject({ gpus: [], unknown: { gpus: 'graphics took too long' } });
    answers = true;
    const facts = await laptop.facts();
    expect(facts.gpus).toEqual([
      { model: 'NVIDIA RTX 4090', memoryBytes: 24_564 * 2 ** 20, driver: '', cuda: '' },
    ]);
    expect(facts.unknown).not.toHaveProperty('gpus');
  });
});

describe('the load of the laptop', () => {
  it('is measured only while somebody listens', async () => {
    const { information, asked } = fakeInformation();
    const laptop = laptopWith(information);
    await delay(10);
    expect(asked).toEqual([]);
    let samples = 0;
    for await (const load of laptop.watchLoad()) {
      expect(load).toMatchObject({ memoryUsedBytes: 12 * gigabyte, memoryBytes: 32 * gigabyte });
      samples += 1;
      if (samples === 3) break;
    }
    const before = asked.length;
    await delay(20);
    expect(asked.length).toBe(before);
  });

  it('goes on for the second listener when the first one leaves', async () => {
    const { information } = fakeInformation();
    const laptop = laptopWith(information);
    const first = laptop.watchLoad();
    const second = laptop.watchLoad();
    await Promise.all([first.next(), second.next()]);
    await first.return();
    expect((await second.next()).done).toBe(false);
    await second.return();
  });

  it('ends at once for a listener that is told to stop', async () => {
    const { information } = fakeInformation({ mem: () => new Promise(() => {}) });
    const stop = new AbortController();
    const next = laptopWith(information).watchLoad(stop.signal).next();
    stop.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('asks for graphics once a minute at most, and for disks twice', async () => {
    let time = 0;
    const { information, count } = fakeInformation();
    const laptop = laptopWith(information, () => time);
    let samples = 0;
    for await (const _ of laptop.watchLoad()) {
      samples += 1;
      time += 3_000;
      if (samples === 40) break;
    }
    expect(count('mem')).toBeGreaterThanOrEqual(40);
    expect(count('graphics')).toBeLessThanOrEqual(3);
    expect(count('fsSize')).toBeLessThanOrEqual(5);
  });

  it('never asks again before the last sample has come', async () => {
    let [under, most] = [0, 0];
    const { information } = fakeInformation({
      mem: async () => {
        under += 1;
        most = Math.max(most, under);
        await delay(15);
        under -= 1;
        return mem;
      },
    });
    let samples = 0;
    for await (const _ of laptopWith(information).watchLoad()) {
      samples += 1;
      if (samples === 4) break;
    }
    expect(most).toBe(1);
  });

  it('keeps the last known figure of what does not answer', async () => {
    let calls = 0;
    const { information } = fakeInformation({
      mem: () => {
        calls += 1;
        return calls === 1 ? Promise.resolve(mem) : Promise.reject(new Error('no answer'));
      },
    });
    const seen: number[] = [];
    for await (const { memoryUsedBytes } of laptopWith(information).watchLoad()) {
      seen.push(memoryUsedBytes);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual([12 * gigabyte, 12 * gigabyte, 12 * gigabyte]);
  });

  it('shows battery and power where there is a battery, and neither where there is none', () => {
    const answers = { memory: mem, disks: fsSize, graphics: null };
    expect(readLoad({ ...answers, battery })).toMatchObject({
      battery: { fraction: 0.8, charging: true },
      onPower: true,
    });
    expect(readLoad({ ...answers, battery: noBattery })).toMatchObject({ battery: null, onPower: null });
    expect(readLoad({ ...answers, battery: null })).toMatchObject({ battery: null, onPower: null });
  });

  it('counts processor time between two readings', () => {
    expect(cpuFraction({ busy: 100, total: 1000 }, { busy: 150, total: 1200 })).toBe(0.25);
    expect(cpuFraction({ busy: 100, total: 1000 }, { busy: 100, total: 1000 })).toBe(0);
    expect(cpuFraction({ busy: 100, total: 1000 }, { busy: 90, total: 1100 })).toBe(0);
  });
});
