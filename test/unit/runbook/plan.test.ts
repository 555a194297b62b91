import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../electron/runbook/plan.ts';
import { show } from '../../../electron/runbook/text.ts';
import { planInput, runbook, step, target } from '../../support/runbook/plan.ts';

const bundle = { path: '/work/dist/apex.tar.gz', bytes: 1000, sha256: 'abc' };
const deploySteps = [
  step({ lock: {} }),
  step({ upload: { bundle: '{root}/incoming/' } }),
  step({ release: { from: 'bundle', into: '{root}/releases' } }),
  step({ switch: { link: '{root}/current' } }),
  step({ http: { get: 'http://127.0.0.1:{port}/healthz' } }),
  step({ hold: 'Look at it.', by: 'devops', after: 'first batch' }),
  step({ notify: 'Deployed {version}' }),
];
const production = target(['prd-1', 'prd-2'], {
  batches: [{ count: 1 }, { percent: 100 }],
  vars: { root: '/srv/apex', port: '8000' },
  hostVars: { 'prd-2': { port: '8002' } },
});
const needs = { bundle };
const deploy = runbook(deploySteps, { needs: { bundle: 'dist/apex.tar.gz' } });

describe('a plan', () => {
  it('has every step in its order and batch, and ends with the outcome on record and the lock given back', () => {
    const { plan, objections } = compilePlan(planInput([], { runbook: deploy, target: production, needs }));
    expect(objections).toEqual([]);
    expect(plan.stages.map(({ step: id, batch, hosts }) => `${id} ${batch} ${hosts.join('+')}`)).toEqual([
      '01-lock -1 prd-1+prd-2',
      '02-upload -1 prd-1+prd-2',
      '03-release -1 prd-1+prd-2',
      '04-switch 0 prd-1',
      '05-http 0 prd-1',
      '06-hold 0 ',
      '04-switch 1 prd-2',
      '05-http 1 prd-2',
      '07-notify -1 ',
      '08-seal -1 prd-1+prd-2',
      '09-unlock -1 prd-1+prd-2',
    ]);
  });

  it('gives each host its own values, those of the sandbox before those of the pack', () => {
    const { plan } = compilePlan(
      planInput([], {
        runbook: deploy,
        target: production,
        needs,
        overrides: { 'prd-1': { root: '/tmp/s' } },
      }),
    );
    const env = (id: string, host: string) =>
      plan.steps.find((one) => one.id === id)?.compiled[host]?.env ?? {};
    expect(show(env('04-switch', 'prd-1').HP_TO ?? [])).toBe('/tmp/s/releases/0.2.0-r1');
    expect(show(env('04-switch', 'prd-2').HP_TO ?? [])).toBe('/srv/apex/releases/0.2.0-r1');
    expect(show(env('05-http', 'prd-2').HP_URL ?? [])).toBe('http://127.0.0.1:8002/healthz');
    expect(show(env('03-release', 'prd-1').HP_ARCHIVE ?? [])).toBe('/tmp/s/incoming/apex.tar.gz');
  });

  it('shows secrets as their names and never holds their values', () => {
    const book = runbook([step({ run: 'Call', script: 'echo "$API_KEY"' })], { secrets: ['API_KEY'] });
    const { plan } = compilePlan(planInput([], { runbook: book }));
    expect(plan.steps[0]?.scripts[0]?.text).toContain("API_KEY='{API_KEY}'");
    expect(plan.steps[0]?.compiled['prd-1']?.env.API_KEY).toEqual([{ secret: 'API_KEY' }]);
  });

  it('shows hosts with the same script together', () => {
    const { plan } = compilePlan(planInput([step({ run: 'Look', script: 'df -h "$ROOT"' })]));
    expect(plan.steps[0]?.scripts.map(({ hosts }) => hosts)).toEqual([['prd-1', 'prd-2']]);
  });

  it('tells every objection at once, with the place in the runbook', () => {
    const place = { file: 'runbooks/deploy.yaml', line: 7, column: 5, path: 'steps[1]' };
    const { objections } = compilePlan(
      planInput(
        [
          step({ http: { get: 'http://127.0.0.1:{prot}/healthz' } }, { place }),
          step({ check: 'sample' }, { place: { ...place, line: 9 } }),
          step({ record: { items: ['Backup > Database'] } }, { place: { ...place, line: 11 } }),
        ],
        { isCheck: () => false },
      ),
    );
    expect(objections.map(({ text, problem }) => [problem?.line, text.slice(0, 32)])).toEqual([
      [7, '{prot} has no value here. Known '],
      [9, 'There is no check named "sample"'],
      [11, 'No item matches "Backup > Databa'],
    ]);
  });

  it('objects to room for a file that the runbook does not need', () => {
    const { objections } = compilePlan(planInput([step({ preflight: { free: '3 x bundel' } })]));
    expect(objections[0]?.text).toContain('names "bundel", which the runbook does not need');
  });

  it('objects to a switch back when there is nothing to go back to', () => {
    const { objections } = compilePlan(
      planInput([step({ switch: { link: '{root}/current', to: 'previous' } })]),
    );
    expect(objections[0]?.text).toMatch(/prd-1 has no earlier release whose run ended well/);
  });

  it('of a rollback goes back to the good release, records the one it leaves as bad, and takes the lock over', () => {
    const good = {
      release: '0.1.9-a',
      version: '0.1.9',
      sha256: 'd',
      run: 'r0',
      at: '2026-01-01',
      outcome: 'good',
      present: true,
    };
    const left = { ...good, release: '0.2.0-r9', version: '0.2.0', run: 'r9' };
    const survey = { current: '/srv/apex/releases/0.2.0-r9', lock: '', releases: [good, left] };
    const rollback = runbook(
      [step({ lock: {} }), step({ switch: { link: '{root}/current', to: 'previous' } })],
      {
        name: 'rollback',
        does: 'rollback',
      },
    );
    const { plan, objections } = compilePlan(
      planInput([], {
        runbook: rollback,
        hosts: ['prd-1'],
        surveys: { 'prd-1': survey },
        previous: good,
        rollsBack: 'r9',
      }),
    );
    expect(objections).toEqual([]);
    const env = (id: string) => plan.steps.find((one) => one.id === id)?.compiled['prd-1']?.env ?? {};
    expect(show(env('02-switch').HP_TO ?? [])).toBe('/srv/apex/releases/0.1.9-a');
    expect(show(env('01-lock').HP_TAKES_OVER ?? [])).toBe('r9');
    expect(show(env('03-seal').HP_RECORD ?? [])).toContain('"outcome":"bad"');
    expect(show(env('03-seal').HP_RELEASE ?? [])).toBe('0.2.0-r9');
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Take the lock',
      'Switch current → 0.1.9-a',
      'Record the release left as bad',
      'Give the lock back',
    ]);
  });
});
