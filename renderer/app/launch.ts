import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef } from 'react';
import type { Launch } from '../../shared/contract/pack.ts';
import { sentenceOf } from './errors.ts';
import { useService } from './service.ts';

export const LaunchContext = createContext<Launch | null>(null);

/** The open launch. Only below a screen that needs one. */
export function useLaunch(): Launch {
  const launch = useContext(LaunchContext);
  if (!launch) throw new Error('useLaunch needs an open launch');
  return launch;
}

/** The open launch; null without one, undefined before the first answer, with the reason why there is none. */
export function useCurrentLaunch(): { launch: Launch | null | undefined; problem: string | null } {
  const { queries } = useService();
  const { data, error } = useQuery(queries.pack.current.queryOptions());
  return { launch: data, problem: error && sentenceOf(error) };
}

/** Drops what was read of another launch, so that no figure of one is ever shown under the name of another. */
export function useForgetOtherLaunch(launch: Launch | null | undefined): void {
  const cache = useQueryClient();
  const { queries } = useService();
  // A copy has the id of the launch it was made from.
  const id = launch === undefined ? undefined : launch && `${launch.id} ${launch.copy?.sha256 ?? ''}`;
  const before = useRef(id);
  useEffect(() => {
    const was = before.current;
    before.current = id;
    if (was === undefined || was === id) return;
    for (const domain of [
      queries.checklist,
      queries.checks,
      queries.board,
      queries.runbook,
      queries.hardware,
      queries.journal,
      queries.session,
      queries.sandbox,
      queries.compute,
      queries.signoff,
    ]) {
      void cache.resetQueries({ queryKey: domain.key() });
    }
  }, [id, cache, queries]);
}
