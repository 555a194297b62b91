import { mean } from '../../statistics/index.ts';
import { samplesNeeded } from './latencies.ts';

/** A stretch of time in which runs were made. */
export interface BenchWindow {
  runsPerSecond: number;
  meanMs: number;
}

/** The three last windows whose figures differ by no more are steady; as Triton's perf_analyzer has it. */
const steadyWindows = 3;
const steadySpread = 0.1;
/** After so many it is not going to be. */
const mostWindows = 10;

/** What one of those who run gives for a window: its runs, and how long they took together. */
export interface Runs {
  samplesMs: number[];
  elapsedMs: number;
}

export interface Measured {
  windows: BenchWindow[];
  steady: boolean;
  /** Of the last three windows where they are steady, else of all. */
  samplesMs: number[];
}

/** Pure: whether the last three windows agree in throughput and in latency. */
export function isSteady(windows: readonly BenchWindow[]): boolean {
  const last = windows.slice(-steadyWindows);
  if (last.length < steadyWindows) return false;
  return [last.map(({ runsPerSecond }) => runsPerSecond), last.map(({ meanMs }) => meanMs)].every(
    (values) => Math.max(...values) <= Math.min(...values) * (1 + steadySpread),
  );
}

/**
 * Measures window after window until the last three are steady and have enough runs for every percentile, or there are
 * ten. `window` makes the runs of one; there is an entry for each of those who run at once.
 */
export async function measureWindows(
  window: () => Promise<Runs[]>,
  progress: (share: number) => void,
): Promise<Measured> {
  const windows: BenchWindow[] = [];
  const samples: number[][] = [];
  for (;;) {
    const found = await window();
    const latencies = found.flatMap(({ samplesMs }) => samplesMs);
    samples.push(latencies);
    windows.push({
      runsPerSecond: found.reduce(
        (sum, { samplesMs, elapsedMs }) => sum + (1000 * samplesMs.length) / elapsedMs,
        0,
      ),
      meanMs: mean(latencies),
    });
    progress(windows.length / mostWindows);
    const steady = isSteady(windows);
    const last = samples.slice(-steadyWindows).flat();
    if (windows.length < mostWindows && !(steady && last.length >= samplesNeeded.p99)) continue;
    return { windows, steady, samplesMs: steady ? last : samples.flat() };
  }
}

/** Runs one after another for so long, and at least so often that there is a median; by `now`, in milliseconds. */
export async function runFor(
  run: () => Promise<unknown>,
  windowMs: number,
  now: () => number,
): Promise<Runs> {
  const samplesMs: number[] = [];
  const begun = now();
  for (;;) {
    const before = now();
    await run();
    const after = now();
    samplesMs.push(after - before);
    if (after - begun >= windowMs && samplesMs.length >= samplesNeeded.p50) {
      return { samplesMs, elapsedMs: after - begun };
    }
  }
}
