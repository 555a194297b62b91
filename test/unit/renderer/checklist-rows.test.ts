import { expect, test } from 'vitest';
import { countFilters, matcherOf, searcherOf } from '../../../renderer/checklist/filters.ts';
import { tickOf } from '../../../renderer/checklist/item-actions.ts';
import { buildRows, parentOf, type Row } from '../../../renderer/checklist/rows.ts';
import type { Checklist, Item } from '../../../shared/contract/checklist.ts';
import { buildList, progressOf } from '../../support/stage/fixtures/items.ts';

const list = buildList([
  {
    title: 'Storage',
    phase: 'Before',
    boxes: [
      {
        title: 'Disks',
        below: [
          { title: '500GB+ free', gate: { verdict: 'pass', measured: '612 GB' } },
          { title: 'Encrypted', ticked: true, below: [{ title: 'Key kept twice', assignee: 'Devops' }] },
        ],
      },
      { title: 'Backups', state: 'blocked', reason: 'waits for the bucket' },
    ],
  },
  {
    title: 'Service',
    phase: 'After',
    boxes: [
      { title: 'Healthy', gate: { verdict: 'fail' } },
      { title: 'Fast', state: 'done' },
    ],
  },
]);
const checklist: Checklist = {
  file: 'checklist.md',
  digest: '',
  title: 'List',
  notWritten: null,
  sections: list.sections,
  items: list.items,
  findings: [],
  unmatched: [],
  progress: progressOf(list.items),
  phase: 'Before',
};
const words = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === 'section' ? `# ${row.section.title}` : row.item.title));
const show = (matches: (item: Item) => boolean, closed: string[] = []) =>
  buildRows(checklist, { matches, closed: new Set(closed) });

test('all rows stand in the order of the document', () => {
  expect(words(show(() => true))).toEqual([
    '# Storage',
    'Disks',
    '500GB+ free',
    'Encrypted',
    'Key kept twice',
    'Backups',
    '# Service',
    'Healthy',
    'Fast',
  ]);
});

test('an item that matches brings what it hangs below, and nothing else', () => {
  const rows = show(matcherOf('mine', checklist, 'devops'));
  expect(words(rows)).toEqual(['# Storage', 'Disks', 'Encrypted', 'Key kept twice']);
  expect(rows.map((row) => row.kind === 'item' && row.context)).toEqual([false, true, true, false]);
});

test('what hangs below a closed item is passed over, its neighbours are not', () => {
  const [disks, encrypted] = [list.items[0]?.id ?? '', list.items[2]?.id ?? ''];
  expect(words(show(() => true, [encrypted]))).not.toContain('Key kept twice');
  expect(words(show(() => true, [disks]))).toEqual([
    '# Storage',
    'Disks',
    'Backups',
    '# Service',
    'Healthy',
    'Fast',
  ]);
  expect(words(show(() => true, ['section s0']))).toEqual(['# Storage', '# Service', 'Healthy', 'Fast']);
});

test('a section counts proof apart from claims, of all its items, whatever is shown', () => {
  const [storage] = show(matcherOf('blocked', checklist, ''));
  expect(storage?.kind === 'section' && storage.counts).toEqual({ proven: 1, claimed: 1, open: 3 });
});

test('each filter says how many it would show', () => {
  expect(countFilters(checklist, 'devops')).toEqual({
    all: 7,
    open: 2,
    claimed: 1,
    gates: 2,
    red: 1,
    blocked: 1,
    mine: 1,
    phase: 5,
  });
});

test('the search wants every word, in title, reason or assignee', () => {
  const finds = searcherOf('bucket back');
  expect(list.items.filter((item) => finds?.(item)).map(({ title }) => title)).toEqual(['Backups']);
  expect(searcherOf('  ')).toBeNull();
});

test('from a row one comes to what it hangs below', () => {
  const rows = show(() => true);
  const at = (title: string) => words(rows).indexOf(title);
  expect(parentOf(rows, at('Key kept twice'))).toBe(at('Encrypted'));
  expect(parentOf(rows, at('Backups'))).toBe(at('# Storage'));
});

test('no hand ticks a gate, and a no-go criterion is answered, not ticked', () => {
  const [, gate] = list.items;
  const fast = list.items.at(-1);
  expect(gate && tickOf(gate)).toEqual({ does: 'gate' });
  expect(fast && tickOf(fast)).toEqual({ does: 'mark', state: 'open' });
  expect(fast && tickOf({ ...fast, state: 'open' })).toEqual({ does: 'mark', state: 'done' });
  expect(fast && tickOf({ ...fast, criterion: 'no-go' })).toEqual({ does: 'answer' });
});
