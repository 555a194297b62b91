import { describe, expect, it } from 'vitest';
import { ours, overfitting, Random, sharpe } from '../../../../electron/compute/statistics/index.ts';
import {
  checkSelection,
  defaultSelection,
  selectionOf,
} from '../../../../electron/compute/sweep/selection.ts';
import { packSeries, unpackSeries } from '../../../../electron/compute/sweep/series.ts';
import { weekdays } from '../backtest/panels.ts';

const periods = 480;
const dates = weekdays('2022-01-03', periods);
const noise = (seed: number, mean = 0) => {
  const random = new Random(seed);
  return Float64Array.from({ length: periods }, () => mean + 0.01 * random.normal());
};
const pointsOf = (returns: readonly Float64Array[]) =>
  returns.map((one, i) => ({ place: 10 + i, series: packSeries(0, one) }));
const select = (returns: readonly Float64Array[], options = {}) => {
  const { selection, problem } = selectionOf(pointsOf(returns), dates, 252, {
    ...defaultSelection,
    ...options,
  });
  if (selection === null) throw new Error(problem);
  return selection;
};

it('returns come back as they were, to 32 bits', () => {
  const back = unpackSeries(packSeries(3, noise(1)));
  expect(Array.from(back)).toEqual(Array.from(noise(1), Math.fround));
});

describe('choosing the best point', () => {
  const skilled = [...Array.from({ length: 19 }, (_, i) => noise(i + 1)), noise(99, 0.003)];
  const lucky = Array.from({ length: 20 }, (_, i) => noise(i + 1));

  it('holds where one is really better: every test takes it, and gives what it gives', () => {
    const { overfitting: found, walkForward, folds, paths, fitting } = select(skilled);
    expect(found).toMatchObject({ verdict: 'pass', blocks: 16, splits: 12_870 });
    expect(fitting).toBe('settings');
    for (const { tests } of [...walkForward, folds]) {
      expect(tests.every(({ point }) => point === 29)).toBe(true);
    }
    expect(paths).toMatchObject({ folds: 6, testFolds: 2, splits: 15 });
    const own = sharpe(Float64Array.from(noise(99, 0.003), Math.fround), ours);
    expect(folds.sharpe).toBeCloseTo(own, 9);
    expect(paths.sharpes).toHaveLength(5);
    for (const path of paths.sharpes) expect(path).toBeCloseTo(own, 9);
  });

  it('does not hold where all are luck, and says so as CSCV over the same returns does', () => {
    const { overfitting: found, folds } = select(lucky);
    const returns = new Float64Array(periods * 20);
    for (const [i, one] of lucky.entries()) {
      for (const [t, value] of one.entries()) returns[t * 20 + i] = Math.fround(value);
    }
    expect(found?.probability).toBe(overfitting({ returns, periods, configurations: 20 }).probability);
    expect(found?.verdict).not.toBe('pass');
    expect(found?.logits.counts.reduce((a, b) => a + b, 0)).toBe(12_870);
    expect(new Set(folds.tests.map(({ point }) => point)).size).toBeGreaterThan(1);
    expect(Math.max(...folds.tests.map(({ inSample }) => inSample as number))).toBeGreaterThan(
      folds.sharpe as number,
    );
  });

  it('walks forward without a hole, anchored and rolling, with no less than the horizon between', () => {
    const { walkForward } = select(skilled, { horizon: 20, train: 200, test: 40 });
    for (const { tests, gap } of walkForward) {
      expect(gap).toBe(20);
      expect(tests).toHaveLength(6);
      expect(tests[0]?.test.from).toBe(dates[220]);
      for (const [i, { test }] of tests.entries()) {
        expect([test.from, test.to]).toEqual([dates[220 + 40 * i], dates[259 + 40 * i]]);
      }
    }
    expect(() => checkSelection({ ...defaultSelection, horizon: 20, gap: 5 })).toThrow('Make it 20 or more');
  });

  it('is static where there is one point, and cannot be told of a few dates', () => {
    const { fitting, overfitting: none } = select([noise(1)]);
    expect([fitting, none]).toEqual(['static', null]);
    const short = [{ place: 0, series: packSeries(0, noise(1).subarray(0, 4)) }];
    expect(selectionOf(short, dates.slice(0, 4), 252, defaultSelection).problem).toContain('4 periods');
  });
});
