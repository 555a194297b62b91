import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Pin, TimelineRow } from '../../shared/contract/journal.ts';
import { saveText, sentenceOf, useAction, useService } from '../app/index.ts';
import { keyOf } from './timeline.ts';
import type { Timeline } from './use-timeline.ts';

export interface Pins {
  pins: ReadonlyMap<string, Pin>;
  notes: ReadonlyMap<string, string>;
  /** The pinned entries alone, newest first, as the list of all of them has it. */
  timeline: Timeline;
  unpin: (row: TimelineRow) => void;
  /** Gives the curated timeline as a file. */
  save: () => void;
}

/** What was pinned, and is told in somebody's words. */
export function usePins(wanted: string): Pins {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const { data, error } = useQuery(queries.journal.pins.queryOptions());
  const unpin = useAction(({ device, seq }: TimelineRow) => client.journal.unpin({ device, seq }), {
    onDone: (pins) => cache.setQueryData(queries.journal.pins.queryKey(), pins),
    failure: 'The pin is still there',
  });
  const story = useAction(() => client.journal.story(), {
    onDone: ({ name, markdown }) => saveText(name, markdown),
    failure: 'The timeline was not exported',
  });
  const pins = useMemo(() => new Map((data ?? []).map((pin) => [keyOf(pin.row), pin])), [data]);
  const notes = useMemo(() => new Map([...pins].map(([key, { note }]) => [key, note])), [pins]);
  const rows = useMemo(() => {
    const text = wanted.toLowerCase();
    return data
      ?.filter(({ row, note }) => `${row.author} ${row.text} ${note}`.toLowerCase().includes(text))
      .map(({ row }) => row)
      .toReversed();
  }, [data, wanted]);
  return {
    pins,
    notes,
    timeline: {
      rows: rows ?? null,
      total: rows?.length ?? 0,
      problem: error ? sentenceOf(error) : '',
      more: nothing,
    },
    unpin: unpin.run,
    save: () => story.run(undefined),
  };
}

const nothing = () => undefined;
