import type { Board } from '../../shared/contract/board.ts';
import type { Checklist, Item } from '../../shared/contract/checklist.ts';

/**
 * The checklist with the changed rows in place of the old ones; every other row stays the same object, so that only
 * the changed ones are drawn again. Null where a row is not in it: then it is another checklist.
 */
export function patchChecklist(checklist: Checklist, changed: readonly Item[]): Checklist | null {
  const byId = new Map(changed.map((item) => [item.id, item]));
  const items = checklist.items.map((item) => {
    const next = byId.get(item.id);
    byId.delete(item.id);
    return next ?? item;
  });
  return byId.size === 0 ? { ...checklist, items } : null;
}

/** The board with the changed rows in place. What they mean for the decision only the service says. */
export function patchBoard(board: Board, changed: readonly Item[]): Board {
  const byId = new Map(changed.map((item) => [item.id, item]));
  const patch = (items: Item[]) => {
    const next = items.map((item) => byId.get(item.id) ?? item);
    return next.some((item, index) => item !== items[index]) ? next : items;
  };
  return {
    ...board,
    go: patch(board.go),
    noGo: patch(board.noGo),
    gates: patch(board.gates),
    overrides: patch(board.overrides),
    waivers: patch(board.waivers),
    blockers: patch(board.blockers),
    next: patch(board.next),
  };
}
