import { parentPort, workerData } from 'node:worker_threads';
import { openSession } from '../session.ts';
import { runFor } from './windows.ts';

/** What a thread of the benchmark begins with: a session of its own, which runs the same values again and again. */
export interface BenchWorkerSetup {
  file: string;
  provider: string;
  threads: number;
  values: Float32Array;
  shape: readonly number[];
}

const { file, provider, threads, values, shape } = workerData as BenchWorkerSetup;
const session = await openSession(file, provider, threads);
await session.run(values, shape);
parentPort?.postMessage('ready');

/** Told how long a window is in milliseconds, answers with its runs. */
parentPort?.on('message', async (windowMs: number) => {
  parentPort?.postMessage(
    await runFor(
      () => session.run(values, shape),
      windowMs,
      () => performance.now(),
    ),
  );
});
