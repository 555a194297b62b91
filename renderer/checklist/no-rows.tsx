import type { Checklist } from '../../shared/contract/checklist.ts';
import { EmptyState } from '../ui/index.ts';
import { type FilterName, filterLabels } from './filters.ts';

/** Why the list shows nothing. */
export function NoRows({
  checklist,
  filter,
  search,
}: {
  checklist: Checklist;
  filter: FilterName;
  search: string;
}) {
  if (checklist.items.length === 0) {
    return (
      <EmptyState>
        <code>{checklist.file}</code> has no boxes. A line such as <code>- [ ] Backups tested</code> is one.
      </EmptyState>
    );
  }
  return (
    <EmptyState>
      {search
        ? `No item ${filter === 'all' ? '' : `under ${filterLabels[filter]} `}has the words “${search}”.`
        : `No item is under ${filterLabels[filter]}.`}
    </EmptyState>
  );
}
