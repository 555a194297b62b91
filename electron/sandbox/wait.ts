import { setTimeout as delay } from 'node:timers/promises';

/** Asks until the answer is yes; false when it never was within the time. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  { withinMs, everyMs = 20 }: { withinMs: number; everyMs?: number },
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (await isSo()) return true;
    if (performance.now() >= deadline) return false;
    await delay(everyMs);
  }
}
