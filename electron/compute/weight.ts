import { statSync } from 'node:fs';
import type { JobName, QuestionOf } from './jobs.ts';

/**
 * What a job takes of the machine. `light`: seconds on one core. `heavy`: as long as it takes, on all of them. `alone`:
 * as heavy, and nothing else may run meanwhile, because it measures time. `elsewhere`: other machines do the work, and it
 * may take days.
 */
export type Weight = 'light' | 'heavy' | 'alone' | 'elsewhere';

/** A file that is read, parsed and computed with in seconds. */
const smallBytes = 16 * 2 ** 20;

/** What is not named here is heavy. */
const weights: { [Name in JobName]?: (question: QuestionOf<Name>) => Weight } = {
  metrics: ({ file }) => byFiles(file),
  claims: ({ returns, predictions }) => byFiles(returns, ...(predictions ? [predictions] : [])),
  providers: () => 'light',
  profile: ({ path }) => byFiles(path),
  drift: ({ reference, current }) => byFiles(reference, current),
  backtest: ({ panel, probes }) => (probes ? 'heavy' : byFiles(panel)),
  compare: ({ panel }) => byFiles(panel),
  forecast: ({ file }) => byFiles(file),
  sweep: ({ slurm }) => (slurm ? 'elsewhere' : 'heavy'),
  infer: ({ bench }) => (bench ? 'alone' : 'heavy'),
};

/** Told at once, before a queue is chosen, so by the sizes of files and not by what is in them. */
export function weightOf<Name extends JobName>(name: Name, question: QuestionOf<Name>): Weight {
  return weights[name]?.(question) ?? 'heavy';
}

/** What is no file is a folder, a pattern, or a mistake: that is found where it is read. */
function byFiles(...files: string[]): Weight {
  const small = files.every((file) => {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats === undefined ? !/[*?[{]/.test(file) : stats.isFile() && stats.size <= smallBytes;
  });
  return small ? 'light' : 'heavy';
}
