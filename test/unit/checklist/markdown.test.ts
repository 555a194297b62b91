import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTree, parseWhole } from '../../../electron/checklist/document/markdown.ts';
import { parseDocument, readTree } from '../../../electron/checklist/document/parse.ts';
import { documents } from './documents.ts';

describe('reading a document in parts', () => {
  it('gives what reading it whole gives, whatever stands in it', () => {
    fc.assert(
      fc.property(documents, (text) => {
        // A byte order mark is not for the parser: parseTree steps over it.
        const [mark, rest] = text.startsWith('\uFEFF') ? ['\uFEFF', text.slice(1)] : ['', text];
        const whole = readTree(rest, parseWhole(rest));
        const shifted = {
          ...whole,
          items: whole.items.map((item) => ({ ...item, offset: item.offset + mark.length })),
        };
        expect(readTree(text, parseTree(text, 1))).toEqual(shifted);
      }),
      { numRuns: 250 },
    );
  });

  it('is not misled by what a heading or bullet in the first column may still be inside of', () => {
    const texts = [
      '- [ ] a\n\n```\n# no heading\n- [ ] no item\n```\n\n- [ ] b\n',
      '~~~\n# no heading\n',
      '- [ ] a\n  ```\n# heading\n- [ ] b\n',
      '<!-- x\n- [ ] no item\n-->\n- [ ] b\n',
      '<details>\n# no heading\n- [ ] no item\n\n- [ ] b\n',
      '> quote\n- [ ] b\nlazy\n# heading\n',
      '- [ ] a [ref]\n\n# Heading\n\n- [ ] [x]\n\n[ref]: /a\n[x]: /b\n',
    ];
    for (const text of texts) {
      expect(readTree(text, parseTree(text, 1))).toEqual(readTree(text, parseWhole(text)));
    }
  });

  it('takes time that grows with the length and not with its square', () => {
    const list = (items: number) =>
      Array.from({ length: items }, (_, i) => `- [ ] item ${i}\n  - [x] nested \`code\` ${i}\n`).join('');
    const msPerItem = (items: number) => {
      const text = list(items);
      const start = performance.now();
      parseDocument(text);
      return (performance.now() - start) / items;
    };
    msPerItem(250);
    expect(msPerItem(2000)).toBeLessThan(3 * msPerItem(250));
  });

  it('reads a long text of which nothing can be cut off without reading it over and over', () => {
    const ms = (text: string) => {
      const start = performance.now();
      parseDocument(text);
      return performance.now() - start;
    };
    const body = '# Heading\n\n- [ ] item with some words in it\n\n'.repeat(1500);
    ms(body);
    expect(ms(`\`\`\`\n${body}`)).toBeLessThan(3 * ms(body));
  });
});
