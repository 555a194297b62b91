import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lint, type PackThreshold, parseDocument } from '../../../electron/checklist/index.ts';
import { parseRule } from '../../../shared/rule/index.ts';
import { realChecklist } from './real.ts';

const findings = (text: string, thresholds?: PackThreshold[]) => lint(parseDocument(text), thresholds);
/** `code line` of each finding. */
const codes = (text: string) => findings(text).map(({ code, line }) => `${code} ${line}`);

describe('lint on a whole checklist', () => {
  const found = lint(parseDocument(readFileSync('test/fixtures/checklist/launch.md', 'utf8')));

  it('finds what contradicts itself, each with the other place', () => {
    const contradictions = found.filter(({ code }) => code === 'contradiction');
    expect(contradictions.map(({ line, also }) => [line, also.map((other) => other.line)])).toEqual([
      [15, [62, 67]],
      [20, [25]],
      [21, [26]],
      [46, [53]],
    ]);
    expect(contradictions[1]?.message).toBe(
      'Smallest weight is "3%" here, but "smallest_weight: 0.025" in line 25. Only one can be meant: make them equal.',
    );
  });

  it('finds ticked parents with open children, and the list behind the closing lines', () => {
    const others = found.filter(({ code }) => code !== 'contradiction');
    expect(others.map(({ code, line, also }) => [code, line, also.map((other) => other.line)])).toEqual([
      ['ticked-parent-open-child', 33, [35]],
      ['item-outside-section', 99, [100, 101]],
    ]);
  });

  it('names the item each finding is about', () => {
    expect(found.every(({ item }) => item !== null)).toBe(true);
  });
});

describe('two bare figures in the words of items', () => {
  it('contradict each other where they are called a limit, and may be two results where not', () => {
    const twice = (words: string) =>
      codes(`# L\n\n## A\n\n- [x] ${words} (35%)\n\n## B\n\n- [ ] ${words} (20%)\n`);
    expect(twice('Turnover limit set')).toEqual(['contradiction 5']);
    expect(twice('Smallest position, minimum')).toEqual(['contradiction 5']);
    expect(twice('Total return')).toEqual([]);
  });
});

describe('lint on the real documents', () => {
  const real = (name: string) => {
    const text = realChecklist(name);
    return text === null ? null : findings(text);
  };

  it('finds the four contradictions, three ticked parents and the stranded list of the first, and no more', () => {
    const found = real('apex-ranker');
    if (!found) return;
    expect(found.map(({ code, line, also }) => [code, line, ...also.map((other) => other.line)])).toEqual([
      ['contradiction', 18, 311, 320],
      ['contradiction', 30, 37],
      ['contradiction', 31, 38],
      ['ticked-parent-open-child', 72, 74, 75],
      ['contradiction', 106, 185],
      ['ticked-parent-open-child', 110, 112],
      ['ticked-parent-open-child', 262, 265],
      ['item-outside-section', 394, 395, 396, 397],
    ]);
  });

  it('finds nothing in the second, whose alarms and rollbacks are steps of one ladder', () => {
    const found = real('neural-trading');
    if (found) expect(found).toEqual([]);
  });
});

describe('contradictions', () => {
  const contradictory = (text: string) => codes(text).some((code) => code.startsWith('contradiction'));

  it.each([
    '- [ ] Latency p95 < 5s\n- [ ] Response time p95 < 3 s\n',
    '- [ ] Python 3.12+\n- [ ] Python 3.11+\n',
    '- [ ] Uptime > 99.9%\n\n| what | bound |\n|--|--|\n| x | uptime > 99.5% |\n',
    '- [ ] Replicas set (3 replicas)\n  ```json\n  { "a": 1 }\n  ```\n  ```yaml\n  replicas: 2\n  ```\n',
    '- [ ] Error rate < 1%\n\n```yaml\nerror_rate: 0.05\n```\n',
    '- [ ] `/readyz` answers\n- [ ] Wait for `http://a:1/ready`\n',
  ])('%j', (text) => {
    expect(contradictory(text)).toBe(true);
  });

  it.each([
    '- [ ] Latency p95 < 5s, p99 < 10s\n',
    '- [ ] Latency < 5s\n- [ ] Alert: latency > 5 s\n',
    '## Alerts\n- [ ] Error rate > 5%\n\n## Rollback\n- error rate > 10%\n',
    '- [ ] Staging: latency < 10 s\n- [ ] Production: latency < 5 s\n',
    '- [ ] Weight limit set (2%)\n\n```yaml\nweight: 0.02\n```\n',
    '- [ ] Turnover < 35%\n\n```yaml\nmax_turnover: 0.35\n```\n',
    '- [ ] Old model\n  - Sharpe: 0.8\n- [ ] New model\n  - Sharpe: 0.9\n',
    '- [ ] Sharpe ratio > 0.75\n  - Sharpe ratio: 0.93\n',
    '- [ ] `/users` and `/user/{id}` answer\n- [ ] `/predict`\n',
    '- [ ] `/healthz` and `/health` answer\n- [ ] Ask `/health`\n',
    '## Day 1\n- [ ] Look every 15 minutes\n\n## Week 1\n- [ ] Look every 4 hours\n',
    '- [ ] Availability ≥ 99.5%\n\n## Roll back when\n- Availability < 95% for 10 minutes\n',
    '- [x] Test coverage ≥ 80% (92%)\n- [x] Code coverage ≥ 70%\n',
    '- [ ] Per-user limit (100 req/hour)\n- [ ] Global limit (1000 req/hour)\n',
  ])('not %j', (text) => {
    expect(contradictory(text)).toBe(false);
  });

  it('with a threshold of the pack, for the quantity or for the item it is bound to', () => {
    const text = '- [ ] Dataset storage: 500GB+\n- [ ] Sharpe ratio > 0.75\n';
    const [storage] = parseDocument(text).items;
    const threshold = (words: string, item: string | null = null): PackThreshold => {
      const parsed = parseRule(words);
      if (!parsed.ok) throw new Error(parsed.message);
      return { rule: parsed.rule, where: 'launch.yaml:31', line: 31, column: 5, trigger: false, item };
    };
    expect(findings(text, [threshold('sharpe > 0.75'), threshold('free space > 500 GB')])).toEqual([]);
    expect(findings(text, [threshold('sharpe > 0.5')])).toMatchObject([
      { line: 2, message: expect.stringContaining('"sharpe > 0.5" in launch.yaml:31') },
    ]);
    expect(findings(text, [threshold('free space > 400 GB', storage?.id)])).toMatchObject([{ line: 1 }]);
  });

  it('are looked for among very many figures without comparing each with each', () => {
    const ms = (figures: number) => {
      const text = Array.from({ length: figures }, (_, i) => `- [ ] Shards set (${i} shards)\n`).join('');
      const document = parseDocument(text);
      const start = performance.now();
      lint(document);
      return performance.now() - start;
    };
    ms(300);
    expect(ms(3000)).toBeLessThan(10 * 4 * ms(300));
  });
});

