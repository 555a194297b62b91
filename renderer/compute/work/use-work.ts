import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer, Job, JobKind, Question } from '../../../shared/contract/compute/index.ts';
import {
  type Action,
  type BoundCommand,
  sentenceOf,
  useAction,
  useCommands,
  useComputeJobs,
  useService,
} from '../../app/index.ts';
import { computeCommands } from '../commands/index.ts';
import type { Draft } from './forms.ts';
import { isUnderWay, jobsOf, jobToShow } from './job-words.ts';

/** How often the points of a sweep that runs are asked for. */
const partMs = 1000;

export interface Place {
  /** The job whose answer is shown. */
  job?: string;
  onJob: (job: string) => void;
}

/** What a screen of compute stands on: its jobs, the one that is shown, its answer, and what can be done. */
export interface Work {
  kinds: readonly JobKind[];
  jobs: Job[] | undefined;
  shown: Job | null;
  answer: Answer | null;
  /** Why jobs or answer cannot be shown. */
  problem: string | null;
  select: (job: string) => void;
  commands: Partial<Record<keyof typeof computeCommands, BoundCommand>>;
  start: Action<Question>;
  dialog: JobKind | 'export' | null;
  closeDialog: () => void;
  first?: Draft;
}

/** `first`: what a dialog that starts a job knows already. */
export function useWork(kinds: readonly JobKind[], { job: place, onJob }: Place, first?: Draft): Work {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const [dialog, setDialog] = useState<Work['dialog']>(null);
  const jobsQuery = useQuery(queries.compute.jobs.queryOptions());
  const jobs = jobsOf(useComputeJobs(), kinds);
  const shown = jobToShow(jobs ?? [], place);
  const { answer, error } = useAnswer(shown);

  const put = (next: Job[]) => cache.setQueryData<Job[]>(queries.compute.jobs.queryKey(), next);
  const onStarted = (job: Job) => {
    setDialog(null);
    cache.setQueryData<Job[]>(queries.compute.jobs.queryKey(), (before) => [
      job,
      ...(before ?? []).filter(({ id }) => id !== job.id),
    ]);
    onJob(job.id);
  };
  const start = useAction((question: Question) => client.compute.start({ question }), { onDone: onStarted });
  const again = useAction((question: Question) => client.compute.start({ question, fresh: true }), {
    onDone: onStarted,
    failure: 'It was not computed again',
  });
  const cancel = useAction((id: string) => client.compute.cancel({ id }), {
    onDone: put,
    failure: 'The job was not cancelled',
  });
  const forget = useAction((id: string) => client.compute.forget({ id }), {
    onDone: put,
    failure: 'The job is still in the list',
  });

  const active = shown && isUnderWay(shown) ? shown : jobs?.find(isUnderWay);
  const asks = Object.fromEntries(kinds.map((kind) => [kind, { run: () => setDialog(kind) }]));
  const commands = useCommands(computeCommands, {
    ...asks,
    cancel: active ? { run: () => cancel.run(active.id) } : null,
    again: shown && {
      run: () => again.run(shown.question),
      why: isUnderWay(shown) ? 'It is being computed already.' : null,
    },
    export: shown && {
      run: () => setDialog('export'),
      why: shown.state === 'done' ? null : 'There is no answer to export yet.',
    },
    forget: shown && {
      run: () => forget.run(shown.id),
      why: isUnderWay(shown) ? 'Cancel it first.' : null,
    },
  });

  return {
    kinds,
    jobs,
    shown,
    answer,
    problem: jobsQuery.error ? sentenceOf(jobsQuery.error) : error,
    select: onJob,
    commands,
    start,
    dialog,
    closeDialog: () => setDialog(null),
    first,
  };
}

/** An answer is read once; what a sweep has so far is read again until it is over. */
function useAnswer(shown: Job | null): { answer: Answer | null; error: string | null } {
  const { queries } = useService();
  const isPart = shown?.state === 'running' && shown.question.kind === 'sweep';
  const options = queries.compute.answer.queryOptions({ input: { id: shown?.id ?? '' } });
  const whole = useQuery({ ...options, enabled: shown?.state === 'done' });
  const part = useQuery({
    ...options,
    queryKey: [...options.queryKey, 'so far'],
    enabled: isPart,
    refetchInterval: partMs,
  });
  const hasPart = isPart || (shown?.state === 'done' && shown.question.kind === 'sweep');
  if (shown?.state !== 'done' && !isPart) return { answer: null, error: null };
  const error = isPart ? part.error : whole.error;
  return {
    answer: (isPart ? null : whole.data) ?? (hasPart ? part.data : null) ?? null,
    error: error && sentenceOf(error),
  };
}
