import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerSweep } from '../../../../electron/compute/answers/sweep.ts';
import { localExecutor, type SweepAnswer } from '../../../../electron/compute/index.ts';
import { SlurmError, type SlurmErrorCode } from '../../../../electron/slurm/index.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { sweepFiles } from '../../../support/sweep-files.ts';
import { randomPanel } from '../backtest/panels.ts';

const panel = randomPanel({ days: 40, codes: 8, seed: 3, missing: 0, sticky: 0.5 });

/** What is told of a sweep whose cluster gives all points and then ends with an error. */
async function told(code: SlurmErrorCode) {
  const partials: (SweepAnswer | null)[] = [];
  const phases: string[] = [];
  const files = sweepFiles(panel, {}, { grid: { top_k: [2, 3] } });
  const question = { ...files, folder: join(temporaryFolder(), 'results'), slurm: 'login' };
  const error = await answerSweep(question, {
    ...{ scratch: '', cores: 1, digests: [] },
    progress: (phase) => phases.push(phase),
    partial: (answer) => partials.push(answer as SweepAnswer | null),
    cluster: ({ host }, say) => ({
      async run(job) {
        say(`${host}: tasks 1 pending of job 12`);
        await localExecutor(1).run(job);
        throw new SlurmError(code, 'It ended.');
      },
    }),
  }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'SlurmError', code });
  return { phases, points: partials.map((partial) => partial?.points.length ?? null) };
}

describe('a sweep that a cluster computes', () => {
  it('tells what becomes of its jobs, and each batch of points at once', async () => {
    const { phases, points } = await told('ended');
    expect(phases).toContain('login: tasks 1 pending of job 12');
    expect(points.at(-1)).toBe(2);
  });

  it('takes back what it told where the cluster computes other figures', async () => {
    const { points } = await told('differs');
    expect(points.slice(-2)).toEqual([2, null]);
  });
});
