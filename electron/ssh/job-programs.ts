import { common } from './job-script-common.ts';
import { cancel, sweep } from './job-script-end.ts';
import { attachOnly, following as followingScript } from './job-script-follow.ts';
import { starting, startOrAttach } from './job-script-start.ts';
import { quote } from './quote.ts';
import type { Job } from './types.ts';

/** Where jobs are kept on a host, and where its kernel tells of itself. */
export interface JobPlace {
  /** Shell text for the folder of all jobs: a quoted path, or one that begins with "$HOME". */
  root: string;
  /** `/proc`, except in tests that restart a host. */
  proc: string;
  /** What can give a script a process group, the best first. */
  tools: readonly string[];
}

export interface Following {
  /** Stands before every line of the protocol, so that nothing else is taken for one. */
  nonce: string;
  /** How much of the output is known already, in bytes. */
  offset: number;
  keepAliveSeconds: number;
}

/** Starts a job unless it is there, and follows it. `sentSecondsAgo` is 0 unless it may have been sent before. */
export function startProgram(
  place: JobPlace,
  job: Job,
  following: Following,
  sentSecondsAgo: number,
): string {
  const seconds = job.timeoutMs / 1000;
  const exports = Object.entries(job.env).map(([name, value]) => `export ${name}=${quote(value)}`);
  const interpreter = job.shell.split(/\s+/).filter(Boolean).map(quote);
  return [
    ...placeLines(place, job.id),
    ...followingLines(following),
    `tools=${quote(place.tools.join(' '))}`,
    `ago=${sentSecondsAgo} limit=${seconds > 10 ? Math.ceil(seconds) : seconds} limit_whole=${Math.ceil(seconds)}`,
    compact(common + followingScript + starting),
    shellFunction('write_script', [`printf %s ${quote(job.script)}`]),
    shellFunction('export_values', exports),
    shellFunction('launch', [`go ${interpreter.join(' ')} "$dir/script"`]),
    compact(startOrAttach),
  ].join('\n');
}

/** Follows a job that is there, and never starts it. */
export function attachProgram(place: JobPlace, id: string, following: Following): string {
  return [
    ...placeLines(place, id),
    ...followingLines(following),
    compact(common + followingScript + attachOnly),
  ].join('\n');
}

export function cancelProgram(place: JobPlace, id: string): string {
  return [...placeLines(place, id), compact(common + cancel)].join('\n');
}

export function sweepProgram(place: JobPlace, olderSeconds: number): string {
  return [`root=${place.root} older=${olderSeconds}`, compact(common + sweep)].join('\n');
}

function placeLines({ root, proc }: JobPlace, id: string): string[] {
  return [`root=${root} proc=${quote(proc)}`, `dir=$root/${id}`];
}

function followingLines({ nonce, offset, keepAliveSeconds }: Following): string[] {
  return [`nonce=${nonce} offset=${offset} keep_alive=${Math.ceil(keepAliveSeconds)}`];
}

function shellFunction(name: string, lines: readonly string[]): string {
  return [`${name}() {`, ':', ...lines, '}'].join('\n');
}

/** Leaves comments and indentation at home. */
function compact(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n');
}
