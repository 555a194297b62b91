import { SlurmError } from './errors.ts';

/** What a sweep may ask of Slurm; empty is what the cluster has as its default. */
export interface Request {
  partition: string;
  account: string;
  time: string;
  memory: string;
}

interface Refusal {
  pattern: RegExp;
  sentence(host: string, request: Request): string;
}

/** What sbatch says when it takes no job (it is not translated), and what to do about it. */
const refusals: Refusal[] = [
  {
    pattern: /invalid partition/i,
    sentence: (host, { partition }) =>
      `${host} has no partition "${partition}". "sinfo -s" there names them; give one of those.`,
  },
  {
    pattern: /Invalid job array specification/,
    sentence: (host) =>
      `${host} takes no array of so many tasks. Give fewer with --array-limit; "scontrol show config" there says MaxArraySize.`,
  },
  {
    pattern: /Invalid --time specification/,
    sentence: (_, { time }) =>
      `"${time}" is no time of Slurm's. Give the time limit as minutes, or as h:mm:ss.`,
  },
  {
    pattern: /time limit is invalid|TimeLimit/i,
    sentence: (host, { time }) =>
      `${host} does not give a task ${time || 'its default time'}: the partition's limit is lower. Give a lower time limit.`,
  },
  {
    pattern: /Invalid account/i,
    sentence: (host, { account }) =>
      `${host} does not take jobs of ${account ? `the account "${account}"` : 'no account'} there. Give an account of yours.`,
  },
  {
    pattern: /Memory specification can not be satisfied|node configuration is not available/i,
    sentence: (host, { memory }) =>
      `No node of ${host} has what a task asks for${memory ? ` (${memory} of memory)` : ''}. Give another partition, or less memory (--memory on the command line).`,
  },
  {
    pattern: /Job violates accounting\/QOS policy|Limit|temporarily unable to accept job/i,
    sentence: (host) =>
      `A limit of ${host} is reached: it takes no further job of yours now. Wait until others have ended, or give fewer tasks with --array-limit.`,
  },
];

/** Turns what sbatch printed into an error that says what to change. */
export function explainRefusal(host: string, words: string, request: Request): SlurmError {
  const said = words.replaceAll(/^sbatch: (?:error: )?/gm, '').trim();
  if (/Unable to contact slurm controller|Connection refused|timed out/i.test(said))
    return noAnswer(host, said);
  const known = refusals.find(({ pattern }) => pattern.test(said));
  const sentence = known?.sentence(host, request) ?? `${host} did not take the job.`;
  return new SlurmError('refused', `${sentence} sbatch said: ${said.split('\n').at(-1) || 'nothing'}.`);
}

export function noAnswer(host: string, words: string): SlurmError {
  return new SlurmError(
    'no-answer',
    `Slurm's controller does not answer on ${host}: ${words.trim().split('\n').at(-1)}. Ask whoever runs it, or try again later.`,
  );
}
