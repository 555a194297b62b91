import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assembleSections } from '../../../electron/checklist/assemble.ts';
import {
  assembleChecklist,
  assembleItems,
  type Bindings,
  bind,
  type Document,
  noBindings,
  parseDocument,
} from '../../../electron/checklist/index.ts';
import type { ItemRecord } from '../../../electron/checklist/records/records.ts';
import { checklist, type Gate } from '../../../shared/contract/checklist.ts';

const launch = parseDocument(readFileSync('test/fixtures/checklist/launch.md', 'utf8'));
const idOf = (title: string, document: Document = launch) =>
  document.items.find((item) => item.title.startsWith(title))?.id ?? '';

const record = (some: Partial<ItemRecord>): ItemRecord => ({
  title: '',
  path: [],
  marks: [],
  answers: [],
  assignee: '',
  override: null,
  notes: 0,
  ...some,
});
const said = <Value>(value: Value, box: ' ' | 'x' | '~' = ' ', reason = '') => ({
  value,
  reason,
  box,
  by: 'ada',
  at: '2026-01-20T09:00:00.000Z',
  hash: String(value),
});
const gate = (verdict: Gate['verdict']): Gate => ({
  checks: ['check'],
  verdict,
  measured: '1',
  sentence: 'It is 1.',
  at: '2026-01-20T09:00:00.000Z',
  running: false,
});

const bindings: Bindings = {
  criteria: { go: 'Decision > Go criteria', noGo: 'Decision > No-go criteria' },
  afterLaunch: ['Notes'],
  roles: [{ id: 'devops', title: 'DevOps' }],
};

function rows(records: Record<string, ItemRecord> = {}, gates: Record<string, Gate> = {}, document = launch) {
  const byId = <Value>(some: Record<string, Value>) =>
    new Map(Object.entries(some).map(([title, value]) => [idOf(title, document), value]));
  const items = assembleItems({
    document,
    records: byId(records),
    gates: byId(gates),
    bound: bind(document, bindings),
  });
  return { items, find: (title: string) => items.find((item) => item.title.startsWith(title)) };
}

describe('the rows of a checklist', () => {
  it('show a box ticked in the document as a claim, until somebody here says something', () => {
    expect(rows().find('Scraping on')).toMatchObject({
      ticked: true,
      state: 'open',
      status: 'claimed',
      by: '',
    });
    const marked = rows({ 'Scraping on': record({ marks: [said('done' as const, 'x')] }) });
    expect(marked.find('Scraping on')).toMatchObject({ state: 'done', status: 'done', by: 'ada' });
  });

  it('show what a check found before what is ticked', () => {
    expect(rows({}, { 'Scraping on': gate('fail') }).find('Scraping on')).toMatchObject({
      status: 'fail',
      gate: { measured: '1' },
    });
  });

  it('show a box changed by others after a mark, against the mark, as a dispute', () => {
    const status = (now: string, mark: ReturnType<typeof said<'done' | 'open' | 'active'>>) => {
      const document = parseDocument(`- [${now}] a\n`);
      return rows({ a: record({ marks: [mark] }) }, {}, document).find('a')?.status;
    };
    expect(status(' ', said('done', 'x'))).toBe('disputed');
    expect(status('x', said('open', ' '))).toBe('disputed');
    expect(status('x', said('active', ' '))).toBe('disputed');
    // Never written there, or brought into line by others.
    expect(status(' ', said('done', ' '))).toBe('done');
    expect(status('x', said('done', ' '))).toBe('done');
  });

  it('show two marks that did not see each other as a dispute only where they differ', () => {
    const two = (...states: ('done' | 'failed')[]) =>
      rows({ 'Config copied': record({ marks: states.map((one) => said(one)) }) }).find('Config copied')
        ?.status;
    expect(two('done', 'failed')).toBe('disputed');
    expect(two('done', 'done')).toBe('done');
  });

  it('believe a waiver in the document only where no check is bound and nobody said otherwise', () => {
    const document = parseDocument('- [~] a\n');
    expect(rows({}, {}, document).find('a')).toMatchObject({
      state: 'waived',
      status: 'waived',
      reason: 'Waived in the document, without a reason.',
    });
    expect(rows({}, { a: gate('fail') }, document).find('a')).toMatchObject({
      state: 'open',
      status: 'fail',
      reason: '',
    });
  });

  it('know criteria, roles and what comes after the launch', () => {
    const { find } = rows();
    expect(find('Staging passed')).toMatchObject({ criterion: 'go' });
    expect(find('Staging failed')).toMatchObject({ criterion: 'no-go', holds: null, status: 'open' });
    expect(find('DevOps')).toMatchObject({ role: 'devops' });
    expect(find('Model owner')).toMatchObject({ role: null });
    expect(find('Bundle packed')).toMatchObject({ afterLaunch: true });
    expect(find('Config copied')).toMatchObject({ criterion: null, role: null, afterLaunch: false });
  });

  it('have the answers to no-go criteria', () => {
    const answered = (holds: boolean) =>
      rows({ 'Staging failed': record({ answers: [said(holds)] }) }).find('Staging failed');
    expect(answered(false)).toMatchObject({ holds: false, status: 'done', by: 'ada' });
    expect(answered(true)).toMatchObject({ holds: true, status: 'failed' });
  });
});

describe('criteria', () => {
  it('are found by their headings where the pack is silent, or its address does not fit', () => {
    for (const criteria of [noBindings.criteria, { go: 'Nothing > Such', noGo: 'Nothing' }]) {
      const bound = bind(launch, { ...noBindings, criteria });
      expect([bound.go.size, bound.noGo.size]).toEqual([1, 1]);
    }
  });
});

describe('the assembled checklist', () => {
  const { items } = rows({}, { 'Scraping on': gate('pass') });
  const whole = assembleChecklist(launch, items, {
    file: 'launch.md',
    digest: '',
    notWritten: null,
    findings: [],
    unmatched: [],
  });

  it('fits the contract', () => {
    expect(checklist.parse(whole)).toEqual(whole);
  });

  it('counts each section with all below it, claims apart from proof', () => {
    const section = (title: string) => whole.sections.find((one) => one.title === title)?.progress;
    expect(section('3. Machines')).toMatchObject({ total: 12, proven: 1, claimed: 1, open: 10 });
    expect(section('Before the launch')).toMatchObject({ total: 23, proven: 1, claimed: 11 });
    expect(section('Forecaster: going live')?.total).toBe(35);
    expect(whole.progress.total).toBe(35);
  });

  it('is in the first phase with something left to do', () => {
    expect(whole.phase).toBe('Before the launch');
    const settled = items.map((item) => (item.line < 49 ? { ...item, status: 'done' as const } : item));
    expect(assembleChecklist(launch, settled, whole).phase).toBe('The launch');
  });

  it('has sections whose own items come before those below them', () => {
    const document = parseDocument('# T\n- [ ] a\n## A\n- [ ] b\n### B\n- [x] c\n## C\n- [ ] d\n');
    const all = assembleItems({
      document,
      records: new Map(),
      gates: new Map(),
      bound: bind(document, noBindings),
    });
    expect(assembleSections(document, all).map(({ title, progress }) => [title, progress.total])).toEqual([
      ['T', 4],
      ['A', 2],
      ['B', 1],
      ['C', 1],
    ]);
  });
});
