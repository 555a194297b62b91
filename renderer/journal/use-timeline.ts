import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TimelineRow } from '../../shared/contract/journal.ts';
import { sentenceOf, useService } from '../app/index.ts';
import { joinNewest } from './timeline.ts';

const pageSize = 200;

export interface Timeline {
  /** Null before the first page. */
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

/** The journal from its newest entry back. Entries never change, so older pages are read once and new ones put on top. */
export function useTimeline(groups: readonly string[], text: string): Timeline {
  const { client, queries } = useService();
  const entries = useQuery(queries.journal.status.queryOptions()).data?.entries;
  const key = `${groups.join()} ${text}`;
  const [known, setKnown] = useState<Known | null>(null);
  const [problem, setProblem] = useState('');
  const state = useRef({ key, known, reading: false });
  if (state.current.key !== key) state.current = { key, known: null, reading: false };

  const read = useCallback(
    async (before: number | null, join: (page: Known, known: Known | null) => Known) => {
      const asked = state.current;
      if (asked.reading) return;
      asked.reading = true;
      try {
        const page = await client.journal.page({ before, limit: pageSize, groups: [...groups], text });
        if (state.current !== asked) return;
        asked.known = join(page, asked.known);
        setKnown(asked.known);
        setProblem('');
      } catch (error) {
        if (state.current === asked) setProblem(sentenceOf(error));
      } finally {
        asked.reading = false;
      }
    },
    [client, groups, text],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again whenever the journal has grown.
  useEffect(() => {
    void read(null, (page, before) => {
      const rows = before && joinNewest(before.rows, page.rows);
      return before && rows ? { ...before, rows, total: page.total } : page;
    });
  }, [read, entries]);

  const more = useCallback(() => {
    const { known: now } = state.current;
    if (!now || now.before === null) return;
    void read(now.before, (page, before) => ({
      ...page,
      rows: [...(before?.rows ?? []), ...page.rows],
    }));
  }, [read]);

  const shown = state.current.known ? known : null;
  return { rows: shown?.rows ?? null, total: shown?.total ?? 0, problem, more };
}
