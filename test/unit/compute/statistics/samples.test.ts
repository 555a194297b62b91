import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calibration,
  chunkDrift,
  chunkThreshold,
  countsBetween,
  equalEdges,
  falseDiscovery,
  forecastFigures,
  jensenShannon,
  judgeRule,
  kolmogorovSmirnov,
  labelAmongFeaturesProbe,
  labelEndProbe,
  labelTimingProbe,
  ours,
  overlapProbe,
  populationStability,
  Random,
  rankCorrelation,
  rankingQuality,
  ratioEdges,
  returnFigures,
  scoreBands,
  sharpeSample,
  summaryOf,
  tooGoodProbe,
  truncationProbe,
} from '../../../../electron/compute/statistics/index.ts';
import { parseRule } from '../../../../shared/rule/index.ts';
import { goldenReturns } from '../seeds.ts';

const draws = (n: number, seed: number, shift = 0) => {
  const random = new Random(seed);
  return Float64Array.from({ length: n }, () => random.normal() + shift);
};

describe('a histogram', () => {
  it('counts every finite value once, in the bin whose edges hold it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 40 }),
        (values, bins) => {
          const edges = equalEdges(values, bins);
          expect(edges[0]).toBeLessThanOrEqual(Math.min(...values));
          expect(edges.at(-1)).toBeGreaterThanOrEqual(Math.max(...values));
          const counts = countsBetween([...values, Number.NaN, Number.POSITIVE_INFINITY], edges);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(values.length);
          for (const [bin, count] of counts.entries()) {
            const [from, to] = [edges[bin] as number, edges[bin + 1] as number];
            const isLast = bin === counts.length - 1;
            expect(values.filter((value) => value >= from && (isLast || value < to))).toHaveLength(count);
          }
        },
      ),
    );
    expect(equalEdges([3], 10)).toEqual([2.5, 3.5]);
    expect(ratioEdges([1, 100], 2)[1]).toBeCloseTo(10, 9);
  });

  it('has a summary beside it, in which what is not known is null', () => {
    expect(summaryOf([1, 2, 3, Number.NaN])).toMatchObject({
      count: 3,
      missing: 1,
      mean: 2,
      p50: 2,
      deviation: 1,
    });
    expect(summaryOf([])).toMatchObject({ count: 0, mean: null, deviation: null, min: null });
  });
});

describe('bands of scores', () => {
  it('rise where higher scores are followed by higher labels, on each date by itself', () => {
    // The second date has other scores altogether: its lowest is above the first one's highest.
    const date = (offset: number) => ({
      scores: Array.from({ length: 100 }, (_, i) => offset + i),
      labels: Array.from({ length: 100 }, (_, i) => i / 100 + (draws(1, i + 1)[0] as number) * 0.01),
    });
    const found = scoreBands([date(0), date(1000)]);
    expect(found.bands.map(({ count }) => count)).toEqual(Array(10).fill(20));
    expect(found.monotonicity).toBe(1);
    expect(found.bands[0]?.meanLabel).toBeCloseTo(0.045, 2);
    const [low, high] = found.bands[9]?.interval ?? [0, 0];
    expect(low).toBeLessThan(0.945);
    expect(high).toBeGreaterThan(0.945);
    expect(scoreBands([{ scores: [1, 2], labels: [Number.NaN, 1] }]).bands).toMatchObject([
      { count: 1, interval: null },
    ]);
  });
});

