import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../../electron/pack/suggest.ts';

const keys = ['script', 'shell', 'hosts', 'once', 'timeout', 'retry', 'undo', 'point-of-no-return'];

describe('what a mistyped word probably was', () => {
  for (const [typed, meant] of [
    ['scirpt', 'script'],
    ['Script', 'script'],
    ['scrip', 'script'],
    ['host', 'hosts'],
    ['time-out', 'timeout'],
    ['point-of-no-retrun', 'point-of-no-return'],
    ['colour', null],
    ['x', null],
    ['', null],
  ] as const) {
    it(`${JSON.stringify(typed)}: ${meant ?? 'nothing near'}`, () => {
      expect(nearest(typed, keys)).toBe(meant);
    });
  }

  it('is the word itself, where it is among the candidates', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 40 }),
        fc.array(fc.string({ maxLength: 40 })),
        (word, others) => {
          const found = nearest(word, [...others, word]);
          expect(found?.toLowerCase()).toBe(word.toLowerCase());
        },
      ),
    );
  });

  it('is found with any one letter changed in a word of six or more', () => {
    const word = fc.stringMatching(/^[a-z]{6,20}$/);
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('', '-', 'zz'), (meant, place, instead) => {
        const at = place % meant.length;
        expect(nearest(meant.slice(0, at) + instead + meant.slice(at + 1), [meant])).toBe(meant);
      }),
    );
  });

  it('is said as a question', () => {
    expect(didYouMean('scirpt', keys)).toBe('Did you mean "script"? ');
    expect(didYouMean('colour', keys)).toBe('');
  });
});
