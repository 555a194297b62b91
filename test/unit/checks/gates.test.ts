import { describe, expect, it } from 'vitest';
import { CannotMeasure } from '../../../electron/checks/index.ts';
import type { Found } from '../../../electron/checks/kind.ts';
import { bind, checkFile, fakeKind, gigabytes, launchWith, openLaunch, openTestJournal } from './fakes.ts';

const hour = 3_600_000;

describe('a gate', () => {
  it('has no verdict until every host has been measured, but a failure shows at once', async () => {
    const { checks } = launchWith({ 'prd-1': 600, 'prd-2': 200 });
    expect(checks.gates().get('item')).toMatchObject({ verdict: null, at: null });
    await checks.run({ hosts: ['prd-1'] });
    expect(checks.gates().get('item')).toMatchObject({
      verdict: null,
      sentence: 'Not measured yet on prd-2.',
    });
    await checks.run({ hosts: ['prd-2'] });
    expect(checks.gates().get('item')).toMatchObject({
      verdict: 'fail',
      sentence: 'prd-2 has 200 GB free, 500 GB needed.',
    });
  });

  it('looks only at the check’s own hosts, wherever else a run has it measured', async () => {
    const { checks } = launchWith({ 'prd-1': 600, 'prd-2': 600, 'stg-1': 100 });
    const seen: (boolean | undefined)[] = [];
    checks.onChange(() => seen.push(checks.gates().get('item')?.running));
    expect(await checks.run({ hosts: ['stg-1'] })).toMatchObject([{ host: 'stg-1', verdict: 'fail' }]);
    expect(seen).toEqual([false, false]);
    expect(checks.gates().get('item')).toMatchObject({
      verdict: null,
      sentence: 'Not measured yet on prd-1. Not measured yet on prd-2.',
      at: null,
    });
    await checks.run({ hosts: ['prd-1', 'prd-2'] });
    expect(checks.gates().get('item')?.verdict).toBe('pass');
    await checks.run({ hosts: ['stg-1'] });
    expect(checks.gates().get('item')?.verdict).toBe('pass');
    const hosts = checks.evidence('item').map(({ host }) => host);
    expect(hosts.toSorted()).toEqual(['prd-1', 'prd-2', 'stg-1', 'stg-1']);
  });

  it('is as bad as its worst check', async () => {
    const kind = (name: string, found: () => Promise<Found>) => fakeKind(found, { kind: name });
    const kinds = [
      kind('good', async () => gigabytes(600)),
      kind('bad', async () => gigabytes(100)),
      kind('broken', async () => {
        throw new CannotMeasure('No df.');
      }),
    ];
    const verdictOf = async (...names: string[]) => {
      const files = names.map((name) => checkFile(name, {}, { rules: ['free space >= 500 GB'] }));
      const { checks } = openLaunch(bind(files, { kinds }));
      await checks.run({});
      return checks.gates().get('item')?.verdict;
    };
    expect(await verdictOf('good')).toBe('pass');
    expect(await verdictOf('good', 'broken')).toBe('error');
    expect(await verdictOf('good', 'broken', 'bad')).toBe('fail');
  });

  it('becomes stale with its oldest evidence, by the clock alone', async () => {
    const { checks, clock, journal } = launchWith({ 'prd-1': 600, 'prd-2': 600 }, { freshMs: 24 * hour });
    await checks.run({ hosts: ['prd-1'] });
    clock.pass(20 * hour);
    await checks.run({ hosts: ['prd-2'] });
    expect(checks.gates().get('item')).toMatchObject({ verdict: 'pass', at: '2026-11-24T00:00:00.000Z' });
    const entries = journal.status().entries;
    clock.pass(5 * hour);
    expect(checks.gates().get('item')).toMatchObject({
      verdict: 'stale',
      sentence:
        'Measured 1 d 1 h ago, which counts for 1 d. Run it again. At that time: prd-1 has 600 GB free, 500 GB needed.',
    });
    expect(journal.status().entries).toBe(entries);
    await checks.run({ hosts: ['prd-1'] });
    expect(checks.gates().get('item')).toMatchObject({ verdict: 'pass' });
  });

  it('does not let an old failure pass for merely old', async () => {
    const { checks, clock } = launchWith({ 'prd-1': 100, 'prd-2': 600 }, { freshMs: hour });
    await checks.run({});
    clock.pass(2 * hour);
    expect(checks.gates().get('item')?.verdict).toBe('fail');
  });

  it('is stale when the check has changed since', async () => {
    const { checks, rebind } = launchWith({ 'prd-1': 600, 'prd-2': 600 });
    await checks.run({});
    const kind = fakeKind(async () => gigabytes(600));
    rebind(
      bind([checkFile('fake', {}, { on: ['production'], rules: ['free space >= 1 TB'] })], { kinds: [kind] }),
    );
    expect(checks.gates().get('item')).toMatchObject({
      verdict: 'stale',
      sentence: expect.stringContaining('The check or its rule has changed since. Run it again.'),
    });
  });

  it('cannot pass while a rule in the item’s own words is measured by none of its checks', async () => {
    const kinds = [fakeKind(async () => gigabytes(600))];
    const items = { item: ['storage >= 500 GB', 'latency p99 < 10 s'] };
    const { checks, rebind } = openLaunch(bind([checkFile('fake', {})], { kinds, items }));
    await checks.run({});
    expect(checks.gates().get('item')).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('Nothing measures "latency p99 < 10 s". Bind a check that does'),
    });
    rebind(bind([checkFile('fake', {}, { rules: ['storage >= 500 GB'] })], { kinds, items }));
    await checks.run({});
    expect(checks.gates().get('item')?.verdict).toBe('pass');
  });

  it('counts evidence of its own launch alone, and rehearsals apart', async () => {
    const journal = openTestJournal();
    const bound = bind([checkFile('fake', {}, { rules: ['free space > 1 GB'] })], {
      kinds: [fakeKind(async () => gigabytes(2))],
    });
    const live = openLaunch(bound, { journal, launch: 'apex@1' }).checks;
    const rehearsal = openLaunch(bound, { journal, launch: 'apex@1#rehearsal' }).checks;
    await rehearsal.run({});
    expect(rehearsal.gates().get('item')?.verdict).toBe('pass');
    expect(live.gates().get('item')?.verdict).toBeNull();
    expect(live.evidence('item')).toEqual([]);
  });
});
