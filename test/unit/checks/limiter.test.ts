import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLimiter } from '../../../electron/checks/limiter.ts';

it('never more than it may at once, in all and for each key, and everything in the end', async () => {
  const keys = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  const limit = fc.integer({ min: 1, max: 4 });
  await fc.assert(
    fc.asyncProperty(keys, limit, limit, async (tasks, total, perKey) => {
      const limiter = createLimiter(total, perKey);
      const under: string[] = [];
      const done = tasks.map((key) =>
        limiter.run(key, async () => {
          under.push(key);
          expect(under.length).toBeLessThanOrEqual(total);
          expect(under.filter((one) => one === key).length).toBeLessThanOrEqual(perKey);
          await delay(1);
          under.splice(under.indexOf(key), 1);
          return key;
        }),
      );
      expect(await Promise.all(done)).toEqual(tasks);
    }),
    { numRuns: 30 },
  );
});

it('a task that fails gives its place free', async () => {
  const limiter = createLimiter(1, 1);
  const failing = limiter.run('a', async () => {
    throw new Error('no');
  });
  const next = limiter.run('a', async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

it('a key that has all it may does not hold up another', async () => {
  const limiter = createLimiter(2, 1);
  const started: string[] = [];
  const task = (name: string) => async () => {
    started.push(name);
    await delay(5);
  };
  await Promise.all([
    limiter.run('a', task('a1')),
    limiter.run('a', task('a2')),
    limiter.run('b', task('b1')),
  ]);
  expect(started).toEqual(['a1', 'b1', 'a2']);
});
