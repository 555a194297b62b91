import type { Checklist, Item } from '../../shared/contract/checklist.ts';

export const filterNames = ['all', 'open', 'claimed', 'gates', 'red', 'blocked', 'mine', 'phase'] as const;
export type FilterName = (typeof filterNames)[number];

export const filterLabels: Record<FilterName, string> = {
  all: 'All',
  open: 'Open',
  claimed: 'Claimed',
  gates: 'Gates',
  red: 'Red',
  blocked: 'Blocked',
  mine: 'Mine',
  phase: 'This phase',
};

const red = new Set<Item['status']>(['fail', 'failed', 'error', 'disputed']);

/** Which items a filter shows. `me` is how the person calls themselves. */
export function matcherOf(
  filter: FilterName,
  checklist: Pick<Checklist, 'sections' | 'phase'>,
  me: string,
): (item: Item) => boolean {
  const own = me.trim().toLowerCase();
  switch (filter) {
    case 'all':
      return () => true;
    case 'open':
      return ({ status }) => status === 'open' || status === 'active';
    case 'claimed':
      return ({ status }) => status === 'claimed';
    case 'gates':
      return ({ gate }) => gate !== null;
    case 'red':
      return ({ status }) => red.has(status);
    case 'blocked':
      return ({ status }) => status === 'blocked';
    case 'mine':
      return ({ assignee }) => own !== '' && assignee.trim().toLowerCase() === own;
    case 'phase': {
      const inPhase = new Set(
        checklist.sections.filter(({ phase }) => phase === checklist.phase).map(({ id }) => id),
      );
      return ({ section }) => inPhase.has(section);
    }
  }
}

/** How many items each filter shows. */
export function countFilters(checklist: Checklist, me: string): Record<FilterName, number> {
  const counts = filterNames.map((name) => {
    const matches = matcherOf(name, checklist, me);
    let count = 0;
    for (const item of checklist.items) if (matches(item)) count += 1;
    return [name, count] as const;
  });
  return Object.fromEntries(counts) as Record<FilterName, number>;
}

/** Whether an item has every word searched for, in its title, its rules, its reason or its assignee. */
export function searcherOf(text: string): ((item: Item) => boolean) | null {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return (item) => {
    const all = [item.title, item.assignee, item.reason, ...item.rules.map((rule) => rule.text)]
      .join('\n')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  };
}