describe('drift', () => {
  it('without drift the index stays below its critical value in nineteen cases of twenty, however few rows', () => {
    for (const [n, m] of [
      [2000, 2000],
      [500, 200],
    ] as const) {
      const rounds = Array.from({ length: 200 }, (_, i) =>
        populationStability(draws(n, i + 1), draws(m, i + 5001)),
      );
      const alarms = rounds.filter(({ verdict }) => verdict === 'drifted').length / rounds.length;
      expect(alarms).toBeLessThan(0.12);
    }
  });

  it('with sixty rows an index of 0.25 is noise; with thousands a tenth of it is not', () => {
    expect(populationStability(draws(200, 1), draws(60, 2)).critical).toBeGreaterThan(0.25);
    const drifted = populationStability(draws(3800, 1), draws(3800, 2, 0.3));
    expect(drifted.index).toBeLessThan(0.25);
    expect(drifted.verdict).toBe('drifted');
  });

  it('is nothing between a sample and itself, and the same from both sides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const [a, b] = [draws(100, seed), draws(80, seed + 1, 0.5)];
        expect(populationStability(a, a).index).toBe(0);
        expect(kolmogorovSmirnov(a, a).distance).toBe(0);
        expect(jensenShannon(a, a)).toBe(0);
        expect(kolmogorovSmirnov(a, b)).toEqual(kolmogorovSmirnov(b, a));
        expect(jensenShannon(a, b)).toBeCloseTo(jensenShannon(b, a), 12);
        expect(jensenShannon(a, b)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 30 },
    );
    expect(jensenShannon([0, 0.1], [9.9, 10])).toBe(1);
    expect(kolmogorovSmirnov(draws(300, 1), draws(300, 2)).probability).toBeGreaterThan(0.05);
    expect(kolmogorovSmirnov(draws(300, 1), draws(300, 2, 0.5)).probability).toBeLessThan(1e-4);
  });

  it('learns its threshold from the reference, and bounds false alarms over many features', () => {
    expect(chunkThreshold([1, 2, 3])).toBeCloseTo(5, 12);
    expect(falseDiscovery([0.01, 0.02, 0.03, 0.04, 0.9])).toEqual([true, true, true, true, false]);
    expect(falseDiscovery([0.04, 0.04, 0.9, 0.9, 0.9])).toEqual([false, false, false, false, false]);
  });

  it('is seen date by date: what the reference does anyway is not drift, a shift is', () => {
    const dates = (seed: number, shift: number) =>
      Array.from({ length: 20 }, (_, i) => ({ date: `${seed}-${i}`, values: draws(300, seed + i, shift) }));
    const found = chunkDrift(dates(1, 0), [...dates(101, 0), ...dates(201, 1)]);
    expect(found?.threshold).toBeGreaterThan(0);
    const beyond = found?.current.map((one) => one.beyond) ?? [];
    expect(beyond.slice(0, 20).filter(Boolean).length).toBeLessThanOrEqual(1);
    expect(beyond.slice(20)).toEqual(Array(20).fill(true));
    // Four dates do not show how dates differ; three values are no distribution.
    expect(chunkDrift(dates(1, 0).slice(0, 4), [])).toBeNull();
    expect(chunkDrift(dates(1, 0), [{ date: 'd', values: [1, 2, Number.NaN] }])?.current).toEqual([]);
  });

  it('says how many values it needs', () => {
    expect(() => populationStability([1, 2], [1, 2])).toThrow(
      'needs 10 values on each side; there are 2 and 2',
    );
  });
});

describe('ranking', () => {
  it('a high precision with a negative correlation is told apart by its base rate', () => {
    const labels = Float64Array.from([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, -0.1]);
    const scores = labels.map((label) => -label);
    const found = rankingQuality(
      scores.map((score, i) => (labels[i] === -0.1 ? -9 : score)),
      labels,
      3,
    );
    expect(found.precisionAtK).toBe(1);
    expect(found.baseRate).toBe(7 / 8);
    expect(found.rankInformationCoefficient).toBeLessThan(0);
    expect(found.topBottomSpread).toBeLessThan(found.precisionAtK);
  });

  it('a perfect order has every figure at its best, and missing labels are left out', () => {
    const found = rankingQuality([4, 3, 2, 1, 9], [0.4, 0.3, -0.2, -0.3, NaN], 2);
    expect(found).toMatchObject({ precisionAtK: 1, baseRate: 0.5, ndcg: 1, overlap: 1, scored: 4 });
    expect(found.rankInformationCoefficient).toBeCloseTo(1, 12);
  });

  it('ties share their rank, so that the order of rows does not matter', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 3, maxLength: 30 }), (pairs) => {
        const of = (rows: [number, number][]) =>
          rankCorrelation(
            rows.map(([a]) => a),
            rows.map(([, b]) => b),
          );
        const [one, other] = [of(pairs), of(pairs.toReversed())];
        if (Number.isNaN(one)) expect(other).toBeNaN();
        else expect(other).toBeCloseTo(one, 12);
      }),
    );
  });
});

