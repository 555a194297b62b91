import type { Item } from '../../shared/contract/checklist.ts';

/** What is known of an item in a few words, for the right side of its row. */
export function knownOf(item: Item): string {
  if (item.state === 'blocked' || item.state === 'waived') return item.reason;
  if (item.override && item.status === 'overridden') return `overridden: ${item.override.reason}`;
  if (item.gate?.running) return 'measuring';
  if (item.gate?.verdict) return item.gate.measured;
  if (item.gate) return item.ticked ? 'ticked, not measured' : 'not measured yet';
  return item.reason;
}

/** Whether those words are figures of a check. */
export function isMeasured({ state, status, gate }: Item): boolean {
  return state !== 'blocked' && state !== 'waived' && status !== 'overridden' && Boolean(gate?.verdict);
}

/** When what is known of an item was learnt. */
export function knownAt(item: Item): string | null {
  return item.gate?.at ?? item.at;
}

/** The glyph of an item: a measurement under way is shown over what it found before. */
export function glyphOf(item: Item): Item['status'] | 'running' {
  return item.gate?.running ? 'running' : item.status;
}
