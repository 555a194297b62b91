import type { ItemState } from '../../shared/contract/common.ts';

/** What a reviewer can say of an item, the usual first. */
export const states: { value: ItemState; label: string }[] = [
  { value: 'done', label: 'Done' },
  { value: 'failed', label: 'Failed' },
  { value: 'blocked', label: 'Blocked' },
  { value: 'waived', label: 'Waived' },
  { value: 'open', label: 'Open' },
];

/** Why a mark cannot be made yet; null where it can. */
export function lackOfReason(state: ItemState, reason: string): string | null {
  return state !== 'done' && state !== 'open' && !reason.trim() ? 'Say why first.' : null;
}
