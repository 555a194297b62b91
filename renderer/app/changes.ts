import type { QueryClient } from '@tanstack/react-query';
import type { Board } from '../../shared/contract/board.ts';
import type { Checklist, Item } from '../../shared/contract/checklist.ts';
import type { Client } from '../../shared/contract/index.ts';
import type { Change } from '../../shared/contract/session.ts';
import { patchBoard, patchChecklist } from './patch.ts';
import type { Queries } from './service.ts';

export type Notice = Pick<Extract<Change, { topic: 'notice' }>, 'title' | 'text' | 'tone'>;

/** Brings the cache up to date with what the service says has changed, for as long as it is connected. */
export async function followChanges(
  client: Client,
  cache: QueryClient,
  queries: Queries,
  signal: AbortSignal,
  notify: (notice: Notice) => void,
): Promise<void> {
  for await (const change of await client.session.watch(undefined, { signal })) {
    if (change.topic === 'notice') notify(change);
    else applyChange(cache, queries, change);
  }
}

/** Rows that come with the change are put in place; everything else is asked for again, if it is being looked at. */
export function applyChange(
  cache: QueryClient,
  queries: Queries,
  change: Exclude<Change, { topic: 'notice' }>,
): void {
  const stale = (queryKey: readonly unknown[]) => void cache.invalidateQueries({ queryKey });
  switch (change.topic) {
    case 'items':
      applyItems(cache, queries, change.items);
      return;
    case 'run':
      stale(queries.runbook.get.key({ input: { run: change.run } }));
      return;
    case 'runs':
      stale(queries.runbook.list.key());
      stale(queries.runbook.rollbackPlan.key());
      return;
    case 'hosts':
      stale(queries.hardware.hosts.key());
      return;
    case 'journal':
      // Pages of the journal never change; the screen adds the new ones at the top.
      stale(queries.journal.status.key());
      stale(queries.journal.pins.key());
      return;
    case 'compute':
      // An answer never changes, and what a job leaves behind is asked for when it has ended.
      stale(queries.compute.jobs.key());
      return;
    case 'sharing':
      stale(queries.signoff.sharing.key());
      return;
    case 'checklist':
      stale(queries.checklist.key());
      stale(queries.checks.key());
      return;
    case 'launch':
      stale(queries.pack.key());
      stale(queries.compute.files.key());
      stale(queries.signoff.key());
      return;
    case 'board':
      stale(queries.board.key());
      // What is signed is about the same items, and says the same of the roles.
      stale(queries.signoff.key());
      return;
    default:
      stale(queries[change.topic].key());
  }
}

/** Puts changed items into every list that shows them. */
export function applyItems(cache: QueryClient, queries: Queries, items: readonly Item[]): void {
  const checklistKey = queries.checklist.get.queryKey();
  const checklist = cache.getQueryData<Checklist>(checklistKey);
  if (checklist) {
    const patched = patchChecklist(checklist, items);
    if (patched) cache.setQueryData(checklistKey, patched);
    else void cache.invalidateQueries({ queryKey: checklistKey });
  }
  const boardKey = queries.board.get.queryKey();
  cache.setQueryData<Board>(boardKey, (board) => board && patchBoard(board, items));
  for (const { id } of items) {
    void cache.invalidateQueries({ queryKey: queries.checklist.item.key({ input: { item: id } }) });
  }
}
