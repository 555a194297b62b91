/**
 * Latencies with what can be said of them. With 99 % confidence and no sample beyond, so many samples bound a percentile:
 * the smallest n with share^n <= 1 %, as in the early stopping of MLPerf's LoadGen.
 */
export const samplesNeeded = { p50: 7, p90: 44, p95: 90, p99: 459 } as const;
export type Percentile = keyof typeof samplesNeeded;

const shares: Record<Percentile, number> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };
/** Three windows in a row whose figures differ by no more are steady; as Triton's perf_analyzer has it. */
const windows = 3;
const steadySpread = 0.1;

export interface Latencies {
  samples: number;
  meanMs: number;
  minMs: number;
  maxMs: number;
  /** Null where there are too few samples to say. */
  percentilesMs: Record<Percentile, number | null>;
  /** Whether the three thirds of the time agree within 10 %; null with fewer than seven samples in each. */
  steady: boolean | null;
}

/** Pure: what samples of milliseconds, in the order they were taken, can say. */
export function latenciesOf(samplesMs: readonly number[]): Latencies {
  const sorted = samplesMs.toSorted((a, b) => a - b);
  const n = sorted.length;
  return {
    samples: n,
    meanMs: meanOf(samplesMs),
    minMs: sorted[0] ?? Number.NaN,
    maxMs: sorted.at(-1) ?? Number.NaN,
    percentilesMs: Object.fromEntries(
      Object.entries(samplesNeeded).map(([name, needed]) => {
        const rank = Math.ceil(shares[name as Percentile] * n);
        return [name, n >= needed ? (sorted[rank - 1] as number) : null];
      }),
    ) as Latencies['percentilesMs'],
    steady: steadiness(samplesMs),
  };
}

function steadiness(samplesMs: readonly number[]): boolean | null {
  const size = Math.floor(samplesMs.length / windows);
  if (size < samplesNeeded.p50) return null;
  const means = Array.from({ length: windows }, (_, i) => meanOf(samplesMs.slice(i * size, (i + 1) * size)));
  return Math.max(...means) <= Math.min(...means) * (1 + steadySpread);
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Bench {
  /** Codes in each run. */
  batch: number;
  /** The first time: opening the model, and its first run. */
  cold: { createMs: number; firstRunMs: number };
  warm: Latencies & { codesPerSecond: number };
  /** Of the whole process, at the end. */
  memoryBytes: number;
}

/** Runs for so long, or so many times, whichever comes first; by `now`, in milliseconds. */
export async function sampleRuns(
  run: () => Promise<unknown>,
  { seconds, most, now }: { seconds: number; most: number; now: () => number },
  progress: (share: number) => void,
): Promise<number[]> {
  const samples: number[] = [];
  const begun = now();
  for (;;) {
    const before = now();
    await run();
    const after = now();
    samples.push(after - before);
    const share = Math.max((after - begun) / (seconds * 1000), samples.length / most);
    progress(Math.min(1, share));
    if (share >= 1) return samples;
  }
}
