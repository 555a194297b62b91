import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnsi, stripAnsi } from '../../../renderer/ui/log/ansi.ts';
import { cutAtMatches } from '../../../renderer/ui/log/highlight.ts';
import { LogPages } from '../../../renderer/ui/log/pages.ts';
import {
  isScaled,
  linesInSight,
  maxOffset,
  maxPixels,
  offsetFor,
  offsetOf,
  scrollHeight,
  scrollTopOf,
} from '../../../renderer/ui/log/viewport.ts';

const viewport = (lines: number, height = 540) => ({ lines, lineHeight: 18, height });

describe('the lines in sight', () => {
  test('follow the scroll bar pixel by pixel while the log is short enough', () => {
    const short = viewport(1000);
    expect(isScaled(short)).toBe(false);
    expect(offsetOf(333, short)).toBe(333);
    expect(linesInSight(333, short)).toEqual({ first: 18, last: 48 });
    expect(linesInSight(0, viewport(0))).toBeNull();
    expect(linesInSight(0, viewport(3))).toEqual({ first: 0, last: 2 });
  });

  test('reach from the first to the last line of a log longer than any page may be', () => {
    const long = viewport(50_000_000);
    expect(scrollHeight(long)).toBe(maxPixels);
    expect(linesInSight(offsetOf(0, long), long)?.first).toBe(0);
    expect(linesInSight(offsetOf(maxPixels - 540, long), long)?.last).toBe(49_999_999);
  });

  test('the scroll bar and the offset tell of the same place, whatever the length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 31, max: 80_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, part) => {
          const view = viewport(lines);
          const offset = part * maxOffset(view);
          expect(Math.abs(offsetOf(scrollTopOf(offset, view), view) - offset)).toBeLessThan(0.01);
        },
      ),
    );
  });

  test('a line that is gone to is in sight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000_000 }), fc.nat(), (lines, line) => {
        const view = viewport(lines);
        const wanted = line % lines;
        const sight = linesInSight(offsetFor(wanted, view), view);
        expect(sight && sight.first <= wanted && wanted <= sight.last).toBe(true);
      }),
    );
  });
});

describe('pages', () => {
  test('are asked for once, and again only when they could hold more', () => {
    const pages = new LogPages({ size: 10 });
    expect(pages.missing(5, 14, 15)).toEqual([0, 1]);
    pages.put(0, Array(10).fill('a'));
    pages.put(1, Array(5).fill('b'));
    expect(pages.missing(5, 14, 15)).toEqual([]);
    expect(pages.missing(5, 14, 18)).toEqual([1]);
    expect([pages.line(9), pages.line(14), pages.line(15)]).toEqual(['a', 'b', undefined]);
  });

  test('not looked at for longest are let go', () => {
    const pages = new LogPages({ size: 10, keep: 2 });
    pages.put(0, Array(10).fill('a'));
    pages.put(1, Array(10).fill('b'));
    pages.missing(0, 3, 100);
    pages.put(2, Array(10).fill('c'));
    expect([pages.line(0), pages.line(10), pages.line(20)]).toEqual(['a', undefined, 'c']);
  });
});

describe('the colours of a line', () => {
  test('become runs with class names', () => {
    expect(readAnsi('\u001b[1;31mERROR\u001b[0m disk full')).toMatchObject([
      { text: 'ERROR', className: 'ansi-bold ansi-red' },
      { text: ' disk full', className: '' },
    ]);
    expect(readAnsi('\u001b[38;5;208mx\u001b[0m')[0]?.color).toBe('rgb(255,135,0)');
    expect(readAnsi('\u001b[38;2;1;2;3mx')[0]?.color).toBe('rgb(1, 2, 3)');
    expect(readAnsi('\u001b[42mx')[0]?.className).toBe('ansi-green-back');
  });

  test('a line a program drew over itself is shown as it was last', () => {
    expect(stripAnsi('10 %\r55 %\r100 %')).toBe('100 %');
    expect(stripAnsi('done\r')).toBe('done');
  });

  test('cursor movement, titles and links leave no trace', () => {
    expect(
      stripAnsi(
        '\u001b[2K\u001b[1Gready\u001b]0;title\u0007 \u001b]8;;https://x\u001b\\link\u001b]8;;\u001b\\',
      ),
    ).toBe('ready link');
  });

  test('of a very long line only the beginning is drawn, and it says so', () => {
    expect(stripAnsi('x'.repeat(5000))).toBe(`${'x'.repeat(2000)} … 3000 more characters`);
  });

  test('no line whatever breaks the reader, and plain text comes through whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (line) => void readAnsi(line)),
      {
        numRuns: 40,
      },
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcäß€ <>&"0'), maxLength: 300 }), (line) => {
        expect(stripAnsi(line)).toBe(line);
      }),
    );
  });
});

test('what was searched for is marked wherever it stands, and no letter is lost', () => {
  expect(cutAtMatches('Error: no error', 'ERROR')).toEqual([
    { text: 'Error', found: true },
    { text: ': no ', found: false },
    { text: 'error', found: true },
  ]);
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      (text, search) => {
        expect(
          cutAtMatches(text, search)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      },
    ),
  );
});
