import { setImmediate } from 'node:timers/promises';

/** So long may work keep others waiting: less than a frame of the window. */
const longestMs = 10;

/** Gives others their turn whenever it is asked after having gone on for long enough. */
export function takingTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestMs) return;
    await setImmediate();
    since = performance.now();
  };
}

/** Work that is told in small steps, done without a pause. */
export function atOnce<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same work, while others get their turn. */
export async function inTurns<Result>(work: Generator<void, Result>): Promise<Result> {
  const turn = takingTurns();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await turn();
  }
}
