import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareDate,
  disagreementsOf,
  shadowFigures,
} from '../../../../electron/compute/answers/shadow/figures.ts';

const dateOf = (scores: Record<string, number>, date = '2024-01-02') => ({
  date,
  codes: Object.keys(scores),
  scores: Float32Array.from(Object.values(scores)),
});

describe('two models over one date', () => {
  it('agree on everything where they give the same order, whatever their scale', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 60 }),
        (values) => {
          const entries = values.map((value, i) => [`c${i}`, value] as const);
          const champion = dateOf(Object.fromEntries(entries));
          const challenger = dateOf(
            Object.fromEntries(entries.map(([code, value]) => [code, 3 * value + 7])),
          );
          const { day } = compareDate(champion, challenger, 2);
          expect(day.rankCorrelation).toBeCloseTo(1, 12);
          expect(day).toMatchObject({ overlapAtK: 1, enter: [], leave: [] });
          expect(disagreementsOf([compareDate(champion, challenger, 2)], 2)).toEqual([]);
        },
      ),
    );
  });

  it('are compared over the codes that both could score, and those of one alone are counted', () => {
    const { day, places } = compareDate(
      dateOf({ a: 9, b: 8, c: 7, only: 100 }),
      dateOf({ c: 3, a: 2, b: 1, x: 5, y: 6 }),
      1,
    );
    expect(day).toEqual({
      date: '2024-01-02',
      codes: 3,
      onlyChampion: 1,
      onlyChallenger: 2,
      rankCorrelation: expect.closeTo(-0.5, 12),
      overlapAtK: 0,
      enter: ['c'],
      leave: ['a'],
      largestMove: { code: 'c', champion: 3, challenger: 1 },
    });
    expect(places).toContainEqual({ code: 'b', champion: 2, challenger: 3, of: 3 });
  });

  it('have no correlation where nothing is shared, and then nothing is the same', () => {
    const { day } = compareDate(dateOf({ a: 1 }), dateOf({ b: 1 }), 5);
    expect(day).toMatchObject({ codes: 0, rankCorrelation: null, overlapAtK: 0, largestMove: null });
  });

  it('over days, the code that moves most comes first, with the days on which only one would hold it', () => {
    const days = ['2024-01-02', '2024-01-03'].map((date) =>
      compareDate(dateOf({ a: 4, b: 3, c: 2, d: 1 }, date), dateOf({ d: 4, a: 3, b: 2, c: 1 }, date), 2),
    );
    expect(disagreementsOf(days, 2)).toMatchObject([
      { code: 'd', days: 2, meanMove: 0.75, meanShift: 0.75, onlyChampion: 0, onlyChallenger: 2 },
      { code: 'a', meanMove: 0.25, meanShift: -0.25, onlyChampion: 0 },
      { code: 'b', meanMove: 0.25, onlyChampion: 2 },
      { code: 'c' },
    ]);
    const figures = shadowFigures(
      days.map(({ day }) => day),
      2,
    );
    expect(figures.overlapAtK).toMatchObject({ value: 0.5, unit: 'fraction', interval: [0.5, 0.5] });
  });
});
