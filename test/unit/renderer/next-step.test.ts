import { expect, test } from 'vitest';
import { nextStep, type Situation } from '../../../renderer/board/next-step.ts';
import type { RunSummary } from '../../../shared/contract/runbook.ts';

const run = (change: Partial<RunSummary>): RunSummary => ({
  id: 'r1',
  number: 1,
  runbook: 'deploy',
  title: 'Deploy to staging',
  does: 'deploy',
  target: 'staging',
  version: '2',
  rehearsal: true,
  state: 'done',
  by: '',
  startedAt: '',
  endedAt: '',
  rollsBack: null,
  rolledBackBy: null,
  where: '',
  ...change,
});
const rolledBack = [run({ id: 'r2', does: 'rollback', rollsBack: 'r1' }), run({ rolledBackBy: 'r2' })];
const situation = (change: Partial<Situation> = {}): Situation => ({
  launch: {
    mode: 'rehearsal',
    version: '2',
    targets: [
      { name: 'staging', hosts: ['stg-1'], rehearsal: true },
      { name: 'production', hosts: ['prd-1'], rehearsal: false },
    ],
    runbooks: [{ name: 'deploy', title: 'Deploy', does: 'deploy' }],
  },
  decision: 'no-go',
  reasons: [{ text: 'Backups are not tested', link: { to: 'item', item: 'i1' } }],
  runs: [],
  hosts: [],
  sandbox: { state: 'running' },
  ...change,
});
const does = (change: Partial<Situation>) => nextStep(situation(change)).action?.does;

test('a rehearsal goes: sandbox, staging, back, production', () => {
  expect(does({ sandbox: { state: 'stopped' } })).toEqual({ to: 'sandbox' });
  expect(does({})).toEqual({ to: 'plan', runbook: 'deploy', target: 'staging' });
  expect(does({ runs: [run({})] })).toEqual({ to: 'rollback', run: 'r1' });
  expect(does({ runs: rolledBack })).toEqual({ to: 'plan', runbook: 'deploy', target: 'production' });
  const done = [run({ id: 'r3', target: 'production' }), ...rolledBack];
  expect(nextStep(situation({ runs: done }))).toMatchObject({ title: '2 is on production', action: null });
});

test('a run under way comes before everything, and says when it waits for a person', () => {
  const held = run({ id: 'r9', state: 'holding', where: '5 of 9 · Hold' });
  expect(nextStep(situation({ runs: [held] }))).toMatchObject({
    title: 'Deploy to staging waits for you',
    why: '5 of 9 · Hold',
    action: { does: { to: 'run', run: 'r9' } },
  });
});

test('a host with a strange key is looked at before anything runs there', () => {
  expect(does({ hosts: [{ host: 'prd-1', state: 'key-unknown' }] })).toEqual({ to: 'host', host: 'prd-1' });
});

test('a failed deploy is looked at, until it is rolled back', () => {
  const failed = run({ state: 'failed' });
  expect(does({ runs: [failed] })).toEqual({ to: 'run', run: 'r1' });
  const back = run({ id: 'r2', does: 'rollback', rollsBack: 'r1' });
  expect(does({ runs: [back, run({ state: 'failed', rolledBackBy: 'r2' })] })).toMatchObject({
    target: 'production',
  });
});

test('LIVE, nobody is sent to production against the decision', () => {
  const live = { launch: { ...situation().launch, mode: 'live' as const }, sandbox: null, runs: rolledBack };
  expect(nextStep(situation(live))).toMatchObject({
    title: 'Clear the last reason',
    why: 'First: Backups are not tested',
    action: { does: { to: 'link', link: { to: 'item', item: 'i1' } } },
  });
  expect(does({ ...live, decision: 'go', reasons: [] })).toMatchObject({ to: 'plan', target: 'production' });
});

test('runs of another version prove nothing about this one', () => {
  expect(does({ runs: [run({ version: '1' })] })).toMatchObject({ to: 'plan', target: 'staging' });
});