describe('what reads as a box and is none', () => {
  it.each([
    '- []\n',
    '- [ ]text\n',
    '- [ ]\n',
    '- [\u00A0] nbsp\n',
    '- [  ] wide\n',
    '- [\n] broken\n',
    '- [ x] odd\n',
    '- ☐ picture\n',
    '[ ] no list\n',
    '-[ ] no space\n',
    '# [ ] heading\n',
    'words\n2. [ ] cannot interrupt\n',
    '| a | b |\n|---|---|\n| [ ] | c |\n',
    'words\n\n    - [ ] too far in\n',
    '<details>\n- [ ] inside\n</details>\n',
    '- [ ] a\n  [ ] goes on\n',
    '- a\n\n  [x] second paragraph\n',
    '```\n[ ] a\n[ ] b\n- [ ] c\n```\n',
  ])('%j', (text) => {
    expect(codes(text).filter((code) => code.startsWith('not-a-box'))).toHaveLength(1);
  });

  it('is told apart from states of other tools', () => {
    expect(codes('- [-] a\n- [/] b\n- [>] c\n')).toEqual([
      'unknown-state 1',
      'unknown-state 2',
      'unknown-state 3',
    ]);
  });

  it.each([
    '- [x](/url) a link\n- [a][b]\n\n[b]: /url\n',
    'Tick with `[x]` or [x] in the text\n',
    '```\n- [ ] in code\n[ ] too\n```\n',
    '<!-- - [ ] in a comment -->\n',
    '- [1] a reference\n- [TBD] a word\n- [Name] ([Phone])\n',
    '- [~] waived\n',
  ])('not %j', (text) => {
    expect(codes(text)).toEqual([]);
  });
});

describe('the form of the lists', () => {
  it('deceives where an item looks nested and is not', () => {
    expect(codes('1. [ ] a\n  - [ ] b\n')).toEqual(['depth-surprise 2']);
    expect(codes('-   [ ] a\n  - [ ] b\n')).toEqual(['depth-surprise 2']);
    expect(findings('1. [ ] a\n  - [ ] b\n')[0]?.message).toContain('indent it by 3 columns');
    expect(codes('1. [ ] a\n   - [ ] b\n- [ ] c\n  - [ ] d\n')).toEqual([]);
    expect(codes('1. [ ] a\n\n- [ ] b\n')).toEqual([]);
  });

  it('has two items with the same words in the same place', () => {
    expect(codes('- [ ] a\n- [ ] b\n- [ ] **A**:\n')).toEqual(['duplicate-item 3']);
    expect(codes('- [ ] x\n  - [ ] a\n- [ ] y\n  - [ ] a\n')).toEqual([]);
  });

  it('has items before the first heading, but not where there is no heading at all', () => {
    expect(codes('- [ ] a\n\n# Title\n\ntext\n')).toEqual(['item-outside-section 1']);
    expect(codes('- [ ] a\n')).toEqual([]);
  });

  it('has a rule between groups of items, which is no end', () => {
    expect(codes('## A\n- [ ] a\n\n---\n\n- [ ] b\n')).toEqual([]);
    expect(codes('## A\n**Version**: 2\n\n---\n\n- [ ] b\n')).toEqual([]);
    expect(codes('## A\n\n---\n\n**Owner**: me\n\n- [ ] b\n')).toEqual([]);
    expect(codes('## A\ntext\n\n---\n\n**Owner**: me\n- [ ] b\n\n## C\ntext\n')).toEqual([]);
  });

  it('has a heading with nothing under it', () => {
    expect(codes('# T\n\n## A\n\n## B\n\n- [ ] b\n\n## C\n')).toEqual(['empty-section 3', 'empty-section 9']);
  });

  it('has parents that are ticked before their children', () => {
    expect(codes('- [x] a\n  - [x] b\n  - [ ] c\n- [x] d\n  - [~] e\n')).toEqual([
      'ticked-parent-open-child 1',
    ]);
  });
});
