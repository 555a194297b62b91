import { describe, expect, it } from 'vitest';
import { checkKinds } from '../../../electron/checks/index.ts';
import { quantityOf } from '../../../electron/checks/quantities.ts';
import { rule } from './fakes.ts';

const specs: Record<string, unknown> = {
  disk: { disk: '/data' },
  memory: { memory: 'free' },
  cpu: { cpu: 'cores' },
  python: { python: 'python3' },
  pytorch: { pytorch: 'python3' },
  gpu: { gpu: { 'any-of': ['A100'] } },
  http: {
    http: { get: 'http://h/', json: { 'drift.psi': 0.1 }, measure: { 'error rate': { at: 'e', unit: '%' } } },
  },
  file: { file: 'x' },
  command: { command: { run: 'x', measure: 'last line', unit: 's' } },
};

/** What each kind takes a rule to be about. */
function meanings(text: string, written = false): Record<string, string> {
  return Object.fromEntries(
    checkKinds.flatMap(({ kind, prepare }) => {
      const spec = specs[kind];
      const quantity =
        spec === undefined ? null : quantityOf(rule(text), prepare(spec).quantities, { written });
      return quantity ? [[kind, quantity.name]] : [];
    }),
  );
}

describe('a rule in an item’s own words', () => {
  const cases: [string, Record<string, string>][] = [
    ['dataset storage >= 500 GB', { disk: 'free space' }],
    ['checkpoints >= 200 GB', { disk: 'free space' }],
    ['free space >= 20 %', { disk: 'free share' }],
    ['ram >= 64 GB', { memory: 'free memory' }],
    ['gpu memory >= 40 GB', { gpu: 'gpu memory', memory: 'free memory' }],
    ['python >= v3.12', { python: 'python' }],
    ['pytorch >= v2.8', { pytorch: 'pytorch' }],
    ['cuda >= v12.4', { pytorch: 'cuda' }],
    ['inference latency < 1 s', { http: 'latency', command: 'measured value' }],
    ['database query < 100 ms', { command: 'measured value' }],
    ['data freshness < 24 h', { file: 'file age', command: 'measured value' }],
    ['drift psi < 0.2', { http: 'drift.psi' }],
    ['error rate < 1 %', { http: 'error rate' }],
    ['cpu cores >= 8', { cpu: 'cpu cores' }],
    ['folds >= 5', {}],
  ];
  for (const [text, meant] of cases) {
    it(`"${text}" is about ${JSON.stringify(meant)}`, () => expect(meanings(text)).toEqual(meant));
  }

  it('about a percentile, a mean or a maximum is never about a single measurement', () => {
    for (const word of ['p95', 'p99.9', 'median', 'mean', 'max', 'total']) {
      expect(meanings(`latency ${word} < 5 s`)).toEqual({});
    }
  });
});

describe('a rule written for a check', () => {
  it('is about the figure of a script whatever it is called', () => {
    expect(meanings('latency p95 < 5 s', true)).toEqual({ command: 'measured value' });
  });

  it('needs no name where there is one figure in its unit', () => {
    expect(meanings('>= v3.12', true)).toMatchObject({ python: 'python' });
    expect(meanings('>= v3.12')).toEqual({});
  });
});
