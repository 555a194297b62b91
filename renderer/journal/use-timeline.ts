import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TimelineRow } from '../../shared/contract/journal.ts';
import { sentenceOf, useService } from '../app/index.ts';
import { joinNewest } from './timeline.ts';

const pageSize = 200;

export interface Timeline {
  /** Null before the first page. With another filter the rows stay until the new ones are there. */
  rows: readonly TimelineRow[] | null;
  total: number;
  problem: string;
  /** Reads the next older page, if there is one and none is being read. */
  more: () => void;
}

interface Known {
  rows: readonly TimelineRow[];
  before: number | null;
  total: number;
}

/** What one filter has brought so far. Another filter begins another one, and late answers of the old one are dropped. */
interface Reading {
  known: Known | null;
  busy: boolean;
  /** The journal has grown while a page was being read. */
  grown: boolean;
}

const nothingRead = (): Reading => ({ known: null, busy: false, grown: false });

/** The journal from its newest entry back. Entries never change, so older pages are read once and new ones put on top. */
export function useTimeline(groups: readonly string[], text: string): Timeline {
  const { client, queries } = useService();
  const entries = useQuery(queries.journal.status.queryOptions()).data?.entries;
  const [shown, setShown] = useState<Known | null>(null);
  const [problem, setProblem] = useState('');
  const current = useRef(nothingRead());

  const read = useCallback(
    async (from: 'newest' | 'older'): Promise<void> => {
      const reading = current.current;
      if (reading.busy) {
        if (from === 'newest') reading.grown = true;
        return;
      }
      const before = from === 'newest' ? null : (reading.known?.before ?? null);
      if (from === 'older' && before === null) return;
      reading.busy = true;
      try {
        const page = await client.journal.page({ before, limit: pageSize, groups: [...groups], text });
        if (current.current !== reading) return;
        reading.known = from === 'newest' ? putOnTop(page, reading.known) : putBelow(page, reading.known);
        setShown(reading.known);
        setProblem('');
      } catch (error) {
        if (current.current === reading) setProblem(sentenceOf(error));
      } finally {
        reading.busy = false;
      }
      if (!reading.grown) return;
      reading.grown = false;
      await read('newest');
    },
    [client, groups, text],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever `read` was made of, another one asks anew.
  useEffect(() => {
    current.current = nothingRead();
  }, [read]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again whenever the journal has grown.
  useEffect(() => void read('newest'), [read, entries]);

  const more = useCallback(() => void read('older'), [read]);
  return { rows: shown?.rows ?? null, total: shown?.total ?? 0, problem, more };
}

function putOnTop(page: Known, known: Known | null): Known {
  const rows = known && joinNewest(known.rows, page.rows);
  return known && rows ? { ...known, rows, total: page.total } : page;
}

function putBelow(page: Known, known: Known | null): Known {
  return { ...page, rows: [...(known?.rows ?? []), ...page.rows] };
}
