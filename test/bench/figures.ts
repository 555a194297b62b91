import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The middle value: what a noisy machine does to a few rounds does not move it. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Two works in turn, so that whatever else the machine does hits both; the median time of each, in milliseconds. What one
 * leaves behind is collected first, or the other would pay for it.
 */
export async function inTurn(
  rounds: number,
  ours: (round: number) => unknown,
  baseline: (round: number) => unknown,
): Promise<{ ours: number; baseline: number }> {
  const [times, baselines]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    baselines.push(await cleanly(() => baseline(round)));
    times.push(await cleanly(() => ours(round)));
  }
  return { ours: median(times), baseline: median(baselines) };
}

async function cleanly(work: () => unknown): Promise<number> {
  collect();
  // Memory outside of the heap is given back one turn later.
  await setImmediate();
  return timed(work);
}

/** The least time of a warm work, in milliseconds: for baselines in another process, where no two can take turns. */
export async function leastOf(rounds: number, work: () => unknown): Promise<number> {
  for (let round = 0; round < rounds; round += 1) await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timed(work));
  return Math.min(...times);
}
