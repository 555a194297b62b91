import { expect, it } from 'vitest';
import { tellUnderWay, type UnderWay } from '../../../electron/hosts/under-way.ts';

it.each<[UnderWay[], string]>([
  [['run'], 'A run goes on'],
  [['run', 'job'], 'A run and a job go on'],
  [['job', 'job'], '2 jobs go on'],
  [['run', 'sweep', 'job', 'cluster-sweep'], 'A run, 2 sweeps and a job go on'],
])('what goes on is counted by its name: %j', (all, told) => {
  expect(tellUnderWay(all).goesOn).toBe(told);
});

it('each kind is told its own fate, once', () => {
  const { now, before, it: them, fate } = tellUnderWay(['sweep', 'sweep', 'cluster-sweep']);
  expect([now, before, them]).toEqual(['3 sweeps are under way.', '3 sweeps were under way.', 'them']);
  expect(fate).toBe(
    'A sweep that is cut off keeps its points: started again, it goes on where it was. Jobs on a cluster go on there, and the same sweep started again goes on with them.',
  );
});
