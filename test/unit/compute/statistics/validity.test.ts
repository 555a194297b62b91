import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  automaticBlockLength,
  binomial,
  bootstrap,
  bootstrapSharpe,
  chiSquaredCdf,
  chiSquaredQuantile,
  compareSharpe,
  conventions,
  deflatedSharpe,
  deviation,
  expectedMaximum,
  loFactor,
  mean,
  ours,
  overfitting,
  percentileInterval,
  probabilisticSharpe,
  Random,
  returnFigures,
  robustStandardError,
  sharpePerPeriod,
  sharpeSample,
  sharpeStandardError,
  stochasticDominance,
  validityFigures,
  variance,
} from '../../../../electron/compute/statistics/index.ts';
import { goldenReturns } from '../seeds.ts';

const golden = goldenReturns();

/** Returns that remember: each takes `memory` of the one before. */
function remembering(n: number, memory: number, seed: number): Float64Array {
  const random = new Random(seed);
  let last = 0;
  return Float64Array.from({ length: n }, () => {
    last = memory * last + random.normal();
    return last;
  });
}

const trialsOf = (columns: Float64Array[]) => {
  const periods = columns[0]?.length ?? 0;
  const returns = new Float64Array(periods * columns.length);
  columns.forEach((column, i) => {
    for (let t = 0; t < periods; t += 1) returns[t * columns.length + i] = column[t] as number;
  });
  return { returns, periods, configurations: columns.length };
};
const noise = (n: number, seed: number, drift = 0) =>
  remembering(n, 0, seed).map((value) => 0.01 * value + drift);

describe('the bootstrap', () => {
  it('by blocks gives the ratios that resampling period by period gives', () => {
    const options = { resamples: 500, seed: 7, block: 12 };
    const fast = bootstrapSharpe(golden, options);
    const { plain } = bootstrap(golden, { plain: (series) => sharpePerPeriod(series, ours) }, options);
    expect(Array.from(fast)).toEqual(Array.from(plain, (ratio) => expect.closeTo(ratio, 12)));
  });

  it('has the spread of the estimate, and the same every time', () => {
    const ratios = bootstrapSharpe(golden, { resamples: 10_000, seed: 3 });
    const sample = sharpeSample(golden);
    expect(mean(ratios)).toBeCloseTo(sample.sharpe, 2);
    expect(deviation(ratios, 1) / sharpeStandardError(sample)).toBeGreaterThan(0.8);
    expect(deviation(ratios, 1) / sharpeStandardError(sample)).toBeLessThan(1.2);
    expect(bootstrapSharpe(golden, { resamples: 10_000, seed: 3 })).toEqual(ratios);
    const [low, high] = percentileInterval(ratios);
    expect([low < sample.sharpe, sample.sharpe < high]).toEqual([true, true]);
  });

  it('takes longer blocks from a series that remembers, as long as theory says', () => {
    const n = 4000;
    // Of an AR(1) series: G = 2φ / (1-φ)² / (1-φ²), D = 2 / (1-φ)⁴, in units of the shocks.
    const theory = (phi: number) => {
      const slope = (2 * phi) / ((1 - phi) ** 2 * (1 - phi ** 2));
      return ((2 * slope ** 2) / (2 / (1 - phi) ** 4)) ** (1 / 3) * n ** (1 / 3);
    };
    const found = [0, 0.3, 0.7].map((phi) => automaticBlockLength(remembering(n, phi, 11)));
    expect(found[0]).toBeLessThan(6);
    for (const [i, phi] of [0.3, 0.7].entries()) {
      expect((found[i + 1] as number) / theory(phi)).toBeGreaterThan(0.6);
      expect((found[i + 1] as number) / theory(phi)).toBeLessThan(1.7);
    }
  });
});

