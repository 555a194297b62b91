import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { abreast, marksOf, type Panel } from '../backtest/index.ts';
import { entryUrl } from '../entry-url.ts';
import { SweepError } from './errors.ts';
import type { SweepExecutor, SweepJob } from './executor.ts';
import type { WorkerSetup } from './worker.ts';

/** Computes points on threads of this machine, a handful at a time. */
export function localExecutor(threads = availableParallelism()): SweepExecutor {
  return {
    async run(job) {
      if (job.points.length === 0) return;
      const each = Math.max(1, Math.min(abreast, Math.ceil(job.points.length / threads)));
      const batches = Math.ceil(job.points.length / each);
      const setup: WorkerSetup = { panel: sharedPanel(job.panel), points: job.points, folder: job.folder };
      let next = 0;
      const take = (): [number, number] | null => {
        if (job.signal.aborted || next >= batches) return null;
        next += 1;
        return [(next - 1) * each, next * each];
      };
      const workers = Array.from(
        { length: Math.min(threads, batches) },
        () => new Worker(entryUrl(import.meta.url, './worker.ts', 'sweep-worker.js'), { workerData: setup }),
      );
      try {
        await Promise.all(workers.map((worker) => serve(worker, take, job)));
      } finally {
        await Promise.all(workers.map((worker) => worker.terminate()));
      }
    },
  };
}

/** Hands batches to a thread until there are no more. */
function serve(
  worker: Worker,
  take: () => [number, number] | null,
  { onWritten, signal }: SweepJob,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const hand = () => {
      const batch = take();
      if (batch === null) resolve();
      else worker.postMessage(batch);
    };
    worker.on('message', (digests: string[]) => {
      onWritten(digests);
      hand();
    });
    worker.on('error', (error) =>
      reject(
        new SweepError(
          'executor',
          `A thread of the sweep failed (${error.message}). What is written stays: start it again.`,
        ),
      ),
    );
    worker.on('exit', () =>
      reject(
        new SweepError(
          'executor',
          'A thread of the sweep ended early. What is written stays: start it again.',
        ),
      ),
    );
    signal.addEventListener('abort', () => resolve(), { once: true });
    hand();
  });
}

/** Labels stay behind: no figure of a point needs them. */
function sharedPanel(panel: Panel): Panel {
  const { dates, codes, close, open, volumeValue, score, sessions } = panel;
  const share = (values: Float64Array) => {
    const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
    shared.set(values);
    return shared;
  };
  return {
    dates,
    codes,
    close: share(close),
    open: open && share(open),
    volumeValue: volumeValue && share(volumeValue),
    score: share(score),
    label: null,
    sessions: sessions ?? null,
    marks: share(marksOf(panel)),
  };
}
