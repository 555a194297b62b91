import { describe, expect, it } from 'vitest';
import { createProber, type RunOnHost } from '../../../electron/hardware/index.ts';

const answer = (hostname: string) =>
  `@@ probe 1\n@@ clock 1795300948000000000\n@@ hostname ${hostname}\n@@ clock 1795300948000000000\n@@ end\n`;

/** Answers with the host's own name. */
function counted() {
  let [runs, time] = [0, 1_795_300_948_000];
  const run: RunOnHost = async (host, _program, { onOutput }) => {
    runs += 1;
    onOutput(Buffer.from(answer(host)));
  };
  const prober = createProber({ run, now: () => time });
  return { prober, runs: () => runs, pass: (ms: number) => (time += ms) };
}

class LinkTimeout extends Error {
  readonly code = 'timeout';
}

describe('a probe', () => {
  it('is one round trip, shared by questions at the same time', async () => {
    const { prober, runs } = counted();
    const [first, second] = await Promise.all([prober.probe('prd-1'), prober.probe('prd-1')]);
    expect(first).toBe(second);
    expect(runs()).toBe(1);
    await Promise.all([prober.probe('prd-1'), prober.probe('prd-2')]);
    expect(runs()).toBe(3);
  });

  it('is not repeated while it is young enough for the asker', async () => {
    const { prober, runs, pass } = counted();
    await prober.probe('prd-1', { maxAgeMs: 10_000 });
    pass(9_000);
    await prober.probe('prd-1', { maxAgeMs: 10_000 });
    expect(runs()).toBe(1);
    pass(2_000);
    await prober.probe('prd-1', { maxAgeMs: 10_000 });
    expect(runs()).toBe(2);
    await prober.probe('prd-1');
    expect(runs()).toBe(3);
  });

  it('that fails is not remembered, and the last facts stay', async () => {
    let refuse = false;
    const run: RunOnHost = async (host, _program, { onOutput }) => {
      if (refuse) throw new Error('connection refused');
      onOutput(Buffer.from(answer(host)));
    };
    const prober = createProber({ run });
    expect(prober.latest('prd-1')).toBeNull();
    await prober.probe('prd-1');
    refuse = true;
    await expect(prober.probe('prd-1')).rejects.toThrow('connection refused');
    expect(prober.latest('prd-1')).toMatchObject({ hostname: 'prd-1' });
    refuse = false;
    await expect(prober.probe('prd-1')).resolves.toMatchObject({ hostname: 'prd-1' });
  });

  it('that hangs half-way gives the facts that came before', async () => {
    const run: RunOnHost = async (_host, _program, { onOutput }) => {
      onOutput(Buffer.from('@@ probe 1\n@@ clock 1795300948000000000\n@@ hostna'));
      onOutput(Buffer.from('me prd-1\n'));
      throw new LinkTimeout('no end after 40 s');
    };
    expect(await createProber({ run }).probe('prd-1')).toMatchObject({
      hostname: 'prd-1',
      unknown: { disks: 'The probe was cut off before it was learnt.' },
    });
  });

  it('that hangs before it says anything is an error', async () => {
    const run: RunOnHost = async () => {
      throw new LinkTimeout('no end after 40 s');
    };
    await expect(createProber({ run }).probe('prd-1')).rejects.toThrow('no end after 40 s');
  });
});
