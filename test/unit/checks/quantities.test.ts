import { describe, expect, it } from 'vitest';
import { checkKinds } from '../../../electron/checks/index.ts';
import { quantityOf } from '../../../electron/checks/quantities.ts';
import { rule, specOf } from './fakes.ts';

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
      const keys = specs[kind];
      const quantity =
        keys === undefined
          ? null
          : quantityOf(rule(text), prepare(specOf(kind, keys)).quantities, { written });
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
    ['inference latency < 1 s', { http: 'latency', command: 'printed figure' }],
    ['database query < 100 ms', { command: 'printed figure' }],
    ['data freshness < 24 h', { file: 'file age', command: 'printed figure' }],
    ['drift psi < 0.2', { http: 'drift.psi' }],
    ['error rate < 1 %', { http: 'error rate' }],
    ['cpu cores >= 8', { cpu: 'cpu cores' }],
    ['folds >= 5', {}],
  ];
  for (const [text, meant] of cases) {
    it(`"${text}" is about ${JSON.stringify(meant)}`, () => expect(meanings(text)).toEqual(meant));
  }

  it('about a percentile, a mean or a maximum is never about a single measurement, but may be what a script prints', () => {
    for (const word of ['p95', 'p99.9', 'median', 'mean', 'max', 'total']) {
      expect(meanings(`latency ${word} < 5 s`)).toEqual({ command: 'printed figure' });
    }
  });
});

describe('a rule written for a check', () => {
  it('needs no name where there is one figure in its unit', () => {
    expect(meanings('>= v3.12', true)).toMatchObject({ python: 'python' });
    expect(meanings('>= v3.12')).toEqual({});
  });
});

describe('the figure a script prints', () => {
  const meant = (text: string, command: object) =>
    quantityOf(
      rule(text),
      checkKinds
        .find(({ kind }) => kind === 'command')
        ?.prepare(specOf('command', { command: { run: 'x', ...command } })).quantities ?? [],
      { written: false },
    )?.name ?? null;

  it('is what any rule is about, in any unit, unless the check says otherwise', () => {
    expect(meant('sharpe ratio > 0.75', {})).toBe('printed figure');
    expect(meant('max drawdown < 30 %', {})).toBe('printed figure');
    expect(meant('exit status = 3', {})).toBe('exit status');
    expect(meant('max drawdown < 30 %', { unit: 's' })).toBeNull();
    expect(meant('nginx >= v1.22', {})).toBeNull();
    expect(meant('nginx >= v1.22', { unit: 'version' })).toBe('printed figure');
  });

  it('goes by its name where it has one', () => {
    expect(meant('replication lag < 5 s', { quantity: 'lag', unit: 's' })).toBe('lag');
    expect(meant('lag p95 < 5 s', { quantity: 'lag', unit: 's' })).toBeNull();
    expect(meant('lag p95 < 5 s', { quantity: 'lag p95', unit: 's' })).toBe('lag p95');
  });
});
