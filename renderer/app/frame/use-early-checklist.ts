import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useService } from '../service.ts';

/** Reads the checklist once the window has nothing else to do, so that its screen and the palette never wait for it. */
export function useEarlyChecklist(launch: string | undefined): void {
  const { queries } = useService();
  const cache = useQueryClient();
  useEffect(() => {
    if (launch === undefined) return;
    const waiting = requestIdleCallback(() => void cache.prefetchQuery(queries.checklist.get.queryOptions()));
    return () => cancelIdleCallback(waiting);
  }, [launch, cache, queries]);
}
