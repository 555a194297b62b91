import { vi } from 'vitest';

/** How often others get their turn during some work, on a machine on which every step of it takes long. */
export async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let [now, turns] = [0, 0];
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 1000;
    return now;
  });
  let ends = false;
  const count = () => {
    turns += 1;
    if (!ends) setImmediate(count);
  };
  setImmediate(count);
  try {
    await work();
  } finally {
    ends = true;
    clock.mockRestore();
  }
  return turns;
}
