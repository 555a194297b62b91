import { availableParallelism } from 'node:os';
import { InferenceError } from '../errors.ts';
import type { Session } from '../session.ts';
import { type Latencies, latenciesOf } from './latencies.ts';
import { openThreads } from './threads.ts';
import { type BenchWindow, measureWindows, type Runs, runFor } from './windows.ts';

/** So many runs at once. */
export interface BenchLevel extends Latencies {
  concurrency: number;
  /** Threads that each session computes with. */
  threads: number;
  runsPerSecond: number;
  codesPerSecond: number;
  windows: BenchWindow[];
  /** Whether the last three windows agree within 10 % in throughput and latency; where not, the figures are of all. */
  steady: boolean;
  /** Of the whole process, at the end of the level. */
  memoryBytes: number;
}

export interface Bench {
  /** Codes in each run. */
  batch: number;
  /** The first time: opening the model, and its first run. */
  cold: { createMs: number; firstRunMs: number };
  /** One run at a time: the first of the levels. */
  warm: BenchLevel;
  /** From one run at a time up. */
  levels: BenchLevel[];
  /** Of the whole process, at the end. */
  memoryBytes: number;
}

const windowMs = 500;
/** Unless something else is asked: no more than this, which takes time. */
const usualConcurrency = 4;

/**
 * Measures a model on the same values again and again. One at a time it is the session itself with all its threads; more
 * at once are sessions of their own that share the cores. A device is measured one at a time: its library ends the process
 * when a second thread opens it.
 * @param values windows of `shape`, the first of whose sizes is the number of codes
 * @param asked the most runs at once; null leaves it to the machine
 * @throws InferenceError
 */
export async function benchModel(
  file: string,
  session: Session,
  { values, shape }: { values: Float32Array; shape: readonly number[] },
  asked: number | null,
  progress: (share: number) => void,
): Promise<Bench> {
  const onCpu = session.provider === 'cpu';
  const concurrency = asked ?? (onCpu ? Math.min(usualConcurrency, availableParallelism()) : 1);
  if (!onCpu && concurrency > 1) {
    throw new InferenceError(
      'no-provider',
      `The provider "${session.provider}" is measured one run at a time. Leave --concurrency out, or ask for cpu.`,
    );
  }
  const now = () => performance.now();
  const begun = now();
  await session.run(values, shape);
  const firstRunMs = now() - begun;
  const [codes = 0] = shape;
  const levels: BenchLevel[] = [];
  for (let level = 1; level <= concurrency; level += 1) {
    const threads = Math.max(1, Math.floor(availableParallelism() / level));
    const setup = { file, provider: session.provider, threads, values, shape };
    const runners =
      level === 1
        ? {
            window: async (): Promise<Runs[]> => [
              await runFor(() => session.run(values, shape), windowMs, now),
            ],
            close: async () => {},
          }
        : await openThreads(level, setup);
    try {
      const { windows, steady, samplesMs } = await measureWindows(
        () => runners.window(windowMs),
        (share) => progress((level - 1 + share) / concurrency),
      );
      const told = steady ? windows.slice(-3) : windows;
      const runsPerSecond = told.reduce((sum, window) => sum + window.runsPerSecond, 0) / told.length;
      levels.push({
        concurrency: level,
        threads,
        ...latenciesOf(samplesMs),
        runsPerSecond,
        codesPerSecond: codes * runsPerSecond,
        windows,
        steady,
        memoryBytes: process.memoryUsage.rss(),
      });
    } finally {
      await runners.close();
    }
  }
  return {
    batch: codes,
    cold: { createMs: session.createMs, firstRunMs },
    warm: levels[0] as BenchLevel,
    levels,
    memoryBytes: process.memoryUsage.rss(),
  };
}
