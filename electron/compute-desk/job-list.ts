import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Job, job } from '../../shared/contract/compute/jobs.ts';

/** A job with what is needed to read its answer again. */
const kept = z.object({
  job,
  /** Where its answer lies in the store; null where there is none. */
  key: z.string().nullable(),
  launch: z.string().nullable(),
  /** The checklist that claims were read from. */
  document: z.string().nullable(),
  /** What the ledger had when it ended. */
  trials: z.object({ count: z.number(), deviation: z.number().nullable(), words: z.string() }).nullable(),
});
export type KeptJob = z.infer<typeof kept>;

/** Older ones are let go; the ledger keeps what they tried. */
const mostKept = 100;

/**
 * The list of jobs as a file: a convenience, and nobody's evidence. What was under way when the file was written has ended
 * since, with the program.
 */
export function readJobList(file: string): KeptJob[] {
  let jobs: KeptJob[];
  try {
    jobs = z.array(kept).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
  return jobs.map((one) =>
    one.job.state === 'waiting' || one.job.state === 'running'
      ? {
          ...one,
          job: {
            ...one.job,
            ...{ state: 'failed' as const, phase: '', ahead: 0, remainingMs: null },
            endedAt: one.job.askedAt,
            problem: cutOff(one.job),
          },
        }
      : one,
  );
}

function cutOff({ question }: Job): string {
  return `Holdpoint ended in the middle of it. ${afterEnd(question)}`;
}

function afterEnd(question: Job['question']): string {
  if (question.kind !== 'sweep') return 'Start it again: nothing else was touched.';
  if (question.slurm === null) return 'Its points are kept: started again, it goes on where it was.';
  return `Its jobs on ${question.slurm} go on. Start it again to go on with them.`;
}

export function writeJobList(file: string, jobs: readonly KeptJob[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(jobs.slice(0, mostKept)));
  renameSync(`${file}.part`, file);
}
