import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Launch } from '../../../shared/contract/pack.ts';
import { useService } from '../service.ts';

/** The decision and the launch in the window's title, for whoever sees only the task switcher. */
export function useWindowTitle(launch: Launch | null | undefined): void {
  const { queries } = useService();
  const decision = useQuery({ ...queries.board.get.queryOptions(), enabled: Boolean(launch) }).data?.decision;
  const name =
    launch && `${launch.system} ${launch.version} (${launch.mode === 'live' ? 'LIVE' : 'rehearsal'})`;
  const title = [decision?.toUpperCase(), name, 'Holdpoint'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
