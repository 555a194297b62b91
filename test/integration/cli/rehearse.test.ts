import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RehearsalReport } from '../../../electron/cli/rehearse.ts';
import { type CommandEnd, runCommand, startCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { startsOnHosts, stopSandboxOf } from '../../support/sandbox.ts';

const pack = (name: string) => join(import.meta.dirname, '../../../resources/packs', name);

function rehearsalFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(() => stopSandboxOf(folder));
  return folder;
}

/** What a whole rehearsal of a worked pack looks like: each run, and the only step that may fail. */
function expectWholeRehearsal({ ok, steps }: RehearsalReport): void {
  expect(ok).toBe(true);
  expect([...new Set(steps.map(({ run }) => run))]).toEqual([
    '1-deploy-staging',
    '2-rollback-staging',
    '3-deploy-staging',
    '4-deploy-production',
    '5-rollback-production',
    '6-deploy-production',
  ]);
  expect(steps.filter(({ executions }) => executions !== 1)).toEqual([]);
  expect(steps.filter(({ state }) => state !== 'done')).toEqual([
    expect.objectContaining({ run: '4-deploy-production', host: 'prd-1', state: 'failed' }),
  ]);
  const switched = steps.filter(({ run, step }) => run === '6-deploy-production' && step.endsWith('-switch'));
  expect(switched.map(({ host }) => host)).toEqual(['prd-1', 'prd-2']);
}

for (const name of ['apex-ranker', 'neural-trading']) {
  it(`rehearses ${name} on real SSH servers: deploys, notices the failure, goes back, deploys again`, async () => {
    const data = rehearsalFolder();
    const { code, stdout, stderr } = await runCommand(['rehearse', pack(name), '--data', data, '--json']);
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout) as RehearsalReport;
    expectWholeRehearsal(report);
    expect(Object.keys(report)).toEqual(['ok', 'decision', 'steps']);
    expect(Object.keys(report.steps[0] ?? {})).toEqual(['run', 'step', 'host', 'state', 'executions', 'ms']);
    expect(stderr).toMatch(/curl: \(22\) The requested URL returned error: 500/);
  });
}

it('a rehearsal killed again and again at random moments ends as a whole one, every script begun once', async () => {
  const data = rehearsalFolder();
  const args = ['rehearse', pack('apex-ranker'), '--data', data, '--json', '--keep'];
  let last: CommandEnd | null = null;
  for (let lives = 0; last?.code !== 0 && lives < 13; lives += 1) {
    const { child, ended } = startCommand(args);
    // The last life is long enough, however much is left.
    const lifeMs = lives < 12 ? 300 + Math.random() * 2_500 : 200_000;
    const timer = setTimeout(() => child.kill('SIGKILL'), lifeMs);
    last = await ended;
    clearTimeout(timer);
  }
  expect(last?.code, last?.stderr).toBe(0);
  expectWholeRehearsal(JSON.parse(last?.stdout ?? '') as RehearsalReport);
  const starts = [...startsOnHosts(data).entries()];
  expect(starts.length).toBeGreaterThan(50);
  expect(starts.filter(([, count]) => count !== 1)).toEqual([]);
}, 240_000);
