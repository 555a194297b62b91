import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { packBundle } from '../../../electron/compute/bundle/index.ts';
import { localHost } from '../../../electron/hosts/index.ts';
import { WindowWatch } from '../../../electron/hosts/loopback/window-watch.ts';
import { createService } from '../../../electron/service.ts';
import type { Answer, Job } from '../../../shared/contract/compute/index.ts';
import type { Client } from '../../../shared/contract/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { longSweepSize, makeLongSweep } from '../../support/long-sweep.ts';

const worked = join(import.meta.dirname, '../../../resources/packs/apex-ranker');

/** The worked pack where it may be changed. */
function packFolder(root = temporaryFolder()): string {
  const folder = join(root, 'pack');
  cpSync(worked, folder, { recursive: true });
  return folder;
}

/** For one test alone. */
async function ownDesk(pack: string, dataFolder = temporaryFolder()) {
  const opened = await desk(pack, dataFolder);
  onTestFinished(opened.close);
  return opened;
}

async function desk(pack: string, dataFolder: string) {
  const service = await createService({ dataFolder, host: localHost('headless') });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await service.close();
    isOpen = false;
  };
  const client = createRouterClient(service.router) as Client;
  expect(await client.pack.open({ folder: pack, mode: 'live' })).toMatchObject({ ok: true });
  const { compute } = client;
  const jobOf = async (id: string) => (await compute.jobs()).find((job) => job.id === id) as Job;
  return {
    client,
    compute,
    service,
    dataFolder,
    close,
    jobOf,
    /** Asks, and waits for the end. */
    async ask<Kind extends Answer['kind']>(question: Asked & { kind: Kind }, fresh = false) {
      const { id } = await compute.start({ question, fresh });
      await vi.waitFor(async () => expect((await jobOf(id)).endedAt).not.toBeNull(), {
        timeout: 60_000,
        interval: 50,
      });
      const job = await jobOf(id);
      const view = job.state === 'done' ? await compute.answer({ id }) : null;
      return { job, view: view as Extract<Answer, { kind: Kind }> };
    },
  };
}

type Asked = Parameters<Client['compute']['start']>[0]['question'];

