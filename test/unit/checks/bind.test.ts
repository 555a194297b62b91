import { describe, expect, it } from 'vitest';
import { bind, checkFile } from './fakes.ts';

const disk = (changes = {}) => checkFile('disk', { disk: '/data' }, changes);

describe('a check bound to an item', () => {
  it('takes the rule it can measure from the item’s own words', () => {
    const [check] = bind([disk()], { items: { item: ['dataset storage >= 500 GB', 'latency p95 < 5 s'] } });
    expect(check).toMatchObject({
      items: ['item'],
      hosts: [],
      problem: null,
      rules: [{ quantity: 'free space', rule: { text: 'dataset storage >= 500 GB' } }],
    });
    expect(check?.leaves.get('item')?.map(({ text }) => text)).toEqual(['latency p95 < 5 s']);
  });

  it('is measured on every host of its targets, once each', () => {
    const [check] = bind([disk({ on: ['production', 'prd-1'] })]);
    expect(check).toMatchObject({
      hosts: ['prd-1', 'prd-2'],
      title: 'free space of /data on production, prd-1',
    });
  });

  it('holds to its own rules alone where it has any', () => {
    const [check] = bind([disk({ rules: ['free space > 1 TB'] })], {
      items: { item: ['storage >= 500 GB'] },
    });
    expect(check?.rules.map(({ rule }) => rule.text)).toEqual(['free space > 1 TB']);
    expect(check?.leaves.get('item')).toEqual([]);
  });

  it('takes no bare figure of a document for a rule', () => {
    const [check] = bind([disk()], { items: { item: ['storage = 500 GB'] } });
    expect(check?.rules).toEqual([]);
  });

  it('says which rule it cannot measure, and what it measures', () => {
    const [check] = bind([disk({ rules: ['latency < 5 s'] })]);
    expect(check?.problem).toBe(
      'A disk check does not measure "latency < 5 s". It measures free space (B), free share (%). Change the rule, or the kind of check.',
    );
  });

  it('says which rule cannot be read', () => {
    expect(bind([disk({ rules: ['plenty'] })])[0]?.problem).toBe('"plenty" is not a rule.');
  });

  it('does not hold one unnamed figure against two quantities', () => {
    const command = { command: { run: './load', measure: 'last line', unit: 's' } };
    const [check] = bind([
      checkFile('command', command, { rules: ['latency p95 < 5 s', 'latency p99 < 10 s'] }),
    ]);
    expect(check?.problem).toContain('"latency p95", "latency p99". Say which it is with "quantity"');
    const [sound] = bind([checkFile('command', command, { rules: ['lag > 0 s', 'lag < 5 s'] })]);
    expect(sound?.problem).toBeNull();
  });

  it('has another digest when what it measures or asks for changes, and the same when its hosts do', () => {
    const digest = (changes: object, spec: unknown = { disk: '/data' }) =>
      bind([checkFile('disk', spec, changes)])[0]?.digest;
    expect(digest({ on: ['production'] })).toBe(digest({}));
    expect(digest({ rules: ['free space > 1 TB'] })).not.toBe(digest({}));
    expect(digest({}, { disk: '/srv' })).not.toBe(digest({}));
  });

  it('has the same digest however its keys are written', () => {
    const digest = (kind: string, spec: unknown) => bind([checkFile(kind, spec)])[0]?.digest;
    expect(digest('file', { file: 'a' })).toBe(digest('file', { file: { path: 'a', exists: true } }));
    const http = (within: string) => digest('http', { http: { get: 'http://h/', within } });
    expect(http('60 s')).toBe(http('1 min'));
    expect(http('60 s')).not.toBe(http('61 s'));
  });

  it('about the launch is measured once, wherever it says', () => {
    const [check] = bind([checkFile('settled', { settled: ['Model validation'] }, { on: ['production'] })]);
    expect(check?.hosts).toEqual([]);
  });
});
