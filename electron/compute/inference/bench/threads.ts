import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { entryUrl } from '../../entry-url.ts';
import type { Runs } from './windows.ts';
import type { BenchWorkerSetup } from './worker.ts';

/** Sessions that run at once, each on a thread of its own: a session keeps its thread busy for all of a run. */
export interface BenchThreads {
  window(windowMs: number): Promise<Runs[]>;
  close(): Promise<void>;
}

/** Gives what runs when every thread has a session that is warm. */
export async function openThreads(count: number, setup: BenchWorkerSetup): Promise<BenchThreads> {
  const workers = Array.from(
    { length: count },
    () => new Worker(entryUrl(import.meta.url, './worker.ts', 'inference-worker.js'), { workerData: setup }),
  );
  const close = async () => void (await Promise.all(workers.map((worker) => worker.terminate())));
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    window: (windowMs) =>
      Promise.all(
        workers.map(async (worker) => {
          const answered = once(worker, 'message') as Promise<[Runs]>;
          worker.postMessage(windowMs);
          return (await answered)[0];
        }),
      ),
    close,
  };
}