describe('forecasts and confidences', () => {
  it("yesterday's price has a fine R² and knows nothing", () => {
    const random = new Random(4);
    let price = 100;
    const prices = Float64Array.from({ length: 500 }, () => (price += random.normal()));
    const dates = Array.from(prices.subarray(1), (actual, i) => {
      const last = prices[i] as number;
      return { actual: [actual], predicted: [last], naive: [last] };
    });
    const { rSquared, rSquaredAgainstNaive } = forecastFigures(dates, 'level');
    expect(rSquared.value).toBeGreaterThan(0.9);
    expect(rSquaredAgainstNaive.value).toBe(0);
    expect(tooGoodProbe(rSquared.value, rSquaredAgainstNaive.value).verdict).toBe('unproven');
    expect(tooGoodProbe(0.8, 0.7).verdict).toBe('fail');
    expect(tooGoodProbe(0.003, 0.001).verdict).toBe('pass');
  });

  it('have the figures that their definitions give by hand', () => {
    const dates = [
      { actual: [2, 4], predicted: [1, 5], naive: [1, 5] },
      { actual: [0, -3], predicted: [1, -1], naive: [0, Number.NaN] },
    ];
    const found = forecastFigures(dates, 'change');
    expect(found.meanAbsoluteError.value).toBeCloseTo(5 / 4, 12);
    expect(found.rootMeanSquareError.value).toBeCloseTo(Math.sqrt(7 / 4), 12);
    expect(found.meanAbsolutePercentageError.value).toBeCloseTo((1 / 2 + 1 / 4 + 2 / 3) / 3, 12);
    expect(found.rSquared.value).toBeCloseTo(1 - 7 / (29 - 9 / 4), 12);
    expect(found.rSquaredAgainstNaive.value).toBeCloseTo(1 - 3 / 2, 12);
    // Of what moved from what was known: one rose, which was not forecast, and one fell, which was.
    expect(found.directionAccuracy.value).toBe(0.5);
    expect(found.upBaseRate.value).toBe(0.5);
    expect(found.upRecall.value).toBe(0);
    expect(found.upPrecision.value).toBeNaN();
  });

  it('have intervals that hold the truth about as often as they say', () => {
    let held = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = new Random(seed);
      const dates = Array.from({ length: 250 }, () => {
        const predicted = random.normal();
        return { actual: [predicted + random.normal()], predicted: [predicted], naive: [0] };
      });
      const [low, high] = forecastFigures(dates, 'change').rSquaredAgainstNaive.interval as [number, number];
      if (low <= 0.5 && 0.5 <= high) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(34);
  });

  it('are right as often as they say, or the error says how far off', () => {
    const confidences = [0.9, 0.9, 0.9, 0.9, 0.1, 0.1, 0.1, 0.1];
    const outcomes = [true, true, true, false, false, false, false, false];
    const found = calibration(confidences, outcomes);
    expect(found.error).toBeCloseTo(0.5 * 0.15 + 0.5 * 0.1, 12);
    expect(found.bins).toHaveLength(2);
    expect(calibration(confidences, outcomes, { bins: 2, scheme: 'equal-mass' }).error).toBeCloseTo(
      0.125,
      12,
    );
    expect(() => calibration([1.2], [true])).toThrow('Confidence 1.2 in row 1 is no probability');
  });
});

