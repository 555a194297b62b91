import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportMarkdown } from '../../../electron/checklist/export.ts';
import { sha256 } from '../../../electron/checklist/file/source.ts';
import { assembleItems, bind, noBindings, parseDocument } from '../../../electron/checklist/index.ts';
import type { Item } from '../../../shared/contract/checklist.ts';
import { documents } from './documents.ts';

const at = new Date('2026-01-20T10:00:00Z');

function exported(text: string, change: (item: Item) => Partial<Item> = () => ({})): string {
  const document = parseDocument(text);
  const rows = assembleItems({
    document,
    records: new Map(),
    gates: new Map(),
    bound: bind(document, noBindings),
  });
  const items = rows.map((item) => ({ ...item, ...change(item) }));
  const bytes = Buffer.from(text);
  const source = { path: 'a.md', bytes, text, digest: sha256(bytes) };
  return exportMarkdown({ source, document, items, launch: 'ranker@1', at });
}

describe('the exported document', () => {
  it('is the document with its boxes as they are now, and the rest after it', () => {
    const text = '# T\n\n## A\n\n- [ ] one\n- [ ] two\n- [x] three\n- [ ] four';
    const states: Record<string, Partial<Item>> = {
      one: { status: 'done', by: 'ada', at: '2026-01-20T09:00:00Z' },
      two: { status: 'waived', state: 'waived', reason: 'not *here*' },
      four: {
        status: 'fail',
        gate: {
          checks: ['disk'],
          verdict: 'fail',
          measured: '12 GB',
          sentence: 'Too little.',
          at: null,
          running: false,
        },
      },
    };
    expect(exported(text, ({ title }) => states[title] ?? {})).toBe(
      `# T

## A

- [x] one
- [~] two
- [x] three
- [ ] four

---

## States of ranker@1

As recorded by Holdpoint, 2026-01-20T10:00:00.000Z.

**T > A**

- one: done; ada, 2026-01-20T09:00:00Z
- two: waived; not \\*here\\*
- three: ticked in the document only
- four: fail; 12 GB: Too little.
`
        .replace('T > A', 'T \\> A')
        .replace('**T \\> A**', '**T > A**'),
    );
  });

  it('keeps every byte of the document but the boxes, and read again has the same items', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const before = parseDocument(text);
        const result = exported(text, () => ({ assignee: 'bob [x] `a`', status: 'claimed' }));
        const boxes = new Set(before.items.map(({ offset }) => offset));
        for (let i = 0; i < text.length; i += 1) {
          if (!boxes.has(i) && result[i] !== text[i]) expect(`${i}: ${result[i]}`).toBe(`${i}: ${text[i]}`);
        }
        const after = parseDocument(result);
        expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
        expect(after.sections.at(-1)?.title).toBe('States of ranker@1');
      }),
      { numRuns: 120 },
    );
  });
});
