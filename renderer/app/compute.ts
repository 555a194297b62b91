import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Job } from '../../shared/contract/compute/index.ts';
import { useCurrentLaunch } from './launch.ts';
import { useService } from './service.ts';

/** What compute was asked in the open launch, newest first; undefined until it is known. */
export function useComputeJobs(): Job[] | undefined {
  const { queries } = useService();
  const { launch } = useCurrentLaunch();
  return useQuery({ ...queries.compute.jobs.queryOptions(), enabled: Boolean(launch) }).data;
}

/** What a job leaves behind is asked for again when one has ended, not with each of its steps. */
export function useJobEnds(jobs: readonly Job[] | undefined): void {
  const { queries } = useService();
  const cache = useQueryClient();
  const ended = jobs
    ?.filter(({ endedAt }) => endedAt !== null)
    .map(({ id }) => id)
    .join(' ');
  const before = useRef(ended);
  useEffect(() => {
    const was = before.current;
    before.current = ended;
    if (was === undefined || was === ended) return;
    for (const left of [queries.compute.models, queries.compute.trials, queries.compute.files]) {
      void cache.invalidateQueries({ queryKey: left.key() });
    }
  }, [ended, cache, queries]);
}

/** What compute does now, for the foot of the window; null while it rests. */
export function computeWords(jobs: readonly Job[]): string | null {
  const running = jobs.filter(({ state }) => state === 'running');
  const waiting = jobs.filter(({ state }) => state === 'waiting').length;
  const first = running.at(-1);
  if (!first) return waiting > 0 ? `compute: ${waiting} waiting` : null;
  return [
    first.title,
    `${Math.floor(first.share * 100)} %`,
    running.length > 1 && `${running.length - 1} more running`,
    waiting > 0 && `${waiting} waiting`,
  ]
    .filter(Boolean)
    .join(' · ');
}
