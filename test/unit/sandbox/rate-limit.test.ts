import { describe, expect, it } from 'vitest';
import { RateLimits } from '../../../resources/sandbox/ranker-api/app/rate-limit.mjs';

function limits(perUser: number, global: number): RateLimits {
  const made = new RateLimits();
  made.set({ perUser, global });
  return made;
}

describe('rate limits', () => {
  it('the request after the last allowed one is refused, and allowed when the first is an hour old', () => {
    const made = limits(3, 100);
    for (const at of [0, 1000, 2000]) expect(made.admit('a', at).ok).toBe(true);
    expect(made.admit('a', 3000)).toEqual({
      ok: false,
      scope: 'user',
      limit: 3,
      remaining: 0,
      retryAfterSeconds: 3597,
    });
    expect(made.admit('a', 3_599_999).ok).toBe(false);
    expect(made.admit('a', 3_600_000).ok).toBe(true);
    expect(made.admit('a', 3_600_001).ok).toBe(false);
  });

  it('one key does not use up what another may ask', () => {
    const made = limits(1, 100);
    expect(made.admit('a', 0).ok).toBe(true);
    expect(made.admit('a', 1).ok).toBe(false);
    expect(made.admit('b', 2).ok).toBe(true);
  });

  it('all keys together stay below the global limit, and a refused request does not count', () => {
    const made = limits(10, 2);
    made.admit('a', 0);
    made.admit('b', 0);
    for (let round = 0; round < 5; round += 1) {
      expect(made.admit('c', 1)).toMatchObject({ ok: false, scope: 'global', limit: 2 });
    }
    expect(made.admit('c', 3_600_000)).toMatchObject({ ok: true, remaining: 9 });
  });

  it('a limit of 0 refuses nothing', () => {
    const made = limits(0, 0);
    for (let round = 0; round < 5000; round += 1) expect(made.admit('a', 0).ok).toBe(true);
  });

  it('a limit that was lowered holds for the requests of the last hour as well', () => {
    const made = limits(5, 100);
    for (const at of [0, 1000, 2000, 3000]) made.admit('a', at);
    made.set({ perUser: 2, global: 100 });
    expect(made.admit('a', 4000)).toMatchObject({ ok: false, retryAfterSeconds: 3598 });
    expect(made.admit('a', 3_601_999).ok).toBe(false);
    expect(made.admit('a', 3_602_000).ok).toBe(true);
  });
});
