import { expect, test } from 'vitest';
import { rank } from '../../../renderer/app/palette/rank.ts';
import { resolveTheme } from '../../../renderer/app/theme.ts';
import { groupByDay, joinNewest } from '../../../renderer/journal/timeline.ts';
import { shortNames } from '../../../renderer/runbook/host-names.ts';
import { cellToLookAt } from '../../../renderer/runbook/words.ts';
import type { TimelineRow } from '../../../shared/contract/journal.ts';
import { runOf } from '../../support/stage/fixtures/runs.ts';

const row = (seq: number, at = '2026-11-21T12:00:00Z'): TimelineRow => ({
  device: 'a',
  seq,
  at,
  author: '',
  kind: 'item.mark',
  text: '',
  group: 'item',
  hash: '',
  link: null,
});
const rows = (...seqs: number[]) => seqs.map((seq) => row(seq));

test('new entries go on top of the ones that are known', () => {
  const known = rows(5, 4, 3);
  expect(joinNewest(known, rows(7, 6, 5, 4))?.map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3]);
  expect(joinNewest(known, rows(5, 4))).toBe(known);
  expect(joinNewest([], rows(2, 1))?.length).toBe(2);
});

test('entries that do not meet the known ones are not joined over a gap', () => {
  expect(joinNewest(rows(5, 4), rows(300, 299))).toBeNull();
});

test('entries stand under their day', () => {
  const lines = groupByDay([
    row(3, '2026-11-21T12:00:00Z'),
    row(2, '2026-11-21T11:00:00Z'),
    row(1, '2026-11-19T11:00:00Z'),
  ]);
  expect(lines.map(({ kind }) => kind)).toEqual(['day', 'entry', 'entry', 'day', 'entry']);
});

test('long host names lose what they all have in common, and never all they are', () => {
  const long = (n: string) => `ranker-eu-west-1a-node-${n}.prod.example`;
  expect([...shortNames([long('001'), long('002')]).values()]).toEqual(['001', '002']);
  expect([...shortNames(['prd-1', 'prd-2']).values()]).toEqual(['prd-1', 'prd-2']);
  expect([...shortNames(['only-one.example']).values()]).toEqual(['only-one.example']);
  const nested = ['web.cluster.example', 'www.web.cluster.example'];
  expect([...shortNames(nested).values()]).toEqual(['web', 'www.web']);
  expect([...shortNames([]).values()]).toEqual([]);
});

test('the palette wants every word and puts titles that begin with it first', () => {
  const candidates = [
    { id: '1', title: 'Backups scheduled', context: 'Database' },
    { id: '2', title: 'Roll back…', context: 'Run' },
    { id: '3', title: 'Database set up', context: 'Infrastructure' },
  ];
  expect(rank('back', candidates, 9).map(({ id }) => id)).toEqual(['1', '2']);
  expect(rank('base back', candidates, 9).map(({ id }) => id)).toEqual(['1']);
  expect(rank('', candidates, 2).map(({ id }) => id)).toEqual(['1', '2']);
  expect(rank('nothing like it', candidates, 9)).toEqual([]);
});

test('of a run one sees first what goes on, else what went wrong, else what happened last on a host', () => {
  const box = { id: 'r', number: 1, target: 't', hosts: ['a', 'b'] };
  const steps = (
    state: Parameters<typeof runOf>[0]['state'],
    step: number,
    at: Parameters<typeof runOf>[0]['at'],
  ) => cellToLookAt(runOf({ ...box, state, step, at }).steps);
  expect(steps('running', 3, 'running')).toEqual({ step: '04-upload', host: 'a' });
  expect(steps('asking', 7, 'lost')).toEqual({ step: '08-service', host: 'a' });
  expect(steps('holding', 10, 'running')).toEqual({ step: '09-http', host: 'b' });
  expect(cellToLookAt([])).toBeNull();
});

test('the system’s theme is followed only where it was chosen', () => {
  expect(resolveTheme('light', { contrast: true, light: false })).toBe('light');
  expect(resolveTheme('system', { contrast: true, light: true })).toBe('contrast');
  expect(resolveTheme('system', { contrast: false, light: true })).toBe('light');
  expect(resolveTheme('system', { contrast: false, light: false })).toBe('dark');
});
