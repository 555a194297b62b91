import { describe, expect, it } from 'vitest';
import type { PointResult } from '../../../electron/compute/index.ts';
import { packSeries } from '../../../electron/compute/sweep/series.ts';
import { differenceOf } from '../../../electron/slurm/recompute.ts';

const figures = {
  sharpe: 1.25,
  totalReturn: 0.1,
  annualisedReturn: 0.1,
  maxDrawdown: 0.2,
  turnover: 0,
  costShare: 0.01,
  finalValue: 1_100_000,
  sample: { sharpe: 0.07, periods: 100, skewness: -0.5, kurtosis: 3 },
};
const result = (changes: Partial<typeof figures> = {}): PointResult => ({
  digest: 'a',
  figures: { ...figures, ...changes },
  problem: null,
  series: packSeries(1, Float64Array.of(0.01, -0.02)),
});

describe('a point that was recomputed', () => {
  it('is the same up to the rounding of another Node', () => {
    expect(differenceOf(result(), result())).toBeNull();
    expect(differenceOf(result({ sharpe: 1.25 * (1 + 4e-16) }), result())).toBeNull();
  });

  it('differs by its first figure that does, with both', () => {
    expect(differenceOf(result({ sharpe: 1.25 * (1 + 1e-9) }), result())).toEqual({
      figure: 'sharpe',
      there: String(1.25 * (1 + 1e-9)),
      here: '1.25',
    });
    expect(differenceOf(result({ turnover: 1e-15 }), result())?.figure).toBe('turnover');
    const sample = { ...figures.sample, kurtosis: 4 };
    expect(differenceOf(result({ sample }), result())).toEqual({
      figure: 'sample kurtosis',
      there: '4',
      here: '3',
    });
  });

  it('differs by a day of its returns, though every figure is the same', () => {
    const returns = Float64Array.of(0.01, -0.02);
    expect(differenceOf({ ...result(), series: packSeries(2, returns) }, result())?.figure).toBe(
      'first date of its returns',
    );
    returns[1] = -0.021;
    expect(differenceOf({ ...result(), series: packSeries(1, returns) }, result())).toMatchObject({
      figure: 'return 2',
    });
  });

  it('differs where only one of them has figures, or both have none for another reason', () => {
    const none = (problem: string): PointResult => ({ digest: 'a', figures: null, problem, series: null });
    expect(differenceOf(none('It cannot be.'), result())).toEqual({
      figure: 'what came of it',
      there: 'nothing: It cannot be.',
      here: 'figures',
    });
    expect(differenceOf(none('One.'), none('Other.'))?.here).toBe('nothing: Other.');
    expect(differenceOf(none('One.'), none('One.'))).toBeNull();
  });
});
