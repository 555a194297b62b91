import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onWake } from '../../../electron/hosts/wake.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a machine that stays awake, or is only busy, is not said to have slept', () => {
  const heard: number[] = [];
  const stop = onWake((ms) => heard.push(ms));
  vi.advanceTimersByTime(600_000);
  vi.setSystemTime(Date.now() + 10_000);
  vi.advanceTimersByTime(5_000);
  stop();
  expect(heard).toEqual([]);
});

it('a clock that jumped tells how long the machine slept, once', () => {
  const heard: number[] = [];
  const stop = onWake((ms) => heard.push(ms));
  vi.advanceTimersByTime(5_000);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(60_000);
  expect(heard).toEqual([3_600_000]);
  stop();
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(60_000);
  expect(heard, 'nobody hears after stopping').toHaveLength(1);
});

it('a clock set back is no sleep', () => {
  const heard: number[] = [];
  const stop = onWake((ms) => heard.push(ms));
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(60_000);
  stop();
  expect(heard).toEqual([]);
});
