import { describe, expect, it } from 'vitest';
import { factsWith, measureHere } from './fakes.ts';

describe('figures of the probe', () => {
  const facts = (changes: Parameters<typeof factsWith>[0]) => ({
    surroundings: { facts: async () => factsWith(changes) },
  });
  const a100 = { model: 'NVIDIA A100-SXM4-40GB', memoryBytes: 40_960 * 2 ** 20, driver: '570', cuda: '12.8' };
  const t4 = { model: 'Tesla T4', memoryBytes: 15_360 * 2 ** 20, driver: '570', cuda: '12.8' };

  it('memory is total or free', async () => {
    const machine = { memoryBytes: 64e9, memoryFreeBytes: 8e9 };
    const [on, rules] = [['prd-1'], ['ram >= 32 GB']];
    expect(await measureHere('memory', { memory: 'total' }, { on, rules, ...facts(machine) })).toMatchObject({
      verdict: 'pass',
    });
    expect(await measureHere('memory', { memory: 'free' }, { on, rules, ...facts(machine) })).toMatchObject({
      verdict: 'fail',
      sentence: 'prd-1 has 8 GB of memory free, 32 GB needed.',
    });
    const unknown = facts({ unknown: { memoryBytes: 'The host does not say.' } });
    expect(await measureHere('memory', { memory: 'total' }, { on, rules, ...unknown })).toMatchObject({
      verdict: 'error',
      sentence: 'prd-1 does not tell its total memory. The host does not say.',
    });
  });

  it('cpu counts cores', async () => {
    expect(
      await measureHere(
        'cpu',
        { cpu: 'cores' },
        { rules: ['cpu cores >= 8'], ...facts({ cores: 4, cpu: 'EPYC' }) },
      ),
    ).toMatchObject({
      verdict: 'fail',
      sentence: 'This machine has 4 cores (EPYC), 8 needed.',
    });
  });

  it('gpu wants a model that will do, with memory, in number', async () => {
    const see = (gpu: object, gpus: (typeof a100)[], unknown = {}) =>
      measureHere('gpu', { gpu }, { on: ['gpu-1'], ...facts({ gpus, unknown }) });
    const wanted = { 'any-of': ['A100', 'H100'], memory: '40 GB' };
    expect(await see(wanted, [a100, a100])).toMatchObject({
      verdict: 'pass',
      measured: [{ value: 2 }, { value: a100.memoryBytes }],
    });
    expect(await see({ ...wanted, count: 3 }, [a100, a100])).toMatchObject({
      verdict: 'fail',
      sentence: 'gpu-1 has 2 × NVIDIA A100-SXM4-40GB (42.9 GB), 3 × A100 or H100 with 40 GB needed.',
    });
    expect(await see(wanted, [t4])).toMatchObject({ verdict: 'fail' });
    expect(await see({ 'any-of': ['A10'] }, [a100])).toMatchObject({ verdict: 'fail' });
    expect(await see({ memory: '80 GB' }, [a100])).toMatchObject({ verdict: 'fail' });
    expect(await see(wanted, [])).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('has no GPU'),
    });
    expect(await see(wanted, [], { gpus: 'Neither nvidia-smi nor rocm-smi is there.' })).toMatchObject({
      verdict: 'error',
      sentence: 'The GPUs of gpu-1 cannot be measured: Neither nvidia-smi nor rocm-smi is there.',
    });
  });
});

describe('checks of the launch', () => {
  const day = 86_400_000;
  const items = (...settled: boolean[]) => ({
    surroundings: {
      items: () =>
        settled.map((is, index) => ({
          id: `${index}`,
          title: `Item ${index}`,
          status: is ? 'done' : 'open',
          settled: is,
        })),
    },
  });

  it('settled wants every item settled, and at least one', async () => {
    expect(await measureHere('settled', { settled: ['A'] }, items(true, true))).toMatchObject({
      verdict: 'pass',
      measured: [{ text: '2 of 2' }],
    });
    expect(await measureHere('settled', { settled: ['A'] }, items(true, false))).toMatchObject({
      verdict: 'fail',
    });
    expect(await measureHere('settled', { settled: ['A'] }, items())).toMatchObject({ verdict: 'error' });
  });

  it('run wants a good run of the runbook, not too long ago', async () => {
    const last = (outcome: string, ageMs: number | null) => ({
      surroundings: {
        lastRun: () => ({
          id: 'r1',
          outcome,
          endedAt: ageMs === null ? null : new Date(Date.now() - ageMs).toISOString(),
        }),
      },
    });
    const see = (run: object, around: object) =>
      measureHere('run', { run: { runbook: 'rollback', on: 'staging', ...run } }, around);
    expect(await see({}, last('good', day))).toMatchObject({ verdict: 'pass' });
    expect(await see({}, last('failed', day))).toMatchObject({ verdict: 'fail' });
    expect(await see({ outcome: 'any' }, last('failed', day))).toMatchObject({ verdict: 'pass' });
    expect(await see({}, last('running', null))).toMatchObject({ verdict: 'fail' });
    expect(await see({ within: '7 d' }, last('good', 8 * day))).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringMatching(
        /^The launch knows the last run of rollback on staging as good, ended \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, not more than 7 d ago needed\.$/,
      ),
    });
    expect(await see({}, { surroundings: { lastRun: () => null } })).toMatchObject({
      verdict: 'fail',
      sentence: 'The launch knows no run of rollback on staging in this launch, a good run needed.',
    });
  });
});