describe('probes for knowledge of the future', () => {
  it('a label that looks back is found', () => {
    const [forward, trailing] = [draws(400, 1), draws(400, 2)];
    expect(labelTimingProbe(trailing, forward, trailing)).toMatchObject({ verdict: 'fail' });
    expect(labelTimingProbe(forward, forward, trailing)).toMatchObject({ verdict: 'pass' });
    expect(labelTimingProbe(draws(400, 3), forward, trailing)).toMatchObject({ verdict: 'unproven' });
    expect(labelEndProbe([true, true, true, false, false], 2).verdict).toBe('pass');
    expect(labelEndProbe([true, true, true, true, false], 2).sentence).toContain('1 of the last 2 dates');
    expect(labelAmongFeaturesProbe(['returns_20d', 'volume'], 'returns_20d').verdict).toBe('fail');
  });

  it('a score that changes without later rows is found', () => {
    expect(truncationProbe([1, 2, 3], [1, 2, 3]).verdict).toBe('pass');
    expect(truncationProbe([1, 2, 3], [1, 2.5, 3]).sentence).toContain('1 of 3 scores change');
    expect(truncationProbe([1, 2], [1, Number.NaN]).verdict).toBe('fail');
    expect(truncationProbe([], []).verdict).toBe('unproven');
  });

  it('training on the test, or too near to it, is found', () => {
    const train = { from: '2023-01-01', to: '2025-10-01' };
    const inside = overlapProbe(train, { from: '2025-01-01', to: '2025-12-31' }, { gap: 0, horizon: 20 });
    expect(inside.sentence).toContain('2025-01-01 to 2025-10-01');
    const after = { from: '2025-10-02', to: '2025-12-31' };
    expect(overlapProbe(train, after, { gap: 0, horizon: 20 }).verdict).toBe('fail');
    expect(overlapProbe(train, after, { gap: 20, horizon: 20 }).verdict).toBe('pass');
  });
});

describe('a rule held against figures', () => {
  const returns = goldenReturns();
  const context = { periods: 504, periodsPerYear: 252, sample: sharpeSample(returns) };
  const figures = returnFigures(returns, ours);
  const judged = (text: string) => {
    const parsed = parseRule(text);
    if (!parsed.ok) throw new Error(parsed.message);
    return judgeRule(parsed.rule, figures, context);
  };

  it('says why a Sharpe ratio is not proven, how likely it is, and how long a record would show it', () => {
    const found = judged('Sharpe ratio > 0.75');
    expect(found).toMatchObject({ verdict: 'unproven', figure: 'sharpe' });
    expect(found.probability).toBeCloseTo(0.8, 1);
    expect(found.periodsNeeded).toBeGreaterThan(504);
    expect(found.sentence).toMatch(
      /lies inside the interval.*probability of \d+ %.*days of the same quality/,
    );
    expect(judged('sharpe > 1.4').sentence).toContain(
      'A longer record of the same quality would not prove it.',
    );
  });

  it('never says that the record is long enough already for what it has not proven', () => {
    for (let bound = -1; bound < 1.3; bound += 0.02) {
      const found = judged(`sharpe > ${bound.toFixed(2)}`);
      if (found.verdict === 'unproven' && found.periodsNeeded !== null) {
        expect(found.periodsNeeded, found.rule).toBeGreaterThan(504);
      }
    }
  });

  it('judges shares in percent and drawdowns by their size', () => {
    expect(judged('win rate > 45 %')).toMatchObject({ verdict: 'pass' });
    expect(judged('max drawdown < 5 %').verdict).toBe('fail');
    expect(judged('max drawdown < 30 %')).toMatchObject({ verdict: expect.stringMatching(/pass|unproven/) });
    expect(judged('total return > 10 %').verdict).toMatch(/pass|unproven/);
  });

  it('of which nothing is known is an error that lists what is', () => {
    expect(judged('latency p95 < 5 s')).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('Sharpe ratio'),
    });
  });
});
