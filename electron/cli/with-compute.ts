import { join } from 'node:path';
import { type Compute, ComputeProcess, computeIn, type JobProgress } from '../compute/index.ts';

export interface ComputeOptions {
  dataFolder: string;
  /** Computes anew what the store has. */
  fresh: boolean;
  say(line: string): void;
}

/** What takes no longer needs no progress. */
const quietMs = 1_000;
const sayEveryMs = 2_000;

/** Runs one command with the compute process, and ends it with the command or when the terminal says so. */
export async function withCompute<Result>(
  { dataFolder, fresh, say }: ComputeOptions,
  command: (compute: Compute) => Promise<Result>,
): Promise<Result> {
  const worker = new ComputeProcess({ folder: join(dataFolder, 'compute') });
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const compute = computeIn(worker, { fresh, signal: stop.signal, onProgress: teller(say) }, ({ stored }) => {
    if (stored) {
      say(`Answered from the store: the same inputs, settings and code gave this at ${stored}.`);
    }
  });
  try {
    return await command(compute);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    worker.close();
  }
}

/** Says progress in lines now and then, so that a log stays readable. */
function teller(say: (line: string) => void): (progress: JobProgress) => void {
  let saidMs = quietMs - sayEveryMs;
  return (progress) => {
    if (progress.state !== 'running' || progress.elapsedMs < saidMs + sayEveryMs) return;
    const { phase, share, elapsedMs, remainingMs } = progress;
    saidMs = elapsedMs;
    const left = remainingMs === null ? '' : `, about ${Math.ceil(remainingMs / 1000)} s left`;
    say(`${Math.round(share * 100)} %  ${phase}${left}`);
  };
}