describe('two strategies over the same dates', () => {
  const options = { resamples: 1000, seed: 2 };
  const market = noise(700, 41);
  const own = noise(700, 42);

  it('that share nearly everything can be told apart where each alone cannot', () => {
    const better = market.map((value, i) => value + 0.0004 + 0.05 * (own[i] as number));
    const found = compareSharpe(better, market, options);
    expect(found.verdict).toBe('first');
    expect(found.better).toBeGreaterThan(0.97);
    expect(compareSharpe(market, better, options).verdict).toBe('second');
    const [low] = percentileInterval(bootstrapSharpe(better, options));
    expect(low).toBeLessThan(sharpeSample(market).sharpe);
  });

  it('that differ by chance are not told apart, and other dates are no comparison', () => {
    expect(compareSharpe(noise(700, 50), noise(700, 51), options).verdict).toBe('unproven');
    expect(() => compareSharpe(market, market.subarray(1), options)).toThrow(
      'Cut both to the dates they share.',
    );
  });

  it('has a standard error as large as the differences of many pairs are spread, for series that share a market', () => {
    const random = new Random(3);
    const found = Array.from({ length: 300 }, () => {
      const market = Float64Array.from({ length: 400 }, () => 0.01 * random.normal());
      const own = () => market.map((value) => 0.0005 + value + 0.004 * random.normal());
      return compareSharpe(own(), own(), { resamples: 3, seed: 1, block: 1 });
    });
    const spread = Math.sqrt(
      variance(
        found.map(({ difference }) => difference),
        1,
      ),
    );
    const told = mean(found.map(({ standardError }) => standardError));
    expect(told / spread).toBeGreaterThan(0.88);
    expect(told / spread).toBeLessThan(1.12);
  });
});

describe('serial correlation', () => {
  it('leaves the square root where returns do not remember, and takes from those that do', () => {
    expect(loFactor(golden, 252, 0)).toBeCloseTo(Math.sqrt(252), 12);
    const sticky = remembering(2000, 0.5, 5);
    // For AR(1) the factor tends to √q √((1-φ)/(1+φ)).
    expect(loFactor(sticky, 252, 40) / Math.sqrt(252)).toBeCloseTo(Math.sqrt(0.5 / 1.5), 1);
    expect(robustStandardError(sticky)).toBeGreaterThan(1.3 * sharpeStandardError(sharpeSample(sticky)));
  });

  it('without memory the robust error is the plain one', () => {
    const plain = sharpeStandardError(sharpeSample(golden));
    expect(robustStandardError(golden, 0) / plain).toBeCloseTo(Math.sqrt(503 / 504), 3);
  });
});

describe('overfitting', () => {
  it('of configurations that are all luck is about a half, of one that is good near nothing', () => {
    const luck = Array.from({ length: 20 }, (_, i) => noise(640, i + 1));
    const skilled = [...luck.slice(1), noise(640, 99, 0.004)];
    expect(overfitting(trialsOf(luck), 10).probability).toBeGreaterThan(0.2);
    const good = overfitting(trialsOf(skilled), 10);
    expect(good.probability).toBeLessThan(0.02);
    expect(good.lossProbability).toBeLessThan(0.02);
    expect(good.splits).toBe(binomial(10, 5));
  });

  it('agrees with splitting the periods by hand', () => {
    const columns = Array.from({ length: 5 }, (_, i) => noise(40, i + 30));
    const found = overfitting(trialsOf(columns), 4);
    const blocks = [0, 1, 2, 3].map((b) => Array.from({ length: 10 }, (_, i) => b * 10 + i));
    const pairs = [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ];
    const expected = pairs.map((chosen) => {
      const inside = chosen.flatMap((b) => blocks[b] ?? []);
      const outside = [0, 1, 2, 3].filter((b) => !chosen.includes(b)).flatMap((b) => blocks[b] ?? []);
      const ratioOver = (rows: number[]) =>
        columns.map((column) =>
          sharpePerPeriod(
            rows.map((t) => column[t] as number),
            ours,
          ),
        );
      const [before, after] = [ratioOver(inside), ratioOver(outside)];
      const champion = before.indexOf(Math.max(...before));
      const rank = after.filter((ratio) => ratio <= (after[champion] as number)).length / 6;
      return Math.log(rank / (1 - rank));
    });
    expect(Array.from(found.logits).sort()).toEqual(
      expected.sort().map((logit) => expect.closeTo(logit, 12)),
    );
  });

  it('does not depend on the order of the configurations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const columns = Array.from({ length: 6 }, (_, i) => noise(64, seed + i * 1000));
        const one = overfitting(trialsOf(columns), 8);
        const other = overfitting(trialsOf(columns.toReversed()), 8);
        expect(other.probability).toBe(one.probability);
        expect(other.slope).toBeCloseTo(one.slope, 9);
      }),
      { numRuns: 20 },
    );
  });

  it('says what is missing', () => {
    expect(() => overfitting(trialsOf([golden]))).toThrow('needs two configurations and 32 periods');
    expect(() => overfitting(trialsOf([golden, golden]), 5)).toThrow('an even number of blocks');
  });

  it('a distribution that lies to the right dominates; one that crosses does not', () => {
    const low = noise(200, 1);
    expect(
      stochasticDominance(
        low.map((x) => x + 0.01),
        low,
      ),
    ).toEqual({ first: true, second: true });
    expect(
      stochasticDominance(
        low.map((x) => x / 2),
        low,
      ).first,
    ).toBe(false);
  });
});

