import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLedger, ledgerProjection, modelProjection } from '../../../electron/compute-desk/index.ts';
import { countTrials } from '../../../electron/compute-desk/ledger/count.ts';
import { createRegistry } from '../../../electron/compute-desk/models/registry.ts';
import { openJournal } from '../../../electron/journal/index.ts';
import { runEnded, runStarted } from '../../../electron/runbook/entries.ts';
import { RunStore, runProjection } from '../../../electron/runbook/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

function recorded() {
  let time = Date.parse('2026-11-24T00:00:00Z');
  const now = () => {
    time += 1000;
    return new Date(time);
  };
  const projections = [ledgerProjection, modelProjection, runProjection];
  const journal = openJournal(temporaryFolder(), { projections, now });
  onTestFinished(() => journal.close());
  return { journal, ledger: createLedger(journal), registry: createRegistry(journal) };
}

const trial = (config: string, sharpe: number | null) => ({
  ...{ config, sharpe, settings: `top_k ${config}` },
  ...{ periods: 688, periodsPerYear: 252, skewness: 0, kurtosis: 3 },
});
const tried = (panel: string, ...trials: ReturnType<typeof trial>[]) => ({
  ...{ launch: null, by: 'sweep' as const, panel, panelName: `${panel}.csv`, title: 'Sweep', digest: 'd' },
  trials,
});

describe('the ledger of trials', () => {
  it('counts each configuration of a panel once, by its last run, and is the same when rebuilt', () => {
    const { journal, ledger } = recorded();
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            panel: fc.constantFrom('a', 'b'),
            runs: fc.array(
              fc.record({
                config: fc.constantFrom('1', '2', '3', '4'),
                sharpe: fc.option(fc.double({ min: -3, max: 3, noNaN: true })),
              }),
              { minLength: 1, maxLength: 4 },
            ),
          }),
          { maxLength: 6 },
        ),
        (entries) => {
          const last = new Map<string, Map<string, number | null>>();
          for (const view of ledger.list()) {
            last.set(view.panel, new Map(view.newest.map(({ digest, sharpe }) => [digest, sharpe] as const)));
          }
          for (const { panel, runs } of entries) {
            ledger.record('Ada', tried(panel, ...runs.map(({ config, sharpe }) => trial(config, sharpe))));
            const known = last.get(panel) ?? new Map<string, number | null>();
            for (const { config, sharpe } of runs) {
              known.set(config, sharpe === null ? null : Number(sharpe.toPrecision(8)));
            }
            last.set(panel, known);
          }
          const before = ledger.list();
          for (const { panel, count, newest } of before) {
            expect(count).toBe(last.get(panel)?.size);
            expect(new Map(newest.map(({ digest, sharpe }) => [digest, sharpe]))).toEqual(last.get(panel));
          }
          journal.rebuild();
          expect(ledger.list()).toEqual(before);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('knows whether all of a run was tried before, on this panel and on no other', () => {
    const { ledger } = recorded();
    ledger.record('Ada', tried('a', trial('1', 0.5), trial('2', 0.7)));
    expect(ledger.has('a', [trial('1', 0.5)])).toBe(true);
    expect(ledger.has('a', [trial('1', 0.5), trial('3', 0.5)])).toBe(false);
    expect(ledger.has('b', [trial('1', 0.5)])).toBe(false);
  });

  it('adds what a configuration says was tried elsewhere, and says so', () => {
    expect(countTrials([0.5], { trials: 1 })).toEqual({
      count: 1,
      deviation: null,
      words: '1 trial in the ledger',
    });
    const added = countTrials([0.5, 0.9, null], { trials: 5, deviation: 0.1 });
    expect(added).toMatchObject({ count: 7, words: '7 trials, 4 of them by the configuration' });
    // Of those that have a ratio; what the configuration says of others counts only where nothing is known.
    expect(added.deviation).toBeCloseTo(Math.SQRT1_2 * 0.4, 12);
    expect(countTrials([0.5], { trials: 5, deviation: 0.1 }).deviation).toBe(0.1);
  });
});

