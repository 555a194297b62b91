import { dirname, join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { localExecutor, sweep } from '../../../electron/compute/index.ts';
import { localHost } from '../../../electron/hosts/index.ts';
import { createService } from '../../../electron/service.ts';
import type { Job, SweepView } from '../../../shared/contract/compute/index.ts';
import type { Client } from '../../../shared/contract/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { labClient } from '../../support/lab-client.ts';
import { missingForSlurm, type SlurmLab, startSlurm } from '../../support/slurm.ts';
import { createSshLab, type SshLab } from '../../support/sshd.ts';
import { sweepFiles } from '../../support/sweep-files.ts';
import { randomPanel } from '../../unit/compute/backtest/panels.ts';

const panel = randomPanel({ days: 120, codes: 40, seed: 5, missing: 0.01, sticky: 0.7 });
const missing = missingForSlurm();
if (missing.length > 0) {
  console.log(`Skipped: sweeps on Slurm need ${missing.join(', ')}; "npm test" installs them on Debian.`);
}
const patience = { timeout: 60_000, interval: 50 };

let lab: SshLab;
let slurm: SlurmLab;

beforeAll(async () => {
  if (missing.length > 0) return;
  lab = createSshLab();
  slurm = await startSlurm(lab.folder);
  await lab.addHost('login', {
    serverLines: [
      `SetEnv "HOME=${join(lab.folder, 'login')}" "SLURM_CONF=${slurm.configFile}" "PATH=${dirname(process.execPath)}:/usr/sbin:/usr/bin:/bin"`,
    ],
  });
  await lab.addHost('stranger', { known: false });
  vi.stubEnv('PATH', `${labClient(lab)}:${process.env.PATH}`);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await slurm?.close();
  await lab?.close();
});

const drain = () => slurm.command('scontrol', 'update', 'nodename=ALL', 'state=drain', 'reason=test');
const resume = () => slurm.command('scontrol', 'update', 'nodename=ALL', 'state=resume');
const queued = () => slurm.command('squeue', '-h', '-o', '%F %T').trim();
const grid = { top_k: [2, 3, 5, 8, 13], rebalance: ['daily', 'weekly', 3], turnover_limit: [0.2, 0.5, 1] };

async function desk(dataFolder: string) {
  const service = await createService({ dataFolder, host: localHost('headless') });
  const { compute } = createRouterClient(service.router) as Client;
  const jobOf = async (id: string) => (await compute.jobs()).find((job) => job.id === id) as Job;
  return {
    compute,
    jobOf,
    close: () => service.close(),
    async ended(id: string) {
      await vi.waitFor(async () => expect((await jobOf(id)).endedAt).not.toBeNull(), patience);
      return jobOf(id);
    },
  };
}

describe.skipIf(missing.length > 0)('a sweep on a Slurm cluster that the window asks for', () => {
  it('goes on over a restart, tells its points as they come, and answers as this machine does', async () => {
    const files = sweepFiles(panel, { costs: { fixed_bps: 5 } }, { grid });
    const question = { kind: 'sweep' as const, ...files, slurm: 'login' };
    const dataFolder = temporaryFolder();
    const here = await sweep({ ...files, folder: join(temporaryFolder(), 'local') }, localExecutor());

    drain();
    const before = await desk(dataFolder);
    const left = await before.compute.start({ question });
    await vi.waitFor(
      async () => expect((await before.jobOf(left.id)).phase).toMatch(/^login: tasks 3 pending of job/),
      patience,
    );
    const [array] = queued().split(' ');
    await before.close();
    expect(queued().split(' ')[0]).toBe(array);

    const after = await desk(dataFolder);
    expect((await after.jobOf(left.id)).problem).toContain('Its jobs on login go on.');
    const { id } = await after.compute.start({ question });
    await vi.waitFor(
      async () => expect((await after.jobOf(id)).phase).toContain(`pending of job ${array}`),
      patience,
    );
    expect(await after.compute.answer({ id })).toMatchObject({ kind: 'sweep', size: 45, points: [] });
    resume();
    const done = await after.ended(id);
    expect(done).toMatchObject({ state: 'done', problem: '', stored: null });
    const answer = (await after.compute.answer({ id })) as SweepView;
    expect(answer).toMatchObject({ digest: here.digest, size: 45, computed: 45 });
    expect(answer.points.map(({ sharpe }) => sharpe)).toEqual(
      here.points.map(({ figures }) => figures?.sharpe ?? null),
    );
    expect(await after.compute.trials()).toMatchObject([{ count: here.trials }]);
    await after.close();

    // Who computed it is no part of the question.
    const third = await desk(dataFolder);
    expect(await third.compute.answer({ id })).toEqual(answer);
    const again = await third.compute.start({ question: { ...question, slurm: null } });
    expect((await third.ended(again.id)).stored).not.toBeNull();
    await third.close();
  });

  it('ends its jobs there where it is cancelled, and keeps what came', async () => {
    const long = { ...grid, top_k: Array.from({ length: 10 }, (_, i) => i + 2) };
    const files = sweepFiles(panel, { costs: { fixed_bps: 6 } }, { grid: long });
    const { compute, jobOf, ended, close } = await desk(temporaryFolder());
    const asked = { partition: 'main', account: 'desk', time: '0:30:00' };
    const question = { kind: 'sweep' as const, ...files, slurm: 'login' };
    drain();
    const { id } = await compute.start({ question: { ...question, ...asked } });
    await vi.waitFor(async () => expect((await jobOf(id)).phase).toContain('tasks 5 pending'), patience);
    expect(slurm.command('squeue', '-h', '-o', '%P %a %l').trim()).toBe('main desk 30:00');
    const [array] = queued().split(' ');
    slurm.command('scontrol', 'hold', `${array}_[3-4]`);
    resume();
    const points = async () => ((await compute.answer({ id })) as SweepView).points;
    await vi.waitFor(async () => expect(await points()).toHaveLength(60), patience);
    expect((await points()).every(({ sharpe }) => sharpe !== null)).toBe(true);
    await compute.cancel({ id });
    expect(await ended(id)).toMatchObject({
      state: 'cancelled',
      problem: `Ended on login: tasks 2 pending of job ${array}. 60 of 90 points came from there. Start the sweep again to go on with it.`,
    });
    await vi.waitFor(() => expect(queued()).toBe(''), patience);
    expect(await compute.trials()).toMatchObject([{ count: 60 }]);
    const rest = await compute.start({ question: { ...question, slurm: null } });
    expect((await ended(rest.id)).state).toBe('done');
    expect(await compute.answer({ id: rest.id })).toMatchObject({ computed: 30, reused: 60 });
    await close();
  });

  it('that the cluster does not take, or whose host is not there, fails with the reason', async () => {
    const larger = { ...grid, top_k: Array.from({ length: 12 }, (_, i) => i + 2) };
    const files = sweepFiles(panel, { costs: { fixed_bps: 7 } }, { grid: larger });
    const { compute, ended, close } = await desk(temporaryFolder());
    const problemAt = async (slurm: string, asked: { time?: string } = {}) => {
      const { id } = await compute.start({ question: { kind: 'sweep', ...files, slurm, ...asked } });
      const { state, problem } = await ended(id);
      expect(state).toBe('failed');
      return problem;
    };
    expect(await problemAt('login')).toContain('login takes no array of so many tasks.');
    expect(await problemAt('login', { time: 'soon' })).toContain('"soon" is no time of Slurm\'s.');
    expect(await problemAt('nowhere.invalid')).toContain('nowhere.invalid');
    expect(await problemAt('stranger')).toContain('Nobody has accepted the host key of stranger');
    await close();
  });
});
