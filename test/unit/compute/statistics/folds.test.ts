import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binomial,
  combinatorialFolds,
  fittingOf,
  purgedFolds,
  type Split,
  StatisticsError,
  walkForward,
} from '../../../../electron/compute/statistics/index.ts';

const setting = fc.record({
  periods: fc.integer({ min: 60, max: 250 }),
  folds: fc.integer({ min: 3, max: 6 }),
  horizon: fc.integer({ min: 0, max: 8 }),
  embargo: fc.integer({ min: 0, max: 4 }),
});

/** Periods strictly between two, whichever comes first. */
const between = (a: number, b: number) => Math.abs(a - b) - 1;

function expectApart({ train, test }: Split, horizon: number, embargo: number) {
  const tests = Array.from(test);
  for (const i of train) {
    expect(tests.every((j) => between(i, j) >= (i > j ? horizon + embargo : horizon))).toBe(true);
  }
}

describe('folds', () => {
  it('test every period once, and train on nothing a label reaches', () => {
    fc.assert(
      fc.property(setting, (options) => {
        const splits = purgedFolds(options);
        const tested = splits.flatMap(({ test }) => Array.from(test));
        expect(tested).toEqual(Array.from({ length: options.periods }, (_, i) => i));
        for (const split of splits) expectApart(split, options.horizon, options.embargo);
      }),
      { numRuns: 30 },
    );
  });

  it('combined give paths that each test every period once, remainders included', () => {
    fc.assert(
      fc.property(setting, (options) => {
        const { splits, paths } = combinatorialFolds({ ...options, testFolds: 2 });
        expect(splits.length).toBe(binomial(options.folds, 2));
        expect(paths.length).toBe(options.folds - 1);
        for (const split of splits) expectApart(split, options.horizon, options.embargo);
        const tests = splits.reduce((total, { test }) => total + test.length, 0);
        expect(tests).toBe(options.periods * paths.length);
        const uses = paths.flatMap((path) => Array.from(path, (split, fold) => `${split} ${fold}`));
        expect(new Set(uses).size).toBe(uses.length);
      }),
      { numRuns: 30 },
    );
  });

  it('that would leave nothing to train on, or never end, are refused', () => {
    expect(() => purgedFolds({ periods: 40, folds: 2, horizon: 20 })).toThrow('leave nothing to train on');
    expect(() => combinatorialFolds({ periods: 900, folds: 30, testFolds: 15, horizon: 1 })).toThrow(
      '155117520 splits',
    );
    expect(() => purgedFolds({ periods: 3, folds: 5, horizon: 0 })).toThrow('3 periods cannot be cut into 5');
  });
});

describe('walking forward', () => {
  const options = { periods: 336, train: 252, test: 21, gap: 20, horizon: 20 };

  it('rolling windows keep their length, anchored ones start where the data do, tests leave no hole', () => {
    const rolling = walkForward({ ...options, window: 'rolling' });
    const anchored = walkForward({ ...options, window: 'anchored' });
    expect(rolling.map(({ train }) => [train[0], train.length])).toEqual([
      [0, 252],
      [21, 252],
      [42, 252],
    ]);
    expect(anchored.map(({ train }) => [train[0], train.length])).toEqual([
      [0, 252],
      [0, 273],
      [0, 294],
    ]);
    expect(anchored.flatMap(({ test }) => Array.from(test))).toEqual(
      Array.from({ length: 63 }, (_, i) => 272 + i),
    );
  });

  it('with a gap shorter than the horizon is refused: labels would reach into the test', () => {
    const leaking = () => walkForward({ ...options, gap: 0, window: 'rolling' });
    expect(leaking).toThrow(StatisticsError);
    expect(leaking).toThrow('Make the gap 20 or more');
  });

  it('with one model over all windows is called static', () => {
    expect(fittingOf(['a', 'a', 'a'])).toBe('static');
    expect(fittingOf(['a', 'b', 'c'])).toBe('retrained');
  });
});
