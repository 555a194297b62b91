import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { sweepReport } from '../../../electron/cli/sweep.ts';
import { assertSlurmFlags } from '../../../electron/cli/sweep-slurm.ts';
import {
  localExecutor,
  type SweepAnswer,
  type SweepQuestion,
  sweep,
  sweepDigest,
  writeResult,
} from '../../../electron/compute/index.ts';
import { type SlurmOptions, slurmExecutor } from '../../../electron/slurm/index.ts';
import { createLocalShell, createSsh, type Ssh, SshError } from '../../../electron/ssh/index.ts';
import { runCommand, startCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { labClient } from '../../support/lab-client.ts';
import { missingForSlurm, type SlurmLab, startSlurm } from '../../support/slurm.ts';
import { createSshLab, type LabHost, type SshLab } from '../../support/sshd.ts';
import { sweepFiles } from '../../support/sweep-files.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { randomPanel } from '../../unit/compute/backtest/panels.ts';

const panel = randomPanel({ days: 120, codes: 40, seed: 5, missing: 0.01, sticky: 0.7 });
const missing = missingForSlurm();
if (missing.length > 0) {
  console.log(`Skipped: sweeps on Slurm need ${missing.join(', ')}; "npm test" installs them on Debian.`);
}

let lab: SshLab;
let slurm: SlurmLab;
let proxy: TcpProxy;
let host: LabHost;
let ssh: Ssh;

beforeAll(async () => {
  if (missing.length > 0) return;
  lab = createSshLab();
  slurm = await startSlurm(lab.folder);
  proxy = await startTcpProxy(() => host.port);
  host = await lab.addHost('login', {
    reachedAt: proxy.port,
    serverLines: [
      `SetEnv "HOME=${join(lab.folder, 'login')}" "SLURM_CONF=${slurm.configFile}" "PATH=${dirname(process.execPath)}:/usr/sbin:/usr/bin:/bin"`,
    ],
  });
  ssh = createSsh({ configFile: lab.configFile, keepAliveSeconds: 1 });
});

afterAll(async () => {
  await ssh?.close();
  await slurm?.close();
  await proxy?.close();
  await lab?.close();
});

/** What one test leaves in the queue must not be in the way of the next. */
afterEach(async () => {
  if (missing.length > 0) return;
  proxy.refuse(false);
  slurm.command('scancel', '--partition=main');
  await undrain();
  await vi.waitFor(() => expect(queued()).toBe(''), patience);
});

/** Every grid is another sweep. */
let grids = 0;
function questionOf(grid: object, stop?: object): SweepQuestion {
  grids += 1;
  const files = sweepFiles(panel, { costs: { fixed_bps: 10 + grids } }, { grid, stop });
  return { ...files, folder: join(temporaryFolder(), 'results') };
}

interface Swept {
  answer: SweepAnswer;
  said: string[];
}

async function sweepThere(question: SweepQuestion, options: Partial<SlurmOptions> = {}): Promise<Swept> {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const answer = await sweep(question, slurmExecutor(ssh, { host: 'login', say, ...options }));
  return { answer, said };
}

const sweepHere = (question: SweepQuestion) =>
  sweep({ ...question, folder: join(temporaryFolder(), 'local') }, localExecutor());

/** A sweep's own folder on the cluster. */
const folderOf = async (question: SweepQuestion) =>
  join(host.home, '.holdpoint/sweeps', (await sweepDigest(question)).slice(0, 32));
const filesIn = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
const jobsOf = (said: readonly string[]) => said.flatMap((line) => /job (\d+) has/.exec(line)?.[1] ?? []);

/** While it is drained, jobs wait. */
function drain(): void {
  slurm.command('scontrol', 'update', 'nodename=ALL', 'state=drain', 'reason=test');
}
/** A node that was put down by hand may come back by itself first. */
async function undrain(): Promise<void> {
  await vi.waitFor(() => {
    const isOut = () => /drain|down/.test(slurm.command('sinfo', '-h', '-o', '%T'));
    if (isOut()) slurm.command('scontrol', 'update', 'nodename=ALL', 'state=resume');
    expect(isOut()).toBe(false);
  }, patience);
}
const queued = (format = '%F') => slurm.command('squeue', '-h', '-o', format);
/** Slurm looks at its queue about once a second. */
const patience = { timeout: 60_000, interval: 50 };

const grid = { top_k: [2, 3, 5, 8, 13], rebalance: ['daily', 'weekly', 3], turnover_limit: [0.2, 0.5, 1] };
/** One task at a time, five in all. */
const long = { ...grid, top_k: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11] };
const oneByOne = { tasksAtOnce: 1 };

