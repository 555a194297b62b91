import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rebalance, turnoverOf } from '../../../resources/sandbox/ranker-api/app/weights.mjs';

const limits = { topK: 35, minPosition: 0.02, maxTurnover: 0.35, costBps: 12 };
const codes = Array.from({ length: 60 }, (_, index) => `X${index}`);
const sumOf = (weights: Map<string, number>) =>
  [...weights.values()].reduce((sum, weight) => sum + weight, 0);
const scoresFor = (values: number[]) => codes.map((code, index) => ({ code, score: values[index] ?? 0 }));

const anyScores = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 })
  .map(scoresFor);
const anyLimits = fc
  .record({
    topK: fc.integer({ min: 1, max: 50 }),
    minPosition: fc.double({ min: 0, max: 0.1, noNaN: true }),
    maxTurnover: fc.double({ min: 0, max: 1, noNaN: true }),
    costBps: fc.double({ min: 0, max: 200, noNaN: true }),
  })
  .filter(({ topK, minPosition }) => topK * minPosition <= 1);

describe('weights', () => {
  it('at inception the best names are bought, each above the minimum, the better the heavier', () => {
    const scores = scoresFor(codes.map((_, index) => 1 - index / 60));
    const { weights, turnover, inception } = rebalance(scores, new Map(), limits);
    expect([...weights.keys()]).toEqual(codes.slice(0, 35));
    expect(Math.min(...weights.values())).toBeGreaterThanOrEqual(0.02);
    expect(sumOf(weights)).toBeCloseTo(1, 9);
    expect(turnover).toBe(1);
    expect(inception).toBe(true);
  });

  it('for any scores and limits the weights sum to 1 and none is below the minimum, for months on end', () => {
    fc.assert(
      fc.property(fc.array(anyScores, { minLength: 2, maxLength: 6 }), anyLimits, (months, limits) => {
        let held = new Map<string, number>();
        for (const scores of months) {
          const next = rebalance(scores, held, limits);
          expect(sumOf(next.weights)).toBeCloseTo(1, 8);
          expect(Math.min(...next.weights.values())).toBeGreaterThanOrEqual(limits.minPosition - 1e-8);
          if (!next.inception) {
            expect(next.turnover).toBeLessThanOrEqual(limits.maxTurnover + 1e-8);
            expect(next.turnover).toBeCloseTo(turnoverOf(held, next.weights), 8);
          }
          held = next.weights;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a portfolio that drifted in any way keeps within the turnover limit, and says which names stand out', () => {
    const drifted = fc
      .dictionary(
        fc.constantFrom(...codes, 'gone-1', 'gone-2'),
        fc.double({ min: 1e-4, max: 1, noNaN: true }),
        {
          minKeys: 1,
        },
      )
      .map((weights) => new Map(Object.entries(weights)));
    fc.assert(
      fc.property(anyScores, drifted, anyLimits, (scores, current, limits) => {
        const sum = sumOf(current);
        const held = new Map([...current].map(([code, weight]) => [code, weight / sum]));
        const { weights, turnover, kept } = rebalance(scores, current, limits);
        expect(sumOf(weights)).toBeCloseTo(1, 8);
        expect(turnoverOf(held, weights)).toBeLessThanOrEqual(limits.maxTurnover + 1e-8);
        expect(turnover).toBeCloseTo(turnoverOf(held, weights), 8);
        for (const [code, weight] of weights) {
          if (weight < limits.minPosition - 1e-8) expect(kept).toContain(code);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a name that is not worth its cost is not bought', () => {
    const scores = [
      { code: 'held', score: 0.5 },
      { code: 'slightly better', score: 0.504 },
    ];
    const one = { topK: 1, minPosition: 0.02, maxTurnover: 1, costBps: 12 };
    const current = new Map([['held', 1]]);
    expect([...rebalance(scores, current, one).weights.keys()]).toEqual(['held']);
    expect([...rebalance(scores, current, { ...one, costBps: 0 }).weights.keys()]).toEqual([
      'slightly better',
    ]);
  });
});
