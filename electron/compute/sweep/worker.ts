import { parentPort, workerData } from 'node:worker_threads';
import { type Panel, sweepRanking } from '../backtest/index.ts';
import { evaluate } from './evaluate.ts';
import type { SweepPoint } from './point.ts';
import { writeResult } from './store.ts';

/** What a thread begins with. The columns of the panel are shared memory: no thread has a copy. */
export interface WorkerSetup {
  panel: Panel;
  points: readonly SweepPoint[];
  folder: string;
}

const { panel, points, folder } = workerData as WorkerSetup;
const ranking = sweepRanking(
  panel,
  points.map(({ config }) => config),
);

/** Told a range of points, answers with the digests that are written. */
parentPort?.on('message', ([from, to]: [number, number]) => {
  const written: string[] = [];
  for (const result of evaluate(panel, points.slice(from, to), ranking)) {
    writeResult(folder, result);
    written.push(result.digest);
  }
  parentPort?.postMessage(written);
});
