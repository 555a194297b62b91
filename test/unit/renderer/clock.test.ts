import { expect, test } from 'vitest';
import { readClock } from '../../../shared/clock.ts';

const t0 = '2026-11-24T00:00:00Z';
const at = (time: string) => new Date(`2026-11-${time}Z`);

test('the clock counts down to T-0 and up after it', () => {
  const countdown = { t0, heldMs: 0, hold: null };
  expect(readClock(countdown, at('23T21:45:51')).text).toBe('T-02:14:09');
  expect(readClock(countdown, at('24T00:12:31')).text).toBe('T+00:12:31');
  expect(readClock(countdown, at('20T22:00:00')).text).toBe('T-3d 02:00:00');
});

test('in a hold the clock stands still, whatever the wall clock does', () => {
  const held = {
    t0,
    heldMs: 0,
    hold: { since: at('23T22:00:00').toISOString(), reason: 'backup', by: 'devops' },
  };
  expect(readClock(held, at('23T22:00:00')).text).toBe('T-02:00:00');
  expect(readClock(held, at('24T09:00:00'))).toEqual({ tMs: -7_200_000, text: 'T-02:00:00', held: true });
});

test('a hold that has ended pushes T-0 back by its length', () => {
  expect(readClock({ t0, heldMs: 600_000, hold: null }, at('23T23:00:00')).text).toBe('T-01:10:00');
});

test('without a T-0 there is nothing to count', () => {
  expect(readClock({ t0: null, heldMs: 0, hold: null }, at('23T21:45:51'))).toEqual({
    tMs: null,
    text: '',
    held: false,
  });
});
