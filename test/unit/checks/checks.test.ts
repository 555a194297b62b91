import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMeasured } from '../../../electron/checks/index.ts';
import type { Journal } from '../../../electron/journal/index.ts';
import { evidence as evidenceShape } from '../../../shared/contract/checklist.ts';
import {
  bind,
  checkFile,
  fakeKind,
  gigabytes,
  launchWith,
  openLaunch,
  openTestJournal,
  surroundingsWith,
  testClock,
} from './fakes.ts';

describe('running checks', () => {
  it('records what each host has, in one sentence each', async () => {
    const { checks, journal } = launchWith({ 'prd-1': 212, 'prd-2': 612 });
    const evidence = await checks.run({});
    expect(evidence).toMatchObject([
      { host: 'prd-1', verdict: 'fail', by: 'ada', sentence: 'prd-1 has 212 GB free, 500 GB needed.' },
      { host: 'prd-2', verdict: 'pass', sentence: 'prd-2 has 612 GB free, 500 GB needed.' },
    ]);
    for (const one of evidence) expect(evidenceShape.parse(one)).toEqual(one);
    expect(journal.status().entries).toBe(2);
    expect(checks.gates().get('item')).toMatchObject({ verdict: 'fail', measured: '212 GB', running: false });
    expect(
      checks
        .evidence('item')
        .map(({ host }) => host)
        .toSorted(),
    ).toEqual(['prd-1', 'prd-2']);
  });

  it('takes a host that cannot be reached, or lacks a tool, for an error and never for a pass', async () => {
    const { checks } = launchWith({ 'prd-1': new Error('prd-1 does not answer'), 'prd-2': 612 });
    const [first] = await checks.run({});
    expect(first).toMatchObject({
      verdict: 'error',
      measured: [],
      sentence: 'prd-1 could not be measured: prd-1 does not answer.',
    });
    expect(checks.gates().get('item')).toMatchObject({ verdict: 'error' });
    const missing = launchWith({ 'prd-2': 612 });
    expect((await missing.checks.run({}))[0]).toMatchObject({
      verdict: 'error',
      sentence: 'prd-1 has no df.',
    });
  });

  it('measures nothing for a check whose rule cannot be held against it', async () => {
    const { checks } = launchWith({ 'prd-1': 612, 'prd-2': 612 }, { rules: ['latency < 5 s'] });
    expect((await checks.run({}))[0]).toMatchObject({ verdict: 'error', ms: 0, measured: [] });
  });

  it('gives up when a check’s time is over, whether or not it heeds the signal', async () => {
    const heedless = fakeKind(() => new Promise(() => {}));
    const { checks } = openLaunch(bind([checkFile('fake', {}, { timeoutMs: 20 })], { kinds: [heedless] }));
    expect(await checks.run({})).toMatchObject([
      { verdict: 'error', sentence: 'This machine could not be measured within 20 ms.' },
    ]);
  });

  it('is asked for one item, for named checks, and for some hosts', async () => {
    const files = ['a', 'b'].map((id) =>
      checkFile('fake', {}, { id, items: [`item ${id}`], on: ['production'] }),
    );
    const { checks } = openLaunch(bind(files, { kinds: [fakeKind(async () => gigabytes(1))] }));
    const names = async (request: Parameters<typeof checks.run>[0]) =>
      (await checks.run(request)).map(({ check, host }) => `${check} ${host}`);
    expect(await names({ item: 'item a' })).toEqual(['a prd-1', 'a prd-2']);
    expect(await names({ checks: ['b'], hosts: ['prd-2'] })).toEqual(['b prd-2']);
    expect(await names({ checks: ['b'], hosts: ['stg-1', 'prd-1'] })).toEqual(['b stg-1', 'b prd-1']);
    expect(await names({})).toHaveLength(4);
    await expect(checks.run({ checks: ['c'] })).rejects.toThrow(
      'There is no check "c". Checks of this launch: a, b.',
    );
    await expect(checks.run({ item: 'other' })).rejects.toThrow('No check is bound to this item.');
  });

  it('measures what is about this machine or the launch here, whatever hosts are asked for', async () => {
    const kinds = [
      fakeKind(async () => gigabytes(1)),
      fakeKind(async () => gigabytes(1), { kind: 'late', ofLaunch: true }),
    ];
    const files = [checkFile('fake', {}), checkFile('late', {}, { on: ['production'] })];
    const { checks } = openLaunch(bind(files, { kinds }));
    const evidence = await checks.run({ hosts: ['prd-1'] });
    expect(evidence.map(({ check, host }) => [check, host])).toEqual([
      ['fake', null],
      ['late', null],
    ]);
  });

  it('measures anew for whoever must not be told of a moment before', async () => {
    let measured = 0;
    const kind = fakeKind(async () => {
      measured += 1;
      await delay(10);
      return gigabytes(1);
    });
    const { checks } = openLaunch(bind([checkFile('fake', {})], { kinds: [kind] }));
    await Promise.all([checks.run({}), checks.run({ fresh: true })]);
    expect(measured).toBe(2);
  });

  it('joins a measurement that is under way', async () => {
    let measured = 0;
    const kind = fakeKind(async () => {
      measured += 1;
      await delay(10);
      return gigabytes(600);
    });
    const { checks, journal } = openLaunch(bind([checkFile('fake', {})], { kinds: [kind] }));
    const [[first], [second]] = await Promise.all([checks.run({}), checks.run({})]);
    expect(first).toBe(second);
    expect(measured).toBe(1);
    expect(journal.status().entries).toBe(1);
  });

  it('measures no more at once than it may, on all hosts and on each', async () => {
    const under = new Map<string, number>();
    let [most, mostOnOne] = [0, 0];
    const kind = fakeKind(async ({ host }) => {
      under.set(host ?? '', (under.get(host ?? '') ?? 0) + 1);
      most = Math.max(
        most,
        [...under.values()].reduce((sum, one) => sum + one, 0),
      );
      mostOnOne = Math.max(mostOnOne, ...under.values());
      await delay(5);
      under.set(host ?? '', (under.get(host ?? '') ?? 0) - 1);
      return gigabytes(1);
    });
    const files = Array.from({ length: 6 }, (_, index) =>
      checkFile('fake', {}, { id: `c${index}`, on: ['production'] }),
    );
    const { checks } = openLaunch(bind(files, { kinds: [kind] }), { concurrency: { total: 3, perHost: 2 } });
    expect(await checks.run({})).toHaveLength(12);
    expect([most, mostOnOne]).toEqual([3, 2]);
  });

  it('measures what is about other items after those items', async () => {
    const order: string[] = [];
    const kinds = [
      fakeKind(
        async () => {
          order.push('launch');
          return gigabytes(1);
        },
        { kind: 'late', ofLaunch: true },
      ),
      fakeKind(async () => {
        await delay(5);
        order.push('host');
        return gigabytes(1);
      }),
    ];
    await openLaunch(bind([checkFile('late', {}), checkFile('fake', {})], { kinds })).checks.run({});
    expect(order).toEqual(['host', 'launch']);
  });

  it('says which items are running, when they begin and when they end', async () => {
    const { checks } = launchWith({ 'prd-1': 600, 'prd-2': 600 });
    const heard: [readonly string[], boolean | undefined][] = [];
    const stop = checks.onChange((items) => heard.push([items, checks.gates().get('item')?.running]));
    await checks.run({});
    stop();
    expect(heard[0]).toEqual([['item'], true]);
    expect(heard.at(-1)).toEqual([['item'], false]);
    const before = heard.length;
    await checks.run({});
    expect(heard.length).toBe(before);
  });

  it('leaves no evidence of what it was stopped in', async () => {
    const kind = fakeKind(() => new Promise(() => {}));
    const { checks, journal } = openLaunch(bind([checkFile('fake', {})], { kinds: [kind] }));
    const run = checks.run({});
    checks.close();
    await expect(run).rejects.toThrow('The checks were stopped.');
    expect(journal.status().entries).toBe(0);
  });
});

