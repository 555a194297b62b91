import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineFinder } from '../../../electron/pack/lines.ts';
import { readFiles } from './support.ts';

describe('line and column', () => {
  it('are those that an editor counts', () => {
    const text = fc.array(fc.constantFrom('\n', '\r\n', 'a', 'é', '😀', '\t'), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.nat(), (parts, place) => {
        const whole = parts.join('');
        const at = place % (whole.length + 1);
        const before = whole.slice(0, at).split('\n');
        expect(lineFinder(whole)(at)).toEqual({
          line: before.length,
          column: (before.at(-1) ?? '').length + 1,
        });
      }),
    );
  });

  it('of what lies outside the text are those of its ends', () => {
    const find = lineFinder('one\ntwo');
    expect([find(-1), find(99)]).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 4 },
    ]);
  });

  it('are right also after a broken quote, where the parser loses count', async () => {
    const read = await readFiles({ 'launch.yaml': '\t"system: A\nversion: 1\nchecklist: checklist.md\n' });
    const lengths = ['\t"system: A', 'version: 1', 'checklist: checklist.md', ''].map((line) => line.length);
    const places = read.ok ? [] : read.problems.map(({ line, column }) => ({ line, column }));
    expect(places).not.toEqual([]);
    for (const { line, column } of places) expect(column).toBeLessThanOrEqual((lengths[line - 1] ?? -1) + 1);
  });
});
