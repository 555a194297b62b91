import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../electron/checklist/index.ts';
import { realChecklist } from './real.ts';

const launch = parseDocument(readFileSync('test/fixtures/checklist/launch.md', 'utf8'));
const find = (title: string) => launch.items.find((item) => item.title === title);

/** `depth:title` of each item, `x` or `~` before it where the box holds that. */
const outline = (text: string) =>
  parseDocument(text).items.map(({ depth, box, title }) => `${box.trim()}${depth}:${title}`);

describe('a checklist document', () => {
  it('is read into sections with their headings above them, and the phase they belong to', () => {
    expect(launch.title).toBe('Forecaster: going live');
    expect(launch.sections.find(({ title }) => title === '2. Settings')).toMatchObject({
      level: 3,
      path: ['Forecaster: going live', 'Before the launch', '2. Settings'],
      phase: 'Before the launch',
      line: 18,
    });
  });

  it('is read into items with their nesting, in document order', () => {
    expect(launch.items).toHaveLength(35);
    expect(launch.items.filter(({ box }) => box === 'x')).toHaveLength(13);
    const parent = find('Alerts');
    expect(find('Slow answers (>8s p99)')).toMatchObject({ parent: parent?.id, depth: 1, under: ['Alerts'] });
  });

  it('has guidance and code in the body of the item they stand under', () => {
    expect(find('Results looked at')?.body).toEqual([
      { kind: 'text', text: 'Mean return: 12.5%' },
      { kind: 'text', text: 'Sharpe ratio: 0.91' },
    ]);
    expect(find('Settings written down: config/live.yaml')?.body).toEqual([
      {
        kind: 'code',
        language: 'yaml',
        text: 'top_n: 40   # chosen in the cost study\nsmallest_weight: 0.025\nmax_weekly_turnover: 0.10',
      },
    ]);
  });

  it('has thresholds in its items', () => {
    expect(find('Answers under load: p95 < 4s, p99 < 8s')?.rules.map(({ quantity }) => quantity)).toEqual([
      'answer p95',
      'answer p99',
    ]);
    expect(find('Python 3.12+')?.rules).toMatchObject([{ quantity: 'python', bound: { version: '3.12' } }]);
  });

  it('has sign-off lines with their roles', () => {
    expect(launch.items.filter(({ signer }) => signer).map(({ signer, title }) => [signer, title])).toEqual([
      ['Model owner', 'Model owner'],
      ['DevOps', 'DevOps'],
    ]);
  });

  it('has no sign-off lines where nobody signs', () => {
    const signers = (text: string) =>
      parseDocument(`## Sign-off\n\n${text}`).items.map(({ signer }) => signer);
    expect(signers('- [ ] All regions green: ✅\n- [ ] Notes written\n')).toEqual([null, null]);
    expect(signers('- [ ] QA lead: **\\*\\_\\*** Date: ****\\_****\n- [ ] CTO ________\n')).toEqual([
      'QA lead',
      'CTO',
    ]);
  });

  it('has contact lines, from lists and from code, with what is still empty', () => {
    expect(launch.contacts.map(({ title, empty, line }) => [title, empty, line])).toEqual([
      ['Model owner', ['Name', 'Phone'], 74],
      ['DevOps', ['Name', 'Phone'], 75],
      ['Hoster', ['Phone', 'Ticket page'], 78],
    ]);
  });

  it.each([
    ['apex-ranker', 245, 34],
    ['neural-trading', 91, 0],
  ])('has every box of the real document %s: %d items, %d ticked', (name, items, ticked) => {
    const text = realChecklist(name);
    if (text === null) return;
    const document = parseDocument(text);
    expect(document.items).toHaveLength(items);
    expect(document.items.filter(({ box }) => box === 'x')).toHaveLength(ticked);
  });
});

describe('what is an item', () => {
  it.each([
    ['- [x] a\n- [X] b\n- [ ] c\n- [~] d\n', ['x0:a', 'x0:b', '0:c', '~0:d']],
    ['* [ ] a\n+ [ ] b\n1. [ ] c\n2) [ ] d\n', ['0:a', '0:b', '0:c', '0:d']],
    ['- [ ] a\r\n  - [x] b\r\n', ['0:a', 'x1:b']],
    ['- [ ] a\r  - [x] b\r', ['0:a', 'x1:b']],
    ['\uFEFF- [x] a\n', ['x0:a']],
    ['-\t[ ] a\n\t- [ ] b\n', ['0:a', '1:b']],
    ['- [\t] a\n', ['0:a']],
    ['> - [x] quoted\n', ['x0:quoted']],
    ['- - [ ] double\n', ['0:double']],
    ['1. [ ] a\n   - [ ] b\n', ['0:a', '1:b']],
    ['1. [ ] a\n  - [ ] b\n', ['0:a', '0:b']],
    ['- group\n  - [ ] a\n', ['0:a']],
    ['- [ ] **Bold *and* `code`**:\n', ['0:Bold and code']],
    ['- [ ] a [link](/url) and ![picture](x.png)\n', ['0:a link and picture']],
    ['- [ ] two\n  lines\n', ['0:two lines']],
    ['- [ ] 😀 emoji\n- [x] b\n', ['0:😀 emoji', 'x0:b']],
  ])('%j', (text, items) => {
    expect(outline(text)).toEqual(items);
  });

  it.each([
    '- []\n',
    '- [ ]a\n',
    '- [ ]\n',
    '- [x] \n',
    '- [\u00A0] a\n',
    '- [  ] a\n',
    '- [\n] a\n',
    '- [-] a\n',
    '- [x](/url)\n',
    '- [x][ref]\n\n[ref]: /url\n',
    '[ ] a\n',
    '# [ ] a\n',
    '| [ ] | a |\n|---|---|\n| [x] | b |\n',
    '```\n- [ ] a\n```\n',
    '~~~\n- [ ] a\n~~~\n',
    '    - [ ] a\n',
    '<!--\n- [ ] a\n-->\n',
    '- a\n\n  [ ] b\n',
  ])('not %j', (text) => {
    expect(outline(text)).toEqual([]);
  });

  it('stands at the line and column of its bracket', () => {
    const at = (text: string) => parseDocument(text).items.map(({ line, column }) => `${line}:${column}`);
    expect(at('- [ ] a\r\n\r\n  - [ ] b\n')).toEqual(['1:3', '3:5']);
    expect(at('\uFEFF- [ ] a\n')).toEqual(['1:3']);
  });
});