describe('figures of a series', () => {
  const series = fc.array(
    fc.integer({ min: -2000, max: 2000 }).map((bps) => bps / 1e4),
    { minLength: 3, maxLength: 80 },
  );

  it('a Sharpe ratio ignores scale, a drawdown lies between -1 and 0, totals agree with the path', () => {
    fc.assert(
      fc.property(series, (list) => {
        const returns = Float64Array.from(list);
        const found = returnFigures(returns, ours);
        expect(found.maxDrawdown.value).toBeLessThanOrEqual(0);
        expect(found.maxDrawdown.value).toBeGreaterThanOrEqual(-1);
        const path = list.reduce((value, one) => value * (1 + one), 1);
        expect(found.totalReturn.value).toBeCloseTo(path - 1, 10);
        const doubled = sharpePerPeriod(
          returns.map((x) => 2 * x),
          ours,
        );
        if (!Number.isNaN(found.sharpe.value)) expect(doubled).toBeCloseTo(sharpePerPeriod(returns, ours), 9);
        for (const { value, interval } of Object.values(found)) {
          if (interval) expect([interval[0] <= value, value <= interval[1]]).toEqual([true, true]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('of what is too short or does not move are no numbers, never zero', () => {
    expect(returnFigures(new Float64Array(0), ours).totalReturn.value).toBeNaN();
    const still = returnFigures(new Float64Array(50).fill(0.001), ours);
    expect([still.sharpe.value, still.sortino.value, still.calmar.value]).toEqual([NaN, NaN, NaN]);
    expect(returnFigures(Float64Array.of(0.01), ours).volatility.value).toBeNaN();
  });

  it('count what is free of risk against the ratio and not against its spread', () => {
    const figures = returnFigures(golden, { ...ours, riskFreePerPeriod: 0.0005 });
    const shifted = returnFigures(
      golden.map((value) => value - 0.0005),
      ours,
    );
    expect(figures.sharpe.value).toBeCloseTo(shifted.sharpe.value, 12);
    expect(figures.sharpe.interval?.[0]).toBeCloseTo(shifted.sharpe.interval?.[0] as number, 12);
    expect(figures.volatility.value).toBeCloseTo(shifted.volatility.value, 12);
  });

  it('each carry their convention', () => {
    expect(returnFigures(golden, conventions.qlib).annualisedReturn.convention).toMatchObject({
      name: 'qlib',
      periodsPerYear: 238,
      compounding: 'summed',
    });
  });

  it('say what trying often costs', () => {
    const one = validityFigures(golden, ours, { trials: 1 });
    const many = validityFigures(golden, ours, { trials: 45, deviation: Math.sqrt(0.5) });
    expect(one.deflatedSharpe.value).toBeCloseTo(one.probabilisticSharpe.value, 12);
    expect(many.deflatedSharpe.value).toBeCloseTo(0.3638679593027866, 10);
    expect(many.luckyBest.value).toBeCloseTo(1.5808363299917239, 10);
  });
});

describe('distributions and probabilities', () => {
  it.each([
    [0.95, 1, 3.841458820694124],
    [0.95, 9, 16.918977604620448],
    [0.5, 100, 99.33412923598846],
  ])('chi-squared %d of %d', (p, degrees, x) => {
    expect(chiSquaredQuantile(p, degrees)).toBeCloseTo(x, 9);
    expect(chiSquaredCdf(x, degrees)).toBeCloseTo(p, 12);
  });

  it('more trials ask for more, a longer record for less', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.2, noNaN: true }),
        fc.integer({ min: 30, max: 3000 }),
        fc.integer({ min: 1, max: 500 }),
        (sharpe, periods, trials) => {
          const sample = { sharpe, periods, skewness: 0, kurtosis: 3 };
          const of = (n: number) => deflatedSharpe(sample, { trials: n, deviation: 0.05 }).probability;
          expect(of(trials + 1)).toBeLessThanOrEqual(of(trials));
          expect(expectedMaximum(trials + 1)).toBeGreaterThan(expectedMaximum(trials));
          const longer = probabilisticSharpe({ ...sample, periods: periods * 2 });
          expect(longer).toBeGreaterThanOrEqual(probabilisticSharpe(sample));
        },
      ),
    );
  });
});
