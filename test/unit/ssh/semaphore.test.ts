import { expect, it } from 'vitest';
import { Semaphore } from '../../../electron/ssh/semaphore.ts';

it('lets as many in as there are places, the others in the order they came', async () => {
  const gate = new Semaphore(2);
  const inside: string[] = [];
  const enter = async (name: string) => {
    const leave = await gate.enter();
    inside.push(name);
    return leave;
  };
  const [a, b] = await Promise.all([enter('a'), enter('b')]);
  const [c, d] = [enter('c'), enter('d')];
  await Promise.resolve();
  expect(inside).toEqual(['a', 'b']);
  b();
  b();
  await c;
  expect(inside).toEqual(['a', 'b', 'c']);
  a();
  await d;
  expect(inside).toEqual(['a', 'b', 'c', 'd']);
});

it('lets nobody wait who has given up', async () => {
  const gate = new Semaphore(1);
  const leave = await gate.enter();
  const tired = new AbortController();
  const waiting = gate.enter(tired.signal);
  const next = gate.enter();
  tired.abort('tired');
  await expect(waiting).rejects.toBe('tired');
  await expect(gate.enter(tired.signal)).rejects.toBe('tired');
  leave();
  (await next)();
  (await gate.enter())();
});
