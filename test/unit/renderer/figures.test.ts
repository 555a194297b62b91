import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromLocalInput, toLocalInput } from '../../../renderer/app/frame/local-input.ts';
import { askedOf, barFiguresOf } from '../../../renderer/app/intervals.ts';
import { formatAge, formatMoment, scaleInterval } from '../../../renderer/ui/index.ts';
import type { Evidence } from '../../../shared/contract/checklist.ts';
import type { Measured } from '../../../shared/contract/common.ts';
import { estimate, rule } from '../../support/stage/fixtures/items.ts';

test('on the bar an interval overlaps the rule exactly where the figures do', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.tuple(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 0.001, max: 1e6, noNaN: true }),
      ),
      (bound, [low, width]) => {
        const high = low + width;
        const scale = scaleInterval({
          bound,
          estimate: (low + high) / 2,
          interval: [low, high],
        });
        for (const place of Object.values(scale)) expect(place >= 0 && place <= 100).toBe(true);
        if (bound < low - 1e-6) expect(scale.bound).toBeLessThanOrEqual(scale.from);
        if (bound > high + 1e-6) expect(scale.bound).toBeGreaterThanOrEqual(scale.to);
        expect(scale.from).toBeLessThanOrEqual(scale.estimate);
      },
    ),
  );
});

test('one figure that is the rule itself stands in the middle', () => {
  expect(scaleInterval({ bound: 18, estimate: 18 })).toEqual({
    bound: 50,
    estimate: 50,
    from: 50,
    to: 50,
  });
});

test('an interval without an end reaches the end of the bar', () => {
  const scale = scaleInterval({
    bound: 5,
    estimate: 4,
    interval: [3, Number.POSITIVE_INFINITY],
  });
  expect(scale.to).toBe(100);
});

test('of several rules the one that decides is drawn', () => {
  const [p95, p99] = [
    rule('p95 < 5 s', 'latency p95', '<', 5, 's'),
    rule('p99 < 10 s', 'latency p99', '<', 10, 's'),
  ];
  const evidence = {
    rules: [
      { rule: p95, verdict: 'pass' },
      { rule: p99, verdict: 'unproven' },
    ],
    measured: [estimate(p95, 3.1, '3.1 s'), estimate(p99, 8.2, '8.2 s', [6.1, 12.4])],
  } as Evidence;
  expect(barFiguresOf([evidence])).toMatchObject({ bound: 10, estimate: 8.2, verdict: 'unproven' });
});

test('a figure is drawn by what the check calls it, whatever the rule does, and alone of all that was measured', () => {
  const ratio = rule('Sharpe > 0.75', 'sharpe', '>', 0.75, '');
  const named = (quantity: string, value: number, text: string): Measured => {
    return { quantity, value, unit: '', text };
  };
  const evidence = {
    rules: [{ rule: ratio, verdict: 'unproven', quantity: 'Sharpe ratio' }],
    measured: [named('Sortino ratio', 1.4, '1.384'), named('Sharpe ratio', 0.93, '0.933')],
  } as Evidence;
  expect(barFiguresOf([evidence])).toMatchObject({ bound: 0.75, estimate: 0.93, verdict: 'unproven' });
  expect(askedOf(evidence).map(({ text }) => text)).toEqual(['0.933']);
  const nothingAsked = { ...evidence, rules: [] };
  expect(askedOf(nothingAsked)).toHaveLength(2);
});

test('what is no number of the rule’s unit is not drawn', () => {
  const python = {
    quantity: 'python',
    comparator: '>=' as const,
    bound: { version: '3.12' },
    text: 'Python 3.12+',
  };
  const size = rule('500GB+', 'free space', '>=', 500e9, 'B');
  const evidence = {
    rules: [
      { rule: python, verdict: 'pass' },
      { rule: size, verdict: 'error' },
    ],
    measured: [{ quantity: 'python', value: '3.12.4', unit: '', text: '3.12.4' }],
  } as Evidence;
  expect(barFiguresOf([evidence])).toBeNull();
  expect(barFiguresOf([])).toBeNull();
});

test('ages are as short as their column', () => {
  const minute = 60_000;
  expect([-5, 59_000, 4 * minute, 119 * minute, 23 * 24 * 60 * minute].map(formatAge)).toEqual([
    'now',
    'now',
    '4 m',
    '1 h',
    '23 d',
  ]);
});

test('a moment of another day says which', () => {
  const now = new Date(2026, 10, 21, 21, 14);
  expect(formatMoment(new Date(2026, 10, 21, 9, 5), now)).toBe('09:05');
  expect(formatMoment(new Date(2026, 10, 20, 9, 5), now)).toBe('2026-11-20 09:05');
});

test('T-0 is written as local time and read back the same; what is no moment is refused', () => {
  const instant = new Date(2026, 10, 24, 9, 0).toISOString();
  expect(toLocalInput(instant)).toBe('2026-11-24 09:00');
  expect(fromLocalInput('2026-11-24 09:00')).toBe(instant);
  for (const wrong of ['', 'tomorrow', '2026-13-01 09:00', '2026-02-30 09:00', '2026-11-24 25:00']) {
    expect(fromLocalInput(wrong)).toBeNull();
  }
});
