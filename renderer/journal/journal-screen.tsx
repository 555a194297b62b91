import { counted } from '../../shared/units.ts';
import './journal.css';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { AuditDialog, CommandButton, useCommands, useService } from '../app/index.ts';
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
import { type Group, groups } from './groups.ts';
import { PinDialog } from './pin-dialog.tsx';
import { groupByDay, keyOf } from './timeline.ts';
import { TimelineList } from './timeline-list.tsx';
import { usePins } from './use-pins.ts';
import { useTimeline } from './use-timeline.ts';

const filters = Object.entries(groups).map(([value, { label }]) => ({ value: value as Group, label }));

/** Everything that happened, newest first. */
export function JournalScreen() {
  const { queries } = useService();
  const { data: status } = useQuery(queries.journal.status.queryOptions());
  const [group, setGroup] = useState<Group>('all');
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const [selected, setSelected] = useState<string | null>(null);
  const [pinning, setPinning] = useState(false);
  const [auditing, setAuditing] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const timeline = useTimeline(groups[group].kinds, wanted);
  const curated = usePins(wanted);
  const { rows, total, problem, more } = group === 'pinned' ? curated.timeline : timeline;
  const lines = useMemo(() => groupByDay(rows ?? []), [rows]);
  const row = rows?.find((one) => keyOf(one) === selected) ?? rows?.[0] ?? null;

  const pin = row ? curated.pins.get(keyOf(row)) : undefined;
  const why = row ? null : 'No entry is selected.';
  const commands = useCommands(journalCommands, {
    search: { run: () => searchField.current?.focus() },
    pin: { run: () => setPinning(true), why },
    unpin: { run: () => row && curated.unpin(row), why: why ?? (pin ? null : 'The entry is not pinned.') },
    audit: { run: () => setAuditing(true) },
    story: {
      run: curated.save,
      why: curated.pins.size > 0 ? null : 'Pin the entries first that tell the story.',
    },
  });

  return (
    <Page title="Journal" inspector={<EntryInspector row={row} pin={pin} commands={commands} />}>
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
          <Filters label="Which entries" value={group} onChange={setGroup} filters={filters} />
          <SearchField
            ref={searchField}
            label="Search"
            value={text}
            onChange={setText}
            keys="/"
            onLeave={() => list.current?.focus()}
          />
          {group === 'pinned' ? (
            <span className="journal-status">
              <CommandButton command={commands.story} />
            </span>
          ) : (
            <span className="journal-status mute">
              {rows && counted(total, 'entry', 'entries')}
              {status?.lastBackup && (
                <>
                  {' '}
                  · backup <Age at={status.lastBackup} />
                </>
              )}
              <CommandButton command={commands.audit} />
            </span>
          )}
        </ListHead>
        {rows === null && !problem && <Skeleton rows={24} />}
        {rows?.length === 0 && <EmptyState>{emptyWords(group, text)}</EmptyState>}
        {rows && rows.length > 0 && (
          <TimelineList
            lines={lines}
            notes={curated.notes}
            selected={row && keyOf(row)}
            onSelect={setSelected}
            onNearEnd={more}
            box={list}
          />
        )}
      </section>
      {auditing && <AuditDialog onClose={() => setAuditing(false)} />}
      {pinning && row && <PinDialog row={row} note={pin?.note ?? ''} onClose={() => setPinning(false)} />}
    </Page>
  );
}

function emptyWords(group: Group, text: string): string {
  if (text) return 'No entry is like that.';
  if (group === 'pinned') return 'Nothing is pinned. P pins the selected entry and tells it in your words.';
  return group === 'all' ? 'Nothing has happened yet.' : 'No entry is like that.';
}
