import type { ItemState } from '../../shared/contract/common.ts';
import { needsReason, type ReviewState, reviewStates } from '../../shared/review.ts';

const labels: Record<ReviewState, string> = {
  done: 'Done',
  failed: 'Failed',
  blocked: 'Blocked',
  waived: 'Waived',
  open: 'Open',
};

export const states: { value: ItemState; label: string }[] = reviewStates.map((value) => ({
  value,
  label: labels[value],
}));

/** Why a mark cannot be made yet; null where it can. */
export function lackOfReason(state: ItemState, reason: string): string | null {
  return needsReason(state) && !reason.trim() ? 'Say why first.' : null;
}