describe('checks of the launch itself', () => {
  it('are reconsidered when something changed, and recorded only when they come out differently', async () => {
    let settled = true;
    const surroundings = surroundingsWith({
      items: () => [{ id: 'a', title: 'Rollback rehearsed', status: settled ? 'done' : 'open', settled }],
    });
    const bound = bind([checkFile('settled', { settled: ['Rollback'] })]);
    const { checks, journal } = openLaunch(bound, { surroundings });
    expect(await checks.reconsider()).toEqual([]);
    expect(await checks.run({})).toMatchObject([
      { verdict: 'pass', sentence: 'The launch counts 1 of 1 items settled.' },
    ]);
    expect(await checks.reconsider()).toEqual([]);
    settled = false;
    expect(await checks.reconsider()).toMatchObject([
      {
        verdict: 'fail',
        sentence:
          'The launch counts 0 of 1 items settled: not "Rollback rehearsed" (open), all of them needed.',
      },
    ]);
    expect(journal.status().entries).toBe(2);
  });
});

describe('a check of the last run', () => {
  it('does not come out differently because time has passed', async () => {
    const clock = testClock();
    const endedAt = clock.now().toISOString();
    const surroundings = surroundingsWith({ lastRun: () => ({ id: 'r1', outcome: 'good', endedAt }) });
    const bound = bind([checkFile('run', { run: { runbook: 'deploy' } })]);
    const { checks, journal } = openLaunch(bound, { surroundings, clock });
    expect(await checks.run({})).toMatchObject([{ verdict: 'pass' }]);
    for (const laterMs of [300, 60_000, 86_400_000]) {
      clock.pass(laterMs);
      expect(await checks.reconsider()).toEqual([]);
    }
    expect(journal.status().entries).toBe(1);
  });
});

describe('the journal of checks', () => {
  const dump = (journal: Journal) =>
    ['evidence', 'evidence_latest', 'evidence_of_item'].map((table) =>
      journal.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4`).all(),
    );

  it('gives the same tables rebuilt as it kept incrementally', async () => {
    const { checks, journal } = launchWith(
      { 'prd-1': 212, 'prd-2': new Error('gone') },
      { items: ['a', 'b'] },
    );
    await checks.run({});
    await checks.run({ hosts: ['prd-2'] });
    await checks.run({});
    const [before, gates] = [dump(journal), checks.gates()];
    journal.rebuild();
    expect(dump(journal)).toEqual(before);
    expect(checks.gates()).toEqual(gates);
  });

  it('gives the same tables rebuilt for any evidence', () => {
    const body = fc.record({
      launch: fc.constantFrom('l1', 'l2'),
      check: fc.constantFrom('c1', 'c2'),
      host: fc.constantFrom(null, 'h1'),
      items: fc.subarray(['a', 'b', 'c']),
      verdict: fc.constantFrom('pass' as const, 'fail' as const),
    });
    const rest = {
      kind: 'disk',
      digest: '',
      measured: [],
      rules: [],
      conditions: [],
      sentence: '',
      ms: 1,
      versions: {},
    };
    fc.assert(
      fc.property(fc.array(body, { maxLength: 12 }), (bodies) => {
        const journal = openTestJournal(testClock().now);
        for (const one of bodies) journal.append('ada', checkMeasured.draft({ ...rest, ...one }));
        const before = dump(journal);
        journal.rebuild();
        expect(dump(journal)).toEqual(before);
      }),
      { numRuns: 15 },
    );
  });
});
