import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../electron/checklist/index.ts';
import { candidatesFor, matchLost } from '../../../electron/checklist/match.ts';

/** What became of the item with this title, between two documents. */
function fate(before: string, after: string, title: string, known = true): string {
  const [then, now] = [parseDocument(before), parseDocument(after)];
  const item = then.items.find((one) => one.title === title);
  if (!item) throw new Error(`there is no item "${title}"`);
  if (now.items.some(({ id }) => id === item.id)) return 'same';
  const lost = [{ id: item.id, title, path: [] }];
  return matchLost(lost, known ? then : null, now).get(item.id)?.title ?? 'asks';
}

const before =
  '## A\n- [ ] Release notes written\n- [ ] Backup schedule configured\n- [ ] Sharpe ratio > 0.75\n\n## B\n- [ ] Other\n';
const edit = (from: string, to: string) => before.replace(from, to);

describe('an item whose words changed', () => {
  it('is the same when nobody could doubt it', () => {
    expect(
      fate(before, edit('Release notes written', 'Release notes wriitten'), 'Release notes written'),
    ).toBe('Release notes wriitten');
    expect(
      fate(before, edit('schedule configured', 'schedule is configured'), 'Backup schedule configured'),
    ).toBe('Backup schedule is configured');
  });

  it('is asked about when the words are others', () => {
    expect(fate(before, edit('Release notes', 'Marketing notes'), 'Release notes written')).toBe('asks');
    expect(fate(before, edit('schedule', 'storage'), 'Backup schedule configured')).toBe('asks');
  });

  it('is asked about when its threshold changed, however alike the words are', () => {
    expect(fate(before, edit('0.75', '0.76'), 'Sharpe ratio > 0.75')).toBe('asks');
    expect(fate(before, edit('ratio >', 'ratio <'), 'Sharpe ratio > 0.75')).toBe('asks');
  });

  it('is asked about when it went to another section, or its section has another name', () => {
    const moved = edit('- [ ] Release notes written\n', '').replace(
      '## B\n',
      '## B\n- [ ] Release notes written\n',
    );
    expect(fate(before, moved, 'Release notes written')).toBe('asks');
    expect(fate(before, edit('## A', '## First'), 'Release notes written')).toBe('asks');
  });

  it('is asked about when two others are as near, or it stood beside one as near', () => {
    const two = edit(
      '- [ ] Release notes written\n',
      '- [ ] Release notes written!\n- [ ] Release notes written?\n',
    );
    expect(fate(before, two, 'Release notes written')).toBe('asks');
    const twins = '## A\n- [ ] Copy to host a\n- [ ] Copy to host b\n';
    expect(fate(twins, '## A\n- [ ] Copy to host c\n', 'Copy to host a')).toBe('asks');
  });

  it('is never one that was there before', () => {
    const text = '## A\n- [ ] Model checkpoint deployed\n- [ ] Model checkpoints deployed\n';
    expect(fate(text, '## A\n- [ ] Model checkpoints deployed\n', 'Model checkpoint deployed')).toBe('asks');
  });

  it('is asked about when nobody knows the document as it was', () => {
    expect(
      fate(before, edit('Release notes written', 'Release notes wriitten'), 'Release notes written', false),
    ).toBe('asks');
  });

  it('is the same when only an item above it was reworded', () => {
    const nested = '## A\n- [ ] Server ready\n  - [ ] Python\n- [ ] Client ready\n  - [ ] Python\n';
    const then = parseDocument(nested);
    const now = parseDocument(
      nested.replace('Server ready', 'Servers ready').replace('Client ready', 'Clients ready'),
    );
    const lost = then.items.map(({ id, title }) => ({ id, title, path: [] }));
    const matched = matchLost(lost, then, now);
    expect(then.items.map(({ id }) => matched.get(id))).toEqual(now.items);
  });
});

describe('what a person is asked', () => {
  it('begins with the likeliest', () => {
    const now = parseDocument(
      '## A\n- [ ] Sharpe ratio > 0.5\n- [ ] Sortino ratio > 0.75\n- [ ] Something else\n',
    );
    const lost = { id: 'x', title: 'Sharpe ratio > 0.75', path: ['A'] };
    const titles = (isFree: (title: string) => boolean) =>
      candidatesFor([lost], now, ({ title }) => isFree(title))
        .get('x')
        ?.map(({ title }) => title);
    expect(titles(() => true)).toEqual(['Sharpe ratio > 0.5', 'Sortino ratio > 0.75']);
    expect(titles((title) => !title.includes('0.5'))).toEqual(['Sortino ratio > 0.75']);
  });

  it('is only about the same words elsewhere where very much was lost', () => {
    const items = Array.from({ length: 300 }, (_, i) => `- [ ] Item ${i}\n`).join('');
    const now = parseDocument(`## New heading\n${items}`);
    const lost = Array.from({ length: 300 }, (_, i) => ({
      id: `${i}`,
      title: `Item ${i}`,
      path: ['Old heading'],
    }));
    const candidates = candidatesFor(lost, now, () => true);
    expect(lost.map(({ id }) => candidates.get(id)?.map(({ title }) => title))).toEqual(
      lost.map(({ title }) => [title]),
    );
  });
});
