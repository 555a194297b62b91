import './checklist.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Checklist, Item } from '../../shared/contract/checklist.ts';
import { CommandButton, sentenceOf, useCommands, useFrame, useService } from '../app/index.ts';
import {
  Banner,
  Button,
  Filters,
  Glyph,
  ListHead,
  Page,
  Panel,
  PanelBody,
  SearchField,
  Skeleton,
} from '../ui/index.ts';
import { checklistCommands } from './commands/index.ts';
import {
  countFilters,
  type FilterName,
  filterLabels,
  filterNames,
  matcherOf,
  searcherOf,
} from './filters.ts';
import { groupFindings } from './findings.ts';
import { ItemInspector } from './inspector.tsx';
import { tickOf } from './item-actions.ts';
import { ItemDialog } from './item-dialogs.tsx';
import { ItemList, type ItemListHandle } from './item-list.tsx';
import { NoRows } from './no-rows.tsx';
import { RematchDialog } from './rematch-dialog.tsx';
import { buildRows, type Row } from './rows.ts';
import { SectionInspector } from './section-inspector.tsx';
import { useItemActions } from './use-item-actions.ts';
import { useSelection } from './use-selection.ts';

export interface ChecklistPlace {
  filter?: FilterName;
  item?: string;
}

export interface ChecklistScreenProps extends ChecklistPlace {
  /** Keeps the place in the address, so that going back comes back here. */
  onPlace: (place: ChecklistPlace) => void;
}

/** What is proven, what is only claimed, what is next. */
export function ChecklistScreen(props: ChecklistScreenProps) {
  const { queries } = useService();
  const { data: checklist, error } = useQuery(queries.checklist.get.queryOptions());
  if (checklist) return <LoadedChecklist checklist={checklist} {...props} />;
  return (
    <Page title="Checklist" inspector={<Skeleton rows={6} />}>
      {error ? (
        <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
          The checklist cannot be shown. {sentenceOf(error)}
        </Banner>
      ) : (
        <Panel title="Checklist" fills className="list-panel">
          <Skeleton rows={24} />
        </Panel>
      )}
    </Page>
  );
}

