export interface WakeOptions {
  now?: () => number;
  everyMs?: number;
  /** How much later than planned a tick must come to count as sleep rather than as a busy machine. */
  toleranceMs?: number;
}

/**
 * Hears that this process stood still: the machine slept, or the process was stopped. Known only afterwards, from a
 * clock that jumped. Gives the function that stops listening.
 */
export function onWake(
  listener: (sleptMs: number) => void,
  { now = Date.now, everyMs = 5_000, toleranceMs = 15_000 }: WakeOptions = {},
): () => void {
  let last = now();
  const timer = setInterval(() => {
    const late = now() - last - everyMs;
    last = now();
    if (late > toleranceMs) listener(late);
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
