import { expect, it } from 'vitest';
import { tellers } from '../../../electron/recorded.ts';
import { groups } from '../../../renderer/journal/groups.ts';

it('every kind of entry is in one group of the timeline, and no group is of kinds that nobody writes', () => {
  const written = new Set(tellers.map(({ kind }) => kind.split('.')[0]));
  // A pin is shown at the entry that it is on.
  written.delete('pin');
  const grouped = Object.values(groups).flatMap(({ kinds }) => [...kinds]);
  expect(grouped.toSorted()).toEqual([...written].toSorted());
});
