import type { ItemStatus, Progress } from './contract/checklist.ts';
import type { ItemState, Verdict } from './contract/common.ts';

/** What decides how an item is seen. */
export interface ItemFacts {
  state: ItemState;
  /** The box came ticked in the document and nobody marked it here. */
  claimed: boolean;
  gate: { verdict: Verdict | null } | null;
  overridden: boolean;
  disputed: boolean;
  /** Set for a no-go criterion, with a person's answer to it. */
  question?: { holds: boolean | null } | null;
}

/**
 * A gate is what its checks found, whatever is ticked; a person's block or waiver stands before it. A claim counts
 * only where no check is bound.
 */
export function statusOf(facts: ItemFacts): ItemStatus {
  const { state, claimed, gate, overridden, disputed, question } = facts;
  if (disputed) return 'disputed';
  if (question) return statusOfQuestion(facts, question.holds);
  if (state === 'waived' || state === 'blocked') return state;
  if (gate) {
    if (gate.verdict === 'pass') return 'pass';
    if (overridden) return 'overridden';
    if (gate.verdict) return gate.verdict;
    return claimed ? 'claimed' : state === 'active' ? 'active' : 'open';
  }
  return claimed ? 'claimed' : state;
}

/**
 * A no-go criterion speaks of what must not be: its check passes, its box is ticked and its answer is yes where it
 * holds, and each of these is bad. Nobody can wave it away, and silence does not settle it.
 */
function statusOfQuestion(
  { state, claimed, gate, overridden }: ItemFacts,
  holds: boolean | null,
): ItemStatus {
  if (holds) return 'failed';
  if (gate) {
    if (gate.verdict === 'fail') return 'pass';
    if (overridden) return 'overridden';
    if (gate.verdict) return gate.verdict === 'pass' ? 'fail' : gate.verdict;
  } else if (holds === false) return 'done';
  if (claimed) return 'failed';
  return state === 'blocked' || state === 'active' ? state : 'open';
}

/** Whether an item in this status needs nothing more before the launch. A gate that was only claimed does. */
export function isSettled(status: ItemStatus, isGate: boolean): boolean {
  if (status === 'claimed') return !isGate;
  return status === 'pass' || status === 'done' || status === 'waived' || status === 'overridden';
}

const counters: Record<ItemStatus, Exclude<keyof Progress, 'total'>> = {
  pass: 'proven',
  fail: 'failed',
  failed: 'failed',
  unproven: 'unproven',
  stale: 'stale',
  error: 'error',
  done: 'done',
  claimed: 'claimed',
  open: 'open',
  active: 'active',
  blocked: 'blocked',
  waived: 'waived',
  overridden: 'overridden',
  disputed: 'disputed',
};

/** Counts statuses. The parts add up to `total`. */
export function countProgress(statuses: Iterable<ItemStatus>): Progress {
  const progress: Progress = {
    total: 0,
    proven: 0,
    done: 0,
    claimed: 0,
    failed: 0,
    unproven: 0,
    stale: 0,
    error: 0,
    blocked: 0,
    waived: 0,
    overridden: 0,
    disputed: 0,
    active: 0,
    open: 0,
  };
  for (const status of statuses) {
    progress.total += 1;
    progress[counters[status]] += 1;
  }
  return progress;
}