const model = {
  ...{ sha256: 'm1', path: '/p/m.onnx', name: 'm.onnx', version: 'v1', bytes: 10, producer: 'torch 2.8' },
  ...{ opset: 17, inputs: [], outputs: [], metadata: [], after: null },
};
const bundled = {
  ...{ sha256: 'm1', path: '/p/b.tar', name: 'm.onnx', version: '0.2.0', bytes: 10, producer: 'torch 2.8' },
  ...{ opset: 17, metadata: [], at: '2026-11-01T00:00:00.000Z' },
};

describe('the models that were seen', () => {
  it('are where a release of their version is in place: by what the file says, or the bundle it came in', () => {
    const { registry } = recorded();
    registry.saw('Ada', null, model);
    const deployments = [
      { target: 'production', version: '0.2.0', at: 't2' },
      { target: 'staging', version: 'v1', at: 't1' },
      { target: 'lab', version: '0.3.0', at: 't3' },
    ];
    const targets = (bundles: (typeof bundled)[]) =>
      registry
        .list('Apex', deployments, bundles)
        .map(({ name, deployed }) => [name, deployed.map((one) => one.target)]);
    expect(targets([])).toEqual([['m.onnx', ['staging']]]);
    expect(targets([bundled])).toEqual([['m.onnx', ['production', 'staging']]]);
    // One that never ran is known by its bundle alone.
    const other = { ...bundled, sha256: 'm2', name: 'other.onnx', version: '0.3.0' };
    expect(targets([other])).toEqual([
      ['m.onnx', ['staging']],
      ['other.onnx', ['lab']],
    ]);
  });

  it('have roles by system: a champion of one is nothing to another', () => {
    const { registry } = recorded();
    registry.saw('Ada', null, model);
    registry.setRole('Ada', null, 'Apex', 'm1', 'champion');
    expect(registry.list('Apex', [], [])[0]?.role).toBe('champion');
    expect(registry.list('Other', [], [])[0]?.role).toBeNull();
  });
});

it('what is in place at a target is what the last run of the system left there', () => {
  const { journal } = recorded();
  const store = new RunStore(journal);
  const run = (
    id: string,
    launch: string,
    target: string,
    does: string,
    version: string,
    state: 'done' | 'failed' = 'done',
  ) => {
    const about = { launch, run: id };
    const started = {
      number: 1,
      plan: '',
      runbook: does,
      title: does,
      does,
      target,
      version,
      hosts: [],
      rollsBack: '',
    };
    const rehearsal = launch.endsWith('#rehearsal');
    journal.append('Ada', runStarted.draft({ ...about, ...started, rehearsal }));
    journal.append('Ada', runEnded.draft({ ...about, title: does, state, ending: '', changes: [] }));
  };
  const inPlace = () =>
    store
      .inPlace('Apex', false)
      .map(({ target, version }) => `${target} ${version}`)
      .sort();
  run('1', 'Apex@1.0.0', 'production', 'deploy', '1.0.0');
  run('2', 'Apex@2.0.0', 'production', 'deploy', '2.0.0');
  run('3', 'Apex@2.0.0', 'staging', 'deploy', '2.0.0', 'failed');
  run('4', 'Apex@2.0.0#rehearsal', 'staging', 'deploy', '2.0.0');
  run('5', 'Apexes@9.0.0', 'production', 'deploy', '9.0.0');
  expect(inPlace()).toEqual(['production 2.0.0']);
  run('6', 'Apex@2.0.0', 'production', 'rollback', '1.0.0');
  expect(inPlace()).toEqual(['production 1.0.0']);
  // The steps of a run undone leave what nobody has written down.
  run('7', 'Apex@2.0.0', 'production', 'rollback', '');
  expect(inPlace()).toEqual([]);
});
