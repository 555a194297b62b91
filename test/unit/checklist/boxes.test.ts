import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../electron/checklist/document/document.ts';
import { parseDocument } from '../../../electron/checklist/document/parse.ts';
import { type Source, sha256 } from '../../../electron/checklist/file/source.ts';
import { editBoxes } from '../../../electron/checklist/file/write-back.ts';
import { documents, lists } from './documents.ts';

function sourceOf(text: string): Source {
  const bytes = Buffer.from(text);
  return { path: 'checklist.md', bytes, text, digest: sha256(bytes) };
}

const anyBox = fc.constantFrom<Box>(' ', 'x', '~');

describe('the offset of a box', () => {
  it('points at the character between the brackets, whatever the line endings, tabs, emoji or byte order mark', () => {
    fc.assert(
      fc.property(documents, (text) => {
        for (const { offset, box } of parseDocument(text).items) {
          expect(text.slice(offset - 1, offset + 2)).toMatch(/^\[[ \txX~]\]$/);
          expect(box).toBe({ x: 'x', X: 'x', '~': '~' }[text[offset] ?? ''] ?? ' ');
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('changing a box', () => {
  const edits = fc.tuple(lists, fc.nat(), anyBox);

  it('changes that item and nothing else that is read from the document', () => {
    fc.assert(
      fc.property(edits, ([text, nth, box]) => {
        const before = parseDocument(text);
        const items = before.items;
        const item = items[nth % items.length];
        if (!item) return;
        const after = parseDocument(editBoxes(sourceOf(text), [{ offset: item.offset, box }]).text);
        const expected = before.items.map((one) => (one.id === item.id ? { ...one, box } : one));
        expect(after).toEqual({ ...before, items: expected });
      }),
      { numRuns: 250 },
    );
  });

  it('changes one byte of the file', () => {
    fc.assert(
      fc.property(edits, ([text, nth, box]) => {
        const source = sourceOf(text);
        const items = parseDocument(text).items;
        const offset = items[nth % items.length]?.offset;
        if (offset === undefined) return;
        const { bytes } = editBoxes(source, [{ offset, box }]);
        const at = Buffer.byteLength(text.slice(0, offset));
        expect(bytes.subarray(0, at)).toEqual(source.bytes.subarray(0, at));
        expect(bytes.subarray(at, at + 1).toString()).toBe(box);
        expect(bytes.subarray(at + 1)).toEqual(source.bytes.subarray(at + 1));
      }),
    );
  });

  it('and changing it back gives the same file', () => {
    fc.assert(
      fc.property(edits, ([text, nth, box]) => {
        const source = sourceOf(text.replaceAll('[X]', '[x]').replaceAll('[\t]', '[ ]'));
        const items = parseDocument(source.text).items;
        const item = items[nth % items.length];
        if (!item) return;
        const there = editBoxes(source, [{ offset: item.offset, box }]);
        expect(editBoxes(there, [{ offset: item.offset, box: item.box }])).toEqual(source);
      }),
    );
  });

  it('of many items at once is the same as one after the other', () => {
    fc.assert(
      fc.property(lists, fc.infiniteStream(anyBox), (text, boxes) => {
        const source = sourceOf(text);
        const all = parseDocument(text).items.map(({ offset }) => ({
          offset,
          box: boxes.next().value,
        }));
        const together = editBoxes(source, all.toReversed());
        expect(together).toEqual(all.reduce((so, edit) => editBoxes(so, [edit]), source));
      }),
    );
  });

  it('is refused where there is no box', () => {
    const source = sourceOf('- [ ] a\n- [\n] b\n');
    for (const offset of [0, 2, 4, 11]) {
      expect(() => editBoxes(source, [{ offset, box: 'x' }])).toThrow('There is no box');
    }
  });
});

describe('the identity of an item', () => {
  it('does not depend on lines that come or go elsewhere', () => {
    const text = '# T\n\n## A\n\n- [ ] one\n  - [ ] two\n\n## B\n\n- [ ] one\n';
    const ids = (changed: string) => parseDocument(changed).items.map(({ id, title }) => `${title} ${id}`);
    const before = ids(text);
    const changes = [
      text.replace('# T', '# T, next version'),
      text.replace('## A', '## 1. A ✅'),
      text.replace('- [ ] one', '- [x] **One**:'),
      text.replaceAll('\n', '\r\n'),
      `\uFEFF${text}`,
      text.replaceAll('- [', '* ['),
      text.replace('## B', 'Some words.\n\n```\n- [ ] no item\n```\n\n## B'),
    ];
    for (const changed of changes) {
      expect(ids(changed).map((id) => id.toLowerCase())).toEqual(before);
    }
    expect(ids(text.replace('## A', '## A\n\n- [ ] zero'))).toEqual(expect.arrayContaining(before));
  });

  it('is another for other words, another parent, another heading, and for the second of two that are alike', () => {
    const ids = (text: string) => parseDocument(text).items.map(({ id }) => id);
    const all = [
      ...ids('## A\n- [ ] one\n- [ ] one\n- [ ] one more\n  - [ ] one\n'),
      ...ids('## B\n- [ ] one\n'),
      ...ids('## A\n### B\n- [ ] one\n'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('is unique in any document', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const { items, sections } = parseDocument(text);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
      }),
    );
  });

  it('outlasts the name and date that are filled into a sign-off line', () => {
    const line = (rest: string) => parseDocument(`## Sign-off\n\n- [ ] **DevOps**: ${rest}\n`).items[0];
    const blank = line('_______ Date: ______');
    expect(blank).toMatchObject({ title: 'DevOps', signer: 'DevOps' });
    expect(line('a name Date: 2026-01-01')?.id).toBe(blank?.id);
  });
});
