import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchedByRule, batchesOf, type OrderedStep, stagesOf } from '../../../electron/runbook/stages.ts';

const step = (id: string, changes: Partial<OrderedStep> = {}): OrderedStep => ({
  id,
  where: 'hosts',
  batched: false,
  hosts: ['a', 'b', 'c'],
  afterFirstBatch: false,
  ...changes,
});

const told = (steps: OrderedStep[], batches: string[][]) =>
  stagesOf(steps, batches).map(({ step: id, batch, hosts }) =>
    `${id}${batch < 0 ? '' : `#${batch}`} ${hosts.join('')}`.trim(),
  );

describe('the order of a run', () => {
  it('prepares every host, then goes batch by batch, then ends on every host', () => {
    const steps = [
      step('upload'),
      step('switch', { batched: true }),
      step('health', { batched: true }),
      step('hold', { batched: true, where: 'console', hosts: [], afterFirstBatch: true }),
      step('unlock'),
    ];
    expect(told(steps, [['a'], ['b', 'c']])).toEqual([
      'upload abc',
      'switch#0 a',
      'health#0 a',
      'hold#0',
      'switch#1 bc',
      'health#1 bc',
      'unlock abc',
    ]);
  });

  it('needs no hold after the first batch when that is all there is', () => {
    const steps = [
      step('switch', { batched: true }),
      step('hold', { batched: true, where: 'console', afterFirstBatch: true }),
    ];
    expect(told(steps, [['a', 'b', 'c']])).toEqual(['switch#0 abc']);
  });

  it('leaves a batch without hosts of a step out', () => {
    expect(told([step('switch', { batched: true, hosts: ['a'] })], [['a'], ['b']])).toEqual(['switch#0 a']);
  });

  it('takes every step to each of its hosts exactly once', () => {
    const steps = fc.array(
      fc.record({ batched: fc.boolean(), hosts: fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 }) }),
      { minLength: 1, maxLength: 8 },
    );
    const sizes = fc.array(
      fc.oneof(
        fc.record({ count: fc.integer({ min: 1, max: 4 }) }),
        fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
      ),
    );
    fc.assert(
      fc.property(steps, sizes, (drawn, batchSizes) => {
        const marks = batchedByRule(
          drawn.map(({ batched }) => ({ where: 'hosts', serves: false, batched, afterBatch: false })),
        );
        const ordered = drawn.map(({ hosts }, index) =>
          step(String(index), { hosts, batched: marks[index] ?? false }),
        );
        const visits = stagesOf(ordered, batchesOf(['a', 'b', 'c', 'd'], batchSizes)).flatMap(
          ({ step: id, hosts }) => hosts.map((host) => `${id}${host}`),
        );
        expect(visits.sort()).toEqual(
          ordered.flatMap(({ id, hosts }) => hosts.map((host) => `${id}${host}`)).sort(),
        );
      }),
    );
  });
});

describe('which steps go batch by batch', () => {
  const plain = { where: 'hosts' as const, serves: false, batched: null, afterBatch: false };
  it('are those from the first that changes what is served to the last on hosts', () => {
    const steps = [
      plain,
      { ...plain, serves: true },
      plain,
      { ...plain, where: 'console' as const },
      plain,
      { ...plain, where: 'console' as const },
    ];
    expect(batchedByRule(steps)).toEqual([false, true, true, true, true, false]);
  });

  it('are none when nothing changes what is served', () => {
    expect(batchedByRule([plain, plain])).toEqual([false, false]);
  });
});

describe('batches', () => {
  const hosts = ['a', 'b', 'c', 'd', 'e'];
  it('are cut by count and percentage, and the last takes the rest', () => {
    expect(batchesOf(hosts, [{ count: 1 }, { percent: 100 }])).toEqual([['a'], ['b', 'c', 'd', 'e']]);
    expect(batchesOf(hosts, [{ percent: 20 }, { percent: 40 }])).toEqual([['a'], ['b', 'c'], ['d', 'e']]);
    expect(batchesOf(hosts, [])).toEqual([hosts]);
    expect(batchesOf([], [{ count: 1 }])).toEqual([]);
  });
});