const asLocal = async (question: SweepQuestion, computed: number) => {
  const answer = await sweepHere(question);
  return { ...answer, computed, reused: answer.computed - computed };
};

describe.skipIf(missing.length > 0)('a sweep on a Slurm cluster', () => {
  it('gives what this machine gives, sends the panel once, and recomputes some of it here', async () => {
    const question = questionOf(grid);
    const { answer, said } = await sweepThere(question);
    expect(answer).toEqual(await sweepHere(question));
    expect([answer.size, answer.computed]).toEqual([45, 45]);
    expect(said.join('\n')).toContain('45 points in 3 tasks');
    expect(said.join('\n')).toContain('sent the panel');
    expect(said.at(-1)).toMatch(/[1-9]\d* of the points recomputed here, with the same figures/);

    const another = await sweepThere(questionOf({ top_k: [4, 6] }));
    expect(another.answer.computed).toBe(2);
    expect(another.said.join('\n')).toContain('sent the list of points');
    expect(another.said.join('\n')).not.toMatch(/sent the (panel|program)/);
  });

  it('goes on without the link, and is found again by whoever comes back', async () => {
    const question = questionOf(grid);
    drain();
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const running = sweep(question, slurmExecutor(ssh, { host: 'login', say }));
    await vi.waitFor(() => expect(jobsOf(said)).toHaveLength(1), patience);
    proxy.refuse(true);
    proxy.drop();
    await vi.waitFor(() => expect(said.join('\n')).toContain('goes on by itself'), patience);
    await undrain();
    const results = join(await folderOf(question), 'results');
    await vi.waitFor(() => expect(filesIn(results)).toHaveLength(45), patience);
    expect(filesIn(question.folder)).toHaveLength(0);
    proxy.refuse(false);
    expect(await running).toEqual(await sweepHere(question));
    expect(jobsOf(said)).toHaveLength(1);
  });

  it('whose submission was taken while its reply was lost is found in the queue, and not submitted again', async () => {
    const question = questionOf({ top_k: [4, 6] });
    drain();
    let lost = 0;
    const run: Ssh['run'] = async (...args) => {
      const ran = await ssh.run(...args);
      if (!args[1].includes('--parsable') || lost > 0) return ran;
      lost += 1;
      throw new SshError('link-lost', 'login', 'The connection to login broke.');
    };
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const running = sweep(question, slurmExecutor({ run, reset: ssh.reset }, { host: 'login', say }));
    await vi.waitFor(() => expect(said.join('\n')).toMatch(/tasks 1 pending of job \d+/), patience);
    expect([lost, queued().trim().split('\n').length]).toEqual([1, 1]);
    await undrain();
    expect(await running).toEqual(await sweepHere(question));
    expect(jobsOf(said)).toHaveLength(0);
  });

  it('that somebody cancelled half way says so, and started again computes only what is missing', async () => {
    const question = questionOf(long);
    const running = sweepThere(question, oneByOne).catch((error: unknown) => error as Error);
    const results = join(await folderOf(question), 'results');
    await vi.waitFor(() => expect(filesIn(results).length).toBeGreaterThan(0), patience);
    slurm.command('scancel', '-n', `holdpoint-${basename(dirname(results))}`);
    const error = (await running) as Error;
    expect(error).toMatchObject({ name: 'SlurmError', code: 'ended' });
    const [, missing] = /(\d+) of 90 points have no result/.exec(error.message) ?? [];
    expect(error.message).toContain('Start the same command again');
    expect(filesIn(question.folder)).toHaveLength(90 - Number(missing));
    expect(Number(missing)).toBeGreaterThan(0);

    const { answer, said } = await sweepThere(question);
    expect(answer).toEqual(await asLocal(question, Number(missing)));
    expect(said.join('\n')).toContain(`has ${missing} points`);
  });

  it('whose node fails in the middle of a task is begun there again by Slurm, and comes to its end', async () => {
    const question = questionOf(long);
    const running = sweepThere(question, oneByOne);
    await vi.waitFor(() => expect(queued('%K %T')).toMatch(/^[1-4] RUNNING/m), patience);
    slurm.command('scontrol', 'update', 'nodename=ALL', 'state=down', 'reason=test');
    await undrain();
    const requeued = await vi.waitFor(() => {
      const [, task] = /^(\S+) BeginTime$/m.exec(queued('%F_%K %r')) ?? [];
      expect(task).toBeDefined();
      return task;
    }, patience);
    // Slurm gives a node two minutes before it begins a task again.
    slurm.command('scontrol', 'update', `job=${requeued}`, 'StartTime=now');
    const { answer } = await running;
    expect(answer).toEqual(await sweepHere(question));
    await vi.waitFor(() => expect(queued()).toBe(''), patience);
  });

  it('started twice at a time computes no point twice, even where both submit a job', async () => {
    const question = questionOf(grid);
    drain();
    const [one, other] = bothLookFirst();
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const starts = [one, other].map((each) =>
      sweep(
        { ...question, folder: join(temporaryFolder(), 'results') },
        slurmExecutor(each, { host: 'login', say }),
      ),
    );
    await vi.waitFor(() => expect(jobsOf(said)).toHaveLength(2), patience);
    const [first, second] = jobsOf(said).toSorted((a, b) => Number(a) - Number(b)) as [string, string];
    slurm.command('scontrol', 'hold', second);

    const third = await startAndLeave(question);
    expect(third.message).toMatch(new RegExp(`Job (${first}|${second}) on login goes on`));
    expect(jobsOf(third.said)).toHaveLength(0);

    await undrain();
    const answers = await Promise.all(starts);
    expect(answers).toEqual([await sweepHere(question), answers[0]]);
    const results = join(await folderOf(question), 'results');
    const written = () => filesIn(results).map((name) => statSync(join(results, name)).ino);
    const before = written();
    slurm.command('scontrol', 'release', second);
    await vi.waitFor(() => expect(queued()).toBe(''), patience);
    expect(written()).toEqual(before);
  });

  it('ends by its rule where it ends here, and its job is cancelled', async () => {
    const question = questionOf(long, { after: 10, gain: 0.1 });
    const { answer } = await sweepThere(question, oneByOne);
    const here = await sweepHere(question);
    expect(answer).toEqual(here);
    expect(answer.points.length).toBeLessThan(50);
    await vi.waitFor(() => expect(queued()).toBe(''), patience);
    expect(filesIn(join(await folderOf(question), 'results')).length).toBeLessThan(90);
  });

  it('whose results were changed on the cluster ends with the point and both figures, and none is kept', async () => {
    const question = questionOf(grid);
    await sweepThere(question);
    const results = join(await folderOf(question), 'results');
    const names = filesIn(results).sort();
    const name = names[7] as string;
    const text = readFileSync(join(results, name), 'utf8').split('\n')[0] as string;
    const changed = JSON.parse(text);
    const { sharpe } = changed.figures;
    changed.figures.sharpe += 0.001;
    const digest = changed.digest as string;

    // Without the right sum it is no result, and is computed again.
    writeFileSync(join(results, name), `${JSON.stringify(changed)}\n${'0'.repeat(64)}\n`);
    const again = { ...question, folder: join(temporaryFolder(), 'again') };
    const { answer, said } = await sweepThere(again);
    expect(answer).toEqual(await sweepHere(question));
    expect(said.join('\n')).toContain('has 1 point in 1 task');

    writeResult(results, changed);
    const third = { ...question, folder: join(temporaryFolder(), 'third') };
    const refused = sweepThere(third, { random: () => 7.5 / names.length });
    await expect(refused).rejects.toThrow(
      `sharpe is ${sharpe + 0.001} by login and ${sharpe} by this machine`,
    );
    await expect(refused).rejects.toThrow('its results are put aside; none of them counts');
    const place = answer.points.findIndex((point) => point.digest === digest);
    await expect(refused).rejects.toThrow(
      `Point ${place + 1} (top_k ${answer.points[place]?.settings.top_k}`,
    );
    expect([filesIn(third.folder), filesIn(results)]).toEqual([[], []]);
  });

  it('that Slurm does not take says what to change, and nothing is queued', async () => {
    const question = questionOf(long);
    const refused = (options: Partial<SlurmOptions>) => expect(sweepThere(question, options)).rejects;
    await refused({ partition: 'gpus' }).toThrow(
      'login has no partition "gpus". "sinfo -s" there names them; give one of those.',
    );
    await refused({ time: '2:00:00' }).toThrow('login does not give a task 2:00:00');
    await refused({ time: 'soon' }).toThrow('"soon" is no time of Slurm');
    const larger = questionOf({ ...long, top_k: [...long.top_k, 12, 13] });
    await expect(sweepThere(larger)).rejects.toThrow(
      'login takes no array of so many tasks. Give fewer with --array-limit',
    );
    expect(queued()).toBe('');
    const bare = {
      run: createLocalShell({ env: { PATH: '/nowhere', HOME: host.home } }).run,
      reset: ssh.reset,
    };
    await expect(sweep(question, slurmExecutor(bare, { host: 'laptop' }))).rejects.toThrow(
      'laptop has no Slurm: There is no squeue on the path.',
    );
  });

  it('from the command line goes on after Ctrl+C, and ends with --cancel', async () => {
    const { panel: data, config, grid: points, folder } = questionOf(grid);
    const args = [
      'sweep',
      '--panel',
      data,
      '--config',
      config,
      '--grid',
      points,
      '--results',
      folder,
      '--json',
    ];
    const env = { PATH: `${labClient(lab)}:${process.env.PATH}` };
    drain();
    const { child, ended } = startCommand([...args, '--slurm', 'login', '--partition', 'main'], env);
    let heard = '';
    child.stderr?.on('data', (chunk) => {
      heard += chunk;
    });
    await vi.waitFor(() => expect(heard).toMatch(/job \d+ has 45 points/), patience);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([3, '']);
    const [job] = jobsOf([heard]);
    expect(stderr).toContain(`Job ${job} on login goes on; 45 points are not here yet.`);
    expect(stderr).toContain('with --cancel to end it');
    expect(queued().trim()).toBe(job);

    const cancelled = await runCommand([...args, '--slurm', 'login', '--cancel'], env);
    expect([cancelled.code, queued()]).toEqual([0, '']);
    expect(JSON.parse(cancelled.stdout)).toMatchObject({
      host: 'login',
      cancelled: [{ count: 3, state: 'PENDING' }],
    });
    await undrain();

    const whole = await runCommand(
      [...args, '--slurm', 'login', '--array-limit', '2', '--at-once', '2'],
      env,
    );
    expect(whole.code).toBe(0);
    expect(whole.stderr).toContain('45 points in 2 tasks');
    const question = { panel: data, config, grid: points, folder };
    const here = sweepReport(await sweepHere(question));
    expect(JSON.parse(whole.stdout)).toEqual(JSON.parse(JSON.stringify(here)));
    expect(() => assertSlurmFlags({ partition: 'main' })).toThrow('--partition goes with --slurm');
  });
});

/** Two clients, of which neither submits before both have seen that nothing is queued. */
function bothLookFirst(): [Pick<Ssh, 'run' | 'reset'>, Pick<Ssh, 'run' | 'reset'>] {
  let release: () => void = () => {};
  const both = new Promise<void>((resolve) => {
    release = resolve;
  });
  let looked = 0;
  const client = () => {
    let first = true;
    const run: Ssh['run'] = async (...args) => {
      const ran = await ssh.run(...args);
      if (!first) return ran;
      first = false;
      looked += 1;
      if (looked === 2) release();
      await both;
      return ran;
    };
    return { run, reset: ssh.reset };
  };
  return [client(), client()];
}

/** Starts a sweep, and leaves when it has seen a job. */
async function startAndLeave(question: SweepQuestion): Promise<{ message: string; said: string[] }> {
  const stop = new AbortController();
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line);
    if (line.includes('pending')) stop.abort();
  };
  const left = sweep(
    { ...question, folder: join(temporaryFolder(), 'results') },
    slurmExecutor(ssh, { host: 'login', say, leave: stop.signal }),
  );
  const { message } = await left.then(
    () => new Error('It was not left.'),
    (error: Error) => error,
  );
  return { message, said };
}