const backtest = { kind: 'backtest', panel: 'data/panel.csv', config: 'data/backtest.yaml' } as const;
describe('the desk that asks compute for the window', () => {
  const root = mkdtempSync(join(tmpdir(), 'holdpoint-test-'));
  const pack = packFolder(root);
  let shared: Awaited<ReturnType<typeof desk>>;
  beforeAll(async () => {
    shared = await desk(pack, join(root, 'data'));
  });
  afterAll(async () => {
    await shared.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('answers about data, models and backtests of the open pack, and the same again from the store', async () => {
    const { ask, compute } = shared;
    const profile = await ask({
      kind: 'profile',
      data: 'data/features.csv',
      features: 'models/features.json',
    });
    expect(profile.job).toMatchObject({
      title: 'Profile of features.csv',
      question: { data: 'data/features.csv' },
      stored: null,
      outcome: expect.stringContaining('rows, nothing wrong'),
    });
    expect(profile.view.features).toMatchObject({ ok: true, listed: 8 });

    const drift = await ask({ kind: 'drift', reference: 'data/features.csv', current: 'data/features.csv' });
    expect(drift.job.outcome).toBe('0 of 9 features drifted');

    const infer = await ask({
      kind: 'infer',
      model: 'models/ranker.onnx',
      data: 'data/features.csv',
      dates: 3,
    });
    expect(infer.view.dates).toHaveLength(3);
    const [day] = infer.view.dates;
    expect(day?.distribution.counts.reduce((a, b) => a + b, 0)).toBe(day?.codes);
    const scores = day?.first.map(({ score }) => score) ?? [];
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));

    const run = await ask(backtest);
    expect(run.job.outcome).toMatch(/^Sharpe -?\d+\.\d\d, (unproven|failed)$/);
    expect(run.view.band).toHaveLength(run.view.equity.length);
    expect(run.view.validity.map(({ name }) => name)).toContain('deflatedSharpe');

    const again = await ask(backtest);
    expect(Date.parse(again.job.stored as string)).toBeLessThanOrEqual(Date.now());
    expect(again.view).toEqual(run.view);
    expect((await ask(backtest, true)).job.stored).toBeNull();
    expect((await compute.jobs()).map(({ title }) => title)).toEqual([
      ...new Array<string>(3).fill('Backtest of panel.csv by backtest.yaml'),
      'Scores of ranker.onnx on features.csv',
      'Drift from features.csv to features.csv',
      'Profile of features.csv',
    ]);
  });

  it('gives a model the features of a list in its order, and holds its scores against a label', async () => {
    const pack = packFolder();
    const { features } = JSON.parse(readFileSync(join(pack, 'models/features.json'), 'utf8'));
    writeFileSync(join(pack, 'turned.json'), JSON.stringify(features.toReversed()));
    const { ask } = await ownDesk(pack);
    const question = {
      ...{ kind: 'infer' as const, model: 'models/ranker.onnx', data: 'data/features.csv', dates: 4 },
      label: 'forward_return_5d',
    };
    const { view } = await ask(question);
    expect(view).toMatchObject({ window: { featuresFrom: 'model' }, labels: { name: 'forward_return_5d' } });
    expect(view.labels?.precision.map(({ date }) => date)).toEqual(view.dates.map(({ date }) => date));
    const counted = view.labels?.calibration?.bins.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(view.dates.reduce((sum, { codes }) => sum + codes, 0));
    const listed = await ask({ ...question, features: 'models/features.json' });
    expect(listed.view.window.featuresFrom).toBe('list');
    expect(listed.view.dates).toEqual(view.dates);
    const turned = await ask({ ...question, features: 'turned.json' });
    expect(turned.view.dates[0]?.first).not.toEqual(view.dates[0]?.first);
    const { job } = await ask({ ...question, label: 'value' });
    expect(job.problem).toMatch(/"value" is one of the model's features, and so no label/);
  });

  it('holds the numbers of the checklist that is open against returns: a Sharpe ratio above 0.75 is unproven', async () => {
    const { ask, client } = shared;
    const { view, job } = await ask({ kind: 'claims', returns: 'data/returns.csv' });
    const claim = view.claims.find(({ text }) => text.startsWith('Sharpe ratio > 0.75'));
    expect(claim).toMatchObject({
      verdict: 'unproven',
      asserts: 'rule',
      theirs: 0.75,
      ours: { name: 'sharpe', value: expect.closeTo(0.933, 3) },
      sentence: expect.stringMatching(/days of the same quality \(\d+ years\)/),
    });
    const [low = 0, high = 0] = claim?.ours?.interval ?? [];
    expect(low).toBeLessThan(0.75);
    expect(high).toBeGreaterThan(0.75);
    expect(claim?.yearsNeeded).toBeCloseTo((claim?.periodsNeeded as number) / 252, 9);
    const { items } = await client.checklist.get();
    expect(items.find(({ id }) => id === claim?.item)?.title).toMatch(/sharpe/i);
    expect(job.outcome).toMatch(/unproven/);
  });

  it('says in a sentence why there is no answer, and lives on', async () => {
    const { ask, compute, jobOf } = shared;
    const { job } = await ask({ ...backtest, config: 'data/none.yaml' });
    expect(job).toMatchObject({
      state: 'failed',
      outcome: '',
      problem: expect.stringContaining('does not exist'),
    });
    await expect(compute.answer({ id: job.id })).rejects.toThrow(/has no answer: .*none\.yaml/);
    expect((await ask(backtest)).job.state).toBe('done');
    await compute.forget({ id: job.id });
    expect(await jobOf(job.id)).toBeUndefined();
  });

  it('tells a sweep as it runs, ends it by a kill with the rest unharmed, and goes on where it was', async () => {
    const pack = packFolder();
    makeLongSweep(pack, 'grid.yaml');
    const { compute, ask, jobOf } = await ownDesk(pack);
    const question = {
      ...{ kind: 'sweep' as const, panel: 'data/panel.csv', config: 'data/backtest.yaml' },
      ...{ grid: 'grid.yaml', slurm: null },
    };
    const { id } = await compute.start({ question });
    const partial = await vi.waitFor(
      async () => {
        const view = await compute.answer({ id });
        expect(view?.kind === 'sweep' && view.points.length > 20).toBe(true);
        return view as Extract<Answer, { kind: 'sweep' }>;
      },
      { timeout: 60_000, interval: 50 },
    );
    expect(partial.size).toBe(longSweepSize);
    expect(partial.points.length).toBeLessThan(longSweepSize);
    // A light job does not wait for it.
    expect((await ask(backtest)).job.state).toBe('done');
    const running = await jobOf(id);
    expect(running).toMatchObject({ state: 'running', phase: expect.stringMatching(/^\d+ of 6000 points/) });
    await compute.cancel({ id });
    await vi.waitFor(async () => expect((await jobOf(id)).state).toBe('cancelled'));
    // What was tried was tried.
    const [ledger] = await compute.trials();
    expect(ledger?.count).toBeGreaterThanOrEqual(partial.points.length);

    writeFileSync(join(pack, 'grid.yaml'), 'grid:\n  top_k: [5, 6]\n  lag: [0, 1]\n');
    const { view } = await ask(question);
    expect(view).toMatchObject({ size: 4, axes: [{ name: 'top_k' }, { name: 'lag', values: ['0', '1'] }] });
    expect(view.points.map(({ at }) => at)).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(view.reused).toBeGreaterThanOrEqual(2);
  });

  it('is at work while a job is: the window may be closed, and Holdpoint ends with the job', async () => {
    const pack = packFolder();
    makeLongSweep(pack, 'grid.yaml');
    const { compute, service } = await ownDesk(pack);
    expect(service.underWay()).toEqual([]);
    const sweep = { kind: 'sweep' as const, panel: 'data/panel.csv', config: 'data/backtest.yaml' };
    const { id } = await compute.start({ question: { ...sweep, grid: 'grid.yaml' } });
    expect(service.underWay()).toEqual(['sweep']);

    const said: string[] = [];
    const watch = new WindowWatch(service, (line) => said.push(line));
    watch.endWithLast();
    watch.changed(0);
    await vi.waitFor(() => expect(said).toEqual([expect.stringContaining('A sweep goes on:')]), 20_000);
    await compute.cancel({ id });
    expect(await watch.gone).toBe('The window was closed; Holdpoint ends.');
    expect(service.underWay()).toEqual([]);
  });

  it('keeps the list of jobs and their answers over a restart, and says what was cut off', async () => {
    const pack = packFolder();
    makeLongSweep(pack, 'grid.yaml');
    const before = await ownDesk(pack);
    const { job, view } = await before.ask(backtest);
    const bench = await before.ask({
      ...{ kind: 'infer', model: 'models/ranker.onnx', data: 'data/features.csv', bench: true },
    });
    expect(bench.view.bench?.warm.samples).toBeGreaterThan(0);
    const cut = await before.compute.start({
      question: { kind: 'sweep', panel: 'data/panel.csv', config: 'data/backtest.yaml', grid: 'grid.yaml' },
    });
    await before.close();

    const after = await ownDesk(pack, before.dataFolder);
    expect(await after.jobOf(job.id)).toEqual(job);
    expect(await after.compute.answer({ id: job.id })).toEqual(view);
    // What may not be given again for the same question can be read again by whoever asked it.
    expect(await after.compute.answer({ id: bench.job.id })).toEqual(bench.view);
    expect(await after.jobOf(cut.id)).toMatchObject({
      state: 'failed',
      problem:
        'Holdpoint ended in the middle of it. Its points are kept: started again, it goes on where it was.',
    });
  });

  it('holds a Sharpe ratio against every configuration that was tried on the panel, each counted once', async () => {
    const pack = packFolder();
    const { ask, client, compute } = await ownDesk(pack);
    const first = await ask(backtest);
    expect(first.view.trials).toEqual({ count: 1, deviation: null });
    const yaml = readFileSync(join(pack, 'data/backtest.yaml'), 'utf8');
    writeFileSync(join(pack, 'data/twenty.yaml'), yaml.replace('top_k: 35', 'top_k: 20'));
    writeFileSync(join(pack, 'data/ten.yaml'), `${yaml.replace('top_k: 35', 'top_k: 10')}trials: 5\n`);
    await ask({ ...backtest, config: 'data/twenty.yaml' });
    const third = await ask({ ...backtest, config: 'data/ten.yaml' });
    // Its own and two more in the ledger, and four that its configuration says were tried elsewhere.
    expect(third.view.trials.count).toBe(7);
    const deflated = (view: typeof third.view) => view.validity.find(({ name }) => name === 'deflatedSharpe');
    expect(deflated(third.view)?.convention).toContain('7 trials, 4 of them by the configuration');
    // The same settings in another file are the same trial.
    writeFileSync(join(pack, 'data/again.yaml'), `# the same\n${yaml}`);
    const again = await ask({ ...backtest, config: 'data/again.yaml' });
    expect(again.view.trials.count).toBe(3);
    expect(deflated(again.view)?.value).toBeLessThan(deflated(first.view)?.value as number);
    const [ledger] = await compute.trials();
    expect(ledger).toMatchObject({ panelName: 'panel.csv', count: 3 });
    const sharpes = ledger?.newest.map(({ sharpe }) => sharpe as number) ?? [];
    const mean = sharpes.reduce((a, b) => a + b, 0) / 3;
    const variance = sharpes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2;
    expect(ledger?.deviation).toBeCloseTo(Math.sqrt(variance), 12);
    const { rows } = await client.journal.page({ before: null, limit: 50, groups: ['trial'], text: '' });
    expect(rows[0]?.text).toMatch(/^Backtest of panel\.csv by again\.yaml on panel\.csv: Sharpe /);
  });

  it('knows the files of the pack by what is in them, and those that were named by their path', async () => {
    const outside = join(temporaryFolder(), 'outside.csv');
    cpSync(join(worked, 'data/returns.csv'), outside);
    writeFileSync(join(pack, 'grid.yaml'), 'grid:\n  top_k: [5, 6]\n');
    writeFileSync(join(pack, 'on-one-line.json'), '{"grid":{"top_k":[5,6]}}');
    writeFileSync(join(pack, 'data/cut.onnx'), 'no model');
    const { compute, ask } = shared;
    await ask({ kind: 'claims', returns: outside });
    const files = await compute.files();
    expect(files.flatMap(({ path, labels }) => (labels.length > 0 ? [[path, ...labels]] : []))).toEqual([
      ['data/features.csv', 'forward_return_5d'],
      ['data/panel.csv', 'label'],
    ]);
    expect(Object.fromEntries(files.map(({ path, role }) => [path, role]))).toEqual({
      'data/apex.yaml': 'apex-config',
      'data/backtest.yaml': 'backtest-config',
      'data/features.csv': 'table',
      'data/panel.csv': 'panel',
      'data/returns.csv': 'returns',
      'grid.yaml': 'grid',
      'models/features.json': 'feature-list',
      'models/ranker.onnx': 'model',
      'on-one-line.json': 'grid',
      [outside]: 'returns',
    });
  });

  it('says what models can be run on here, and why not on the rest', async () => {
    const { compute } = shared;
    const providers = await compute.providers();
    expect(providers.find(({ name }) => name === 'cpu')).toEqual({
      name: 'cpu',
      title: 'CPU',
      can: true,
      why: '',
    });
    for (const { can, why } of providers) expect(why === '').toBe(can);
    expect(providers.filter(({ can }) => !can).length).toBeGreaterThan(0);
  });

  it('knows a model by its bytes, and its role by what a person says', async () => {
    const pack = packFolder();
    const { compute, ask } = await ownDesk(pack);
    await ask({ kind: 'infer', model: 'models/ranker.onnx', data: 'data/features.csv', dates: 1 });
    const [model] = await compute.models();
    expect(model).toMatchObject({
      path: 'models/ranker.onnx',
      version: 'v0.1.0',
      producer: 'holdpoint-sample',
      role: null,
      deployed: [],
    });
    const other = readFileSync(join(pack, 'models/ranker.onnx'))
      .toString('latin1')
      .replace('v0.1.0', 'v0.2.0');
    writeFileSync(join(pack, 'models/next.onnx'), other, 'latin1');
    await ask({ kind: 'infer', model: 'models/next.onnx', data: 'data/features.csv', dates: 1 });
    const sha256 = model?.sha256 as string;
    await compute.setModelRole({ sha256, role: 'champion' });
    const next = (await compute.models()).find((one) => one.sha256 !== sha256);
    const roles = async () => (await compute.models()).map(({ name, role }) => [name, role]).sort();
    await compute.setModelRole({ sha256: next?.sha256 as string, role: 'challenger' });
    expect(await roles()).toEqual([
      ['next.onnx', 'challenger'],
      ['ranker.onnx', 'champion'],
    ]);
    await compute.setModelRole({ sha256: next?.sha256 as string, role: 'champion' });
    expect(await roles()).toEqual([
      ['next.onnx', 'champion'],
      ['ranker.onnx', null],
    ]);
    await expect(compute.setModelRole({ sha256: 'none', role: null })).rejects.toThrow(
      /No model with SHA-256 none/,
    );
  });

  it('knows a model that never ran here by the bundle that names it', async () => {
    const pack = packFolder();
    const files = [{ role: 'model' as const, file: join(pack, 'models/ranker.onnx') }];
    const release = { name: 'APEX-Ranker', version: '0.2.0-production', files };
    await packBundle(join(pack, 'release.tar'), { ...release, data: null, benchmark: null, claims: [] });
    const { compute } = await ownDesk(pack);
    expect(await compute.files()).toContainEqual(
      expect.objectContaining({ path: 'release.tar', role: 'bundle' }),
    );
    expect(await compute.models()).toMatchObject([
      {
        ...{ path: 'release.tar', name: 'ranker.onnx', version: '0.2.0-production', opset: 17 },
        ...{
          producer: 'holdpoint-sample',
          bytes: statSync(join(pack, 'models/ranker.onnx')).size,
          deployed: [],
        },
      },
    ]);
  });

  it('writes the tables of an answer into a new folder', async () => {
    const { compute, ask } = shared;
    const { job, view } = await ask(backtest);
    const folder = join(temporaryFolder(), 'export');
    const { files } = await compute.export({ id: job.id, path: folder });
    expect(readdirSync(folder).sort()).toEqual(files.map((file) => file.slice(folder.length + 1)).sort());
    const equity = readFileSync(join(folder, 'equity.csv'), 'utf8').trim().split('\n');
    expect(equity).toHaveLength(view.equity.length + 1);
    expect(existsSync(join(folder, 'trades.csv'))).toBe(true);
    await expect(compute.export({ id: job.id, path: folder })).rejects.toThrow(/holds files already/);
    const json = join(temporaryFolder(), 'json');
    await compute.export({ id: job.id, path: json, format: 'json' });
    expect(JSON.parse(readFileSync(join(json, 'rebalances.json'), 'utf8'))).toHaveLength(
      view.rebalances.length,
    );
  });
});
