import type { Item } from '../../shared/contract/checklist.ts';
import type { ItemState } from '../../shared/contract/common.ts';
import { ChecklistError } from './errors.ts';

/** @throws ChecklistError where a person may not bring the item into this state. */
export function assertMayMark({ title, gate, criterion }: Item, state: ItemState, reason: string): void {
  if (criterion === 'no-go') {
    throw new ChecklistError(
      'is-question',
      `"${title}" is a no-go criterion: it is answered, not marked. Say whether it holds.`,
    );
  }
  if (gate && state === 'done') {
    throw new ChecklistError(
      'is-gate',
      `"${title}" is decided by ${gate.checks.join(', ')}: it is done when that passes. Run the check, or override the gate with a reason.`,
    );
  }
  if (state === 'blocked' || state === 'waived') assertReason(title, reason, state);
}

/** @throws ChecklistError where a person may not give this answer. */
export function assertMayAnswer({ title, gate, criterion }: Item, holds: boolean | null): void {
  if (criterion !== 'no-go') {
    throw new ChecklistError(
      'is-no-question',
      `"${title}" is no no-go criterion, so there is nothing to answer. Mark it instead.`,
    );
  }
  if (gate && holds === false) {
    throw new ChecklistError(
      'is-gate',
      `"${title}" is decided by ${gate.checks.join(', ')}. Run the check, or override the gate with a reason.`,
    );
  }
}

/** @throws ChecklistError where there is no gate to override, or no reason. */
export function assertMayOverride({ title, gate }: Item, reason: string): void {
  if (!gate) {
    throw new ChecklistError(
      'is-no-gate',
      `No check is bound to "${title}", so there is nothing to override. Mark it instead.`,
    );
  }
  assertReason(title, reason, 'overridden');
}

function assertReason(title: string, reason: string, what: string): void {
  if (reason.trim() !== '') return;
  throw new ChecklistError(
    'reason-needed',
    `"${title}" cannot be ${what} without a reason: the board and every signer see it.`,
  );
}
