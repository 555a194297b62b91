import type { ItemState } from './contract/common.ts';

/** What a reviewer can say of an item, the usual first. */
export const reviewStates = [
  'done',
  'failed',
  'blocked',
  'waived',
  'open',
] as const satisfies readonly ItemState[];
export type ReviewState = (typeof reviewStates)[number];

/** Whether a mark has to say why. */
export function needsReason(state: ItemState): boolean {
  return state !== 'done' && state !== 'open';
}
