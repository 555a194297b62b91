import { describe, expect, it } from 'vitest';
import { problemsOf } from './support.ts';

const hosts = (count: number) => Array.from({ length: count }, (_, index) => `h${index + 1}`).join(', ');
const said = async (count: number, batches: string) => {
  const problems = await problemsOf(`targets:\n  a: { hosts: [${hosts(count)}], batches: [${batches}] }\n`);
  return problems.map(({ message }) => message);
};

describe('batches', () => {
  for (const [count, batches] of [
    [1, '1, 100%'],
    [2, '1, 1'],
    [3, '1, 67%'],
    [3, '34%, 33%'],
    [5, '1, 25%, 100%'],
    [40, '1%, 100%'],
    [3, '5'],
  ] as const) {
    it(`[${batches}] cover ${count} host${count > 1 ? 's' : ''}`, async () => {
      expect(await said(count, batches)).toEqual([]);
    });
  }

  for (const [count, batches, covered] of [
    [3, '1, 1', 2],
    [4, '1, 50%', 3],
    [10, '1%, 10%, 25%', 5],
  ] as const) {
    it(`[${batches}] leave hosts out of ${count}: what is written would not be what happens`, async () => {
      expect(await said(count, batches)).toEqual([`The batches cover ${covered} of the ${count} hosts.`]);
    });
  }
});
