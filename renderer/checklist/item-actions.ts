import type { Item } from '../../shared/contract/checklist.ts';
import type { ItemState } from '../../shared/contract/common.ts';

/** What a person must be asked before it is done: which dialog, and for which item. */
export type Question =
  | { ask: 'reason'; state: Extract<ItemState, 'failed' | 'blocked' | 'waived'>; item: Item }
  | { ask: 'gate'; item: Item }
  | { ask: 'note' | 'assign' | 'override'; item: Item };

/** What pressing the box of an item does. */
export type Tick =
  | { does: 'mark'; state: 'done' | 'open' }
  /** A gate is what its checks found; no hand ticks it. */
  | { does: 'gate' }
  | { does: 'answer' };

export function tickOf(item: Item): Tick {
  if (item.criterion === 'no-go') return { does: 'answer' };
  if (item.gate) return { does: 'gate' };
  return { does: 'mark', state: item.state === 'done' ? 'open' : 'done' };
}
