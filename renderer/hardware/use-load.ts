import { useEffect, useState } from 'react';
import type { MachineLoad } from '../../shared/contract/hardware.ts';
import { useService } from '../app/index.ts';
import type { LoadPoint } from './load-chart.tsx';

/** Five minutes at one point every three seconds. */
const mostPoints = 100;

export interface Load {
  now: MachineLoad | null;
  points: readonly LoadPoint[];
}

/** Load of this machine, measured only while somebody looks. */
export function useLoad(): Load {
  const { client, link } = useService();
  const [load, setLoad] = useState<Load>({ now: null, points: [] });
  useEffect(() => {
    if (link.phase === 'lost') return;
    const end = new AbortController();
    const follow = async () => {
      for await (const now of await client.hardware.watchLoad(undefined, { signal: end.signal })) {
        if (end.signal.aborted) return;
        const point = {
          at: Date.parse(now.at),
          cpuFraction: now.cpuFraction,
          memoryFraction: now.memoryUsedBytes / now.memoryBytes,
        };
        setLoad(({ points }) => ({ now, points: [...points, point].slice(-mostPoints) }));
      }
    };
    // Without a measurement the last figures stay, and their age with them.
    follow().catch(() => undefined);
    return () => end.abort();
  }, [client, link.phase]);
  return load;
}
