import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measured, Rule } from '../../../shared/contract/common.ts';
import {
  compareVersions,
  evaluate,
  parseRule,
  renderNumber,
  sameQuantity,
} from '../../../shared/rule/index.ts';

function rule(text: string): Rule {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.rule;
}

const seconds = (value: number, interval?: [number, number]): Measured => ({
  quantity: 'latency p95',
  value,
  unit: 's',
  text: `${value} s`,
  ...(interval ? { interval } : {}),
});
const verdictOf = (text: string, measured: Measured) => evaluate(rule(text), measured).verdict;

describe('a measured value against a rule', () => {
  it.each([
    ['latency p95 < 5 s', 4.9, 'pass'],
    ['latency p95 < 5 s', 5, 'fail'],
    ['latency p95 <= 5 s', 5, 'pass'],
    ['latency p95 > 5000 ms', 5.1, 'pass'],
    ['latency p95 >= 5 s', 4.9, 'fail'],
    ['latency p95 = 5 s', 5, 'pass'],
    ['latency p95 = 5 s', 5.1, 'fail'],
  ])('%s with %d s is a %s', (text, value, verdict) => {
    expect(verdictOf(text, seconds(value))).toBe(verdict);
  });

  it('is unproven while its interval straddles the bound', () => {
    expect(verdictOf('latency p95 < 5 s', seconds(4.8, [4.5, 5.2]))).toBe('unproven');
    expect(verdictOf('latency p95 < 5 s', seconds(4.8, [4.5, 4.9]))).toBe('pass');
    expect(verdictOf('latency p95 < 5 s', seconds(5.4, [5.1, 6]))).toBe('fail');
    expect(verdictOf('latency p95 = 5 s', seconds(5, [4.9, 5.1]))).toBe('unproven');
    expect(evaluate(rule('latency p95 < 5 s'), seconds(4.8, [4.5, 5.2])).sentence).toBe(
      'Latency p95 is 4.8 s: the bound of < 5 s lies inside the interval.',
    );
  });

  it('in another unit is an error that names both', () => {
    const inPercent: Measured = { quantity: 'latency', value: 3, unit: '%', text: '3 %' };
    expect(evaluate(rule('latency p95 < 5 s'), inPercent)).toEqual({
      verdict: 'error',
      sentence: 'The rule "latency p95 < 5 s" asks for a value in s, but a value in % was measured.',
    });
  });

  it('that is no number is an error, never a pass', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 'fast']) {
      const measured: Measured = { quantity: 'latency', value, unit: 's', text: String(value) };
      expect(evaluate(rule('latency < 5 s'), measured).verdict).toBe('error');
      expect(evaluate(rule('latency > 5 s'), measured).verdict).toBe('error');
    }
    expect(verdictOf('latency p95 < 5 s', seconds(4, [Number.NaN, 4.5]))).toBe('error');
  });

  it('of a version is compared as a version', () => {
    const version = (value: string): Measured => ({ quantity: 'python', value, unit: '', text: value });
    expect(verdictOf('Python 3.12+', version('3.13.1'))).toBe('pass');
    expect(verdictOf('Python 3.12+', version('3.9.18'))).toBe('fail');
    expect(verdictOf('PyTorch 2.8+', version('2.8.0+cu128'))).toBe('pass');
    expect(verdictOf('PyTorch 2.8+', version('2.8.0rc1'))).toBe('fail');
    expect(verdictOf('Python 3.12+', version('not found'))).toBe('error');
  });
});

describe('evaluation', () => {
  const bound = fc.integer({ min: -100, max: 100 });
  const comparator = fc.constantFrom('<', '<=', '>', '>=');
  const make = (sign: string, value: number) => rule(`latency p95 ${sign} ${value} s`);

  it('is monotone: what is further on the good side never does worse', () => {
    const rank = { pass: 2, unproven: 1, fail: 0, error: -1 };
    fc.assert(
      fc.property(
        comparator,
        bound,
        bound,
        fc.nat(9),
        fc.nat(9),
        fc.nat(50),
        (sign, limit, value, low, high, by) => {
          const good = sign.startsWith('<') ? -by : by;
          const at = (shift: number) =>
            evaluate(make(sign, limit), seconds(value + shift, [value + shift - low, value + shift + high]))
              .verdict;
          expect(rank[at(good)]).toBeGreaterThanOrEqual(rank[at(0)]);
        },
      ),
    );
  });

  it('never gains certainty from a wider interval', () => {
    fc.assert(
      fc.property(comparator, bound, bound, fc.nat(9), fc.nat(9), (sign, limit, value, low, wider) => {
        const narrow = evaluate(make(sign, limit), seconds(value, [value - low, value + low])).verdict;
        const wide = evaluate(
          make(sign, limit),
          seconds(value, [value - low - wider, value + low + wider]),
        ).verdict;
        if (wide !== 'unproven') expect(wide).toBe(narrow);
      }),
    );
  });
});

describe('versions', () => {
  it.each([
    ['3.9', '3.12', -1],
    ['2.8', '2.8.0', 0],
    ['v1.10', '1.9', 1],
    ['2.8.0-rc1', '2.8.0', -1],
    ['12.4.1', '12.4', 1],
  ])('%s against %s is %d', (a, b, order) => {
    expect(compareVersions(a, b)).toBe(order);
    expect(compareVersions(b, a)).toBe(order === 0 ? 0 : -order);
  });
});

describe('quantities', () => {
  it.each([
    ['Minimum position size threshold', 'min_position_size'],
    ['Daily turnover limit', 'max_daily_turnover'],
    ['API response times p95', 'api latency p95'],
    ['p95 latency', 'latency p95'],
    ['Sharpe ratio', 'sharpe'],
    ['Transaction costs', 'transaction_cost'],
  ])('%s and %s are the same', (a, b) => {
    expect(sameQuantity(a, b)).toBe(true);
  });

  it.each([
    ['latency p95', 'latency p99'],
    ['per-user limits', 'global limits'],
    ['train accuracy', 'test accuracy'],
    ['min', 'max'],
  ])('%s and %s are not', (a, b) => {
    expect(sameQuantity(a, b)).toBe(false);
  });
});

describe('values', () => {
  it.each([
    [0.1, 's', '100 ms'],
    [86_400, 's', '24 h'],
    [90 * 86_400, 's', '90 d'],
    [5e11, 'B', '500 GB'],
    [12, 'B', '12 B'],
    [100, '1/h', '100 /h'],
    [180_000, '1/h', '50 /s'],
    [20, '%', '20 %'],
    [0.75, '', '0.75'],
  ])('%d %s is shown as %s', (value, unit, text) => {
    expect(renderNumber(value, unit)).toBe(text);
  });
});