function LoadedChecklist({
  checklist,
  filter = 'all',
  item: place,
  onPlace,
}: ChecklistScreenProps & { checklist: Checklist }) {
  const { queries } = useService();
  const navigate = useNavigate();
  const { commands: frame } = useFrame();
  const me = useQuery(queries.settings.get.queryOptions()).data?.name ?? '';
  const [search, setSearch] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<ItemListHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const actions = useItemActions(checklist.notWritten);
  const [asksLater, setAsksLater] = useState(false);

  const counts = useMemo(() => countFilters(checklist, me), [checklist, me]);
  const rows = useMemo(() => {
    const matches = matcherOf(filter, checklist, me);
    const finds = searcherOf(search);
    return buildRows(checklist, {
      matches: finds ? (item) => matches(item) && finds(item) : matches,
      closed: finds ? new Set() : closed,
    });
  }, [checklist, filter, me, search, closed]);
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const findings = useMemo(() => groupFindings(checklist), [checklist]);

  const [selected, select] = useSelection(place, (item) => onPlace({ filter, item }));
  // A row that leaves the list, because it was just marked, leaves its place to the next one.
  const lastAt = useRef(0);
  const row =
    (selected === null ? undefined : byKey.get(selected)) ??
    rows.slice(lastAt.current).find(isMatch) ??
    rows.findLast(isMatch);
  const key = row?.key ?? null;
  useEffect(() => {
    lastAt.current = Math.max(
      0,
      rows.findIndex((one) => one.key === key),
    );
  }, [rows, key]);
  const item = row?.kind === 'item' ? row.item : null;

  useEffect(() => list.current?.focus(), []);

  const toggle = useCallback((which: string) => {
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(which)) next.add(which);
      return next;
    });
  }, []);
  const latest = useRef({ actions, byKey });
  latest.current = { actions, byKey };
  const tick = useCallback((which: string) => {
    const ticked = latest.current.byKey.get(which);
    if (ticked?.kind === 'item') latest.current.actions.tick(ticked.item);
  }, []);
  const step = (by: number) => {
    const at = rows.findIndex((one) => one.key === key);
    const next = rows[Math.min(Math.max(0, at + by), rows.length - 1)];
    if (next) select(next.key);
  };

  /** The way back leads to the row that was selected, although the address tells of it only once the keys rest. */
  const review = async (id: string) => {
    await navigate({ to: '/checklist', search: { filter, item: id }, replace: true });
    await navigate({ to: '/review', search: { item: id } });
  };

  const bound = useCommands(checklistCommands, {
    ...actions.bindingsFor(item),
    review: item && { run: () => void review(item.id) },
    next: { run: () => step(1) },
    previous: { run: () => step(-1) },
    children: {
      run: () => row && toggle(row.key),
      why: row && (row.kind === 'section' || row.hasChildren) ? null : 'Nothing hangs below this item.',
    },
    search: { run: () => searchField.current?.focus() },
  });
  const { next: _, previous: __, children: ___, search: ____, ...ofItem } = bound;
  // Its key answers why not; a button that says so would only be in the way.
  if (item && tickOf(item).does !== 'mark') delete ofItem.done;
  const asks = checklist.unmatched.length > 0;

  return (
    <Page
      title="Checklist"
      inspector={
        item ? (
          <ItemInspector item={item} path={pathOf(checklist, item)} commands={ofItem} />
        ) : row?.kind === 'section' ? (
          <SectionInspector row={row} findings={findings.get(row.section.id) ?? []} />
        ) : (
          <Panel title="Selected item" fills className="inspector">
            <PanelBody>
              <p className="soft">Nothing is selected.</p>
            </PanelBody>
          </Panel>
        )
      }
    >
      {checklist.notWritten && (
        <Banner tone="hold" glyph={<Glyph kind="hold" word="not written" />}>
          {checklist.notWritten}
        </Banner>
      )}
      {asks && (
        <Banner
          tone="hold"
          glyph={<Glyph kind="unknown" word="asks" />}
          action={<Button onPress={() => setAsksLater(false)}>Match them…</Button>}
        >
          The file has changed. {checklist.unmatched.length}{' '}
          {checklist.unmatched.length === 1 ? 'item with a history is' : 'items with a history are'} no longer
          in it.
        </Banner>
      )}
      <section className="panel panel-fills list-panel" aria-label="Items">
        <ListHead>
          <Filters
            label="Which items"
            value={filter}
            onChange={(next) => {
              lastAt.current = 0;
              onPlace({ filter: next === 'all' ? undefined : next, item: item?.id });
            }}
            filters={filterNames.map((name) => ({
              value: name,
              label: filterLabels[name],
              count: counts[name],
            }))}
          />
          <SearchField
            ref={searchField}
            label="Search"
            value={search}
            onChange={(next) => {
              lastAt.current = 0;
              setSearch(next);
            }}
            keys="/"
            onLeave={() => list.current?.focus()}
          />
          <CommandButton command={frame.export} tone="quiet">
            Export
          </CommandButton>
        </ListHead>
        {rows.length === 0 && <NoRows checklist={checklist} filter={filter} search={search} />}
        <ItemList
          ref={list}
          label="Checklist"
          rows={rows}
          selected={key}
          onSelect={select}
          onToggle={toggle}
          onTick={tick}
          findings={findings}
        />
      </section>
      {actions.question && (
        <ItemDialog
          asked={actions.question}
          onDone={actions.onDone}
          onAsk={actions.setQuestion}
          onClose={() => actions.setQuestion(null)}
        />
      )}
      {asks && !asksLater && (
        <RematchDialog unmatched={checklist.unmatched} onClose={() => setAsksLater(true)} />
      )}
    </Page>
  );
}

function isMatch(row: Row): boolean {
  return row.kind === 'item' && !row.context;
}

/** The headings above an item, without the document's own title. */
function pathOf({ sections, title }: Checklist, { section }: Item): string[] {
  const path = sections.find(({ id }) => id === section)?.path ?? [];
  return path[0] === title ? path.slice(1) : path;
}
