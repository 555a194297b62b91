import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { applyChange } from '../../../renderer/app/changes.ts';
import { patchChecklist } from '../../../renderer/app/patch.ts';
import { queriesFor } from '../../../renderer/app/service.ts';
import type { Checklist, Item } from '../../../shared/contract/checklist.ts';
import { fakeClient } from '../../support/stage/fake/client.ts';
import { worldOf } from '../../support/stage/fake/small-world.ts';

const world = worldOf();
const queries = queriesFor(fakeClient(world));
const checklist = world.checklist();
const changed = (item: Item | undefined): Item => ({ ...(item as Item), state: 'done', status: 'done' });

test('a changed row replaces its own and leaves every other the same object', () => {
  const next = patchChecklist(checklist, [changed(checklist.items[3])]);
  expect(next?.items[3]?.status).toBe('done');
  expect(next?.items.filter((item, index) => item !== checklist.items[index])).toHaveLength(1);
  expect(next?.sections).toBe(checklist.sections);
});

test('a row of another checklist is not patched in', () => {
  expect(patchChecklist(checklist, [{ ...changed(checklist.items[0]), id: 'of another file' }])).toBeNull();
});

function cacheWith(): { cache: QueryClient; asked: string[] } {
  const cache = new QueryClient();
  cache.setQueryData(queries.checklist.get.queryKey(), checklist);
  cache.setQueryData(queries.board.get.queryKey(), world.board());
  cache.setQueryData(queries.runbook.list.queryKey(), []);
  cache.setQueryData(queries.journal.page.queryKey({ input: {} }), { rows: [], before: null, total: 0 });
  cache.setQueryData(queries.journal.status.queryKey(), {
    entries: 1,
    verified: true,
    problem: '',
    device: '',
    lastBackup: null,
  });
  const asked: string[] = [];
  cache.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'invalidate') {
      asked.push(String((event.query.queryKey[0] as string[]).join('.')));
    }
  });
  return { cache, asked };
}

test('changed items reach list and board without either being asked for again', () => {
  const { cache, asked } = cacheWith();
  const item = checklist.items.find(({ criterion }) => criterion === 'go');
  applyChange(cache, queries, { topic: 'items', items: [changed(item)] });
  const list = cache.getQueryData<Checklist>(queries.checklist.get.queryKey());
  expect(list?.items.find(({ id }) => id === item?.id)?.status).toBe('done');
  expect(cache.getQueryData(queries.board.get.queryKey())?.go.find(({ id }) => id === item?.id)?.status).toBe(
    'done',
  );
  expect(asked).toEqual([]);
});

test('an item nobody knows has the checklist read again', () => {
  const { cache, asked } = cacheWith();
  applyChange(cache, queries, { topic: 'items', items: [{ ...changed(checklist.items[0]), id: 'new' }] });
  expect(asked).toEqual(['checklist.get']);
});

test('every other topic makes only its own answers stale, and never the pages of the journal', () => {
  const { cache, asked } = cacheWith();
  applyChange(cache, queries, { topic: 'board' });
  applyChange(cache, queries, { topic: 'runs' });
  applyChange(cache, queries, { topic: 'journal' });
  applyChange(cache, queries, { topic: 'settings' });
  expect(asked).toEqual(['board.get', 'runbook.list', 'journal.status']);
});

test('progress of compute has its jobs asked for again, not the answers that never change', () => {
  const { cache, asked } = cacheWith();
  cache.setQueryData(queries.compute.jobs.queryKey(), []);
  cache.setQueryData(queries.compute.trials.queryKey(), []);
  applyChange(cache, queries, { topic: 'compute' });
  expect(asked).toEqual(['compute.jobs']);
});
