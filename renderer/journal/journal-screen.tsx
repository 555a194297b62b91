import { counted } from '../../shared/units.ts';
import './journal.css';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useCommands, useService } from '../app/index.ts';
import {
  Age,
  Banner,
  EmptyState,
  Filters,
  Glyph,
  ListHead,
  Page,
  SearchField,
  Skeleton,
} from '../ui/index.ts';
import { journalCommands } from './commands/index.ts';
import { EntryInspector } from './entry-inspector.tsx';
import { groupByDay, keyOf } from './timeline.ts';
import { TimelineList } from './timeline-list.tsx';
import { useTimeline } from './use-timeline.ts';

const groups = ['all', 'item', 'check', 'role', 'run', 'clock', 'pack'] as const;
type Group = (typeof groups)[number];
const labels: Record<Group, string> = {
  all: 'All',
  item: 'Items',
  check: 'Checks',
  role: 'Roles',
  run: 'Runs',
  clock: 'Clock',
  pack: 'Pack',
};

/** Everything that happened, newest first. */
export function JournalScreen() {
  const { queries } = useService();
  const { data: status } = useQuery(queries.journal.status.queryOptions());
  const [group, setGroup] = useState<Group>('all');
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const [selected, setSelected] = useState<string | null>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useCommands(journalCommands, { search: { run: () => searchField.current?.focus() } });

  const asked = useMemo(() => (group === 'all' ? [] : [group]), [group]);
  const { rows, total, problem, more } = useTimeline(asked, wanted);
  const lines = useMemo(() => groupByDay(rows ?? []), [rows]);
  const row = rows?.find((one) => keyOf(one) === selected) ?? rows?.[0] ?? null;

  return (
    <Page title="Journal" inspector={<EntryInspector row={row} />}>
      {status?.problem && (
        <Banner tone="fail" glyph={<Glyph kind="fail" word="problem" />} alarm>
          {status.problem}
        </Banner>
      )}
      {problem && (
        <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
          The journal cannot be shown. {problem}
        </Banner>
      )}
      <section className="panel panel-fills journal-panel" aria-label="Timeline">
        <ListHead>
          <Filters
            label="Which entries"
            value={group}
            onChange={setGroup}
            filters={groups.map((name) => ({ value: name, label: labels[name] }))}
          />
          <SearchField
            ref={searchField}
            label="Search"
            value={text}
            onChange={setText}
            keys="/"
            onLeave={() => list.current?.focus()}
          />
          <span className="journal-status mute">
            {rows && counted(total, 'entry', 'entries')}
            {status?.lastBackup && (
              <>
                {' '}
                · backup <Age at={status.lastBackup} />
              </>
            )}
          </span>
        </ListHead>
        {rows === null && !problem && <Skeleton rows={24} />}
        {rows?.length === 0 && (
          <EmptyState>
            {text || group !== 'all' ? 'No entry is like that.' : 'Nothing has happened yet.'}
          </EmptyState>
        )}
        {rows && rows.length > 0 && (
          <TimelineList
            lines={lines}
            selected={row && keyOf(row)}
            onSelect={setSelected}
            onNearEnd={more}
            box={list}
          />
        )}
      </section>
    </Page>
  );
}
