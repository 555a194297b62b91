import type { Job, JobKind } from '../../../shared/contract/compute/index.ts';
import { counted, formatDuration } from '../../../shared/units.ts';
import { formatMoment, type GlyphKind } from '../../ui/index.ts';

export const jobGlyphs: Record<Job['state'], { kind: GlyphKind; word: string }> = {
  waiting: { kind: 'open', word: 'waits' },
  running: { kind: 'running', word: 'running' },
  done: { kind: 'done', word: 'done' },
  failed: { kind: 'failed', word: 'failed' },
  cancelled: { kind: 'left-out', word: 'cancelled' },
};

export const isUnderWay = ({ state }: Job): boolean => state === 'waiting' || state === 'running';

/** The job whose answer is shown: the one asked for, else the newest that has one, else the newest. */
export function jobToShow(jobs: readonly Job[], asked: string | undefined): Job | null {
  return jobs.find(({ id }) => id === asked) ?? jobs.find(({ state }) => state === 'done') ?? jobs[0] ?? null;
}

/** Jobs of a screen. */
export function jobsOf(jobs: readonly Job[] | undefined, kinds: readonly JobKind[]): Job[] | undefined {
  return jobs?.filter(({ question }) => kinds.includes(question.kind));
}

/** Where a job is, or what came of it, in a line. */
export function jobWords(job: Job, now: Date): string {
  switch (job.state) {
    case 'waiting':
      return job.ahead === 0 ? 'next' : `waits for ${counted(job.ahead, 'job')}`;
    case 'running':
      return [
        job.phase,
        `${Math.floor(job.share * 100)} %`,
        job.remainingMs === null ? '' : `about ${formatDuration(job.remainingMs)} left`,
      ]
        .filter(Boolean)
        .join(' · ');
    case 'done':
      return [
        job.outcome,
        job.stored === null
          ? `in ${formatDuration(job.elapsedMs)}`
          : `from the store, computed ${formatMoment(new Date(job.stored), now)}`,
      ]
        .filter(Boolean)
        .join(' · ');
    case 'failed':
      return job.problem;
    case 'cancelled':
      return `cancelled after ${formatDuration(job.elapsedMs)}`;
  }
}
