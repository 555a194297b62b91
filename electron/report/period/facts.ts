import type { AuditFacts } from '../facts.ts';

/** What the index of all launches of a period is written from. */
export interface PeriodFacts {
  /** First and last day, in UTC; null for all there is. */
  from: string | null;
  to: string | null;
  writtenAt: Date;
  /** Version of Holdpoint. */
  toolVersion: string;
  /** Whose journal it is. */
  device: string;
  /** Oldest first. */
  launches: readonly PeriodLaunch[];
}

/** One launch, as the journal alone tells it. */
export interface PeriodLaunch {
  /** What its own bundle is written from. */
  facts: AuditFacts;
  /** Where the pack was opened last, and whether it is there today; null where the journal does not say. */
  pack: { folder: string; there: boolean } | null;
  first: string;
  last: string;
  /** What the decision is taken from. */
  decided: { at: string | null; basis: 'board at deployment' | 'last board' | 'answers' };
  outcome: Outcome;
  answers: readonly PeriodAnswer[];
  deployments: readonly Deployment[];
  overrides: readonly PastOverride[];
}

/** `aborted`: the last deployment failed or was stopped. */
export type Outcome = 'deployed' | 'rolled back' | 'aborted' | 'under way' | 'not deployed';

export interface PeriodAnswer {
  role: string;
  title: string;
  answer: string;
  condition: string;
  by: string;
  /** When it came into the journal. */
  at: string;
  /** By the signer's clock; null without a signature. */
  claimedAt: string | null;
  /** Empty while it stands. */
  over: string;
}

export interface Deployment {
  run: string;
  number: number;
  runbook: string;
  target: string;
  rehearsal: boolean;
  by: string;
  startedAt: string;
  endedAt: string | null;
  /** Null while it is under way. */
  state: 'done' | 'failed' | 'stopped' | null;
  rolledBackAt: string | null;
  /** When all roles had said go; null where they never had. After `startedAt` where they had not by then. */
  approvedAt: string | null;
  /** The roles that had not said go when it was started, and why. */
  lacking: string[];
  /** What the board said when it was started; null where nobody wrote it down. */
  board: PastBoard | null;
}

export interface PastBoard {
  at: string;
  run: string;
  decision: 'go' | 'no-go';
  reasons: string[];
  of: number;
}

export interface PastOverride {
  item: string;
  title: string;
  by: string;
  at: string;
  reason: string;
  withdrawnAt: string | null;
}

/** A deployment for good that the board or the roles were against when it was started. */
export function isEmergency({ rehearsal, board, lacking }: Deployment): boolean {
  return !rehearsal && (lacking.length > 0 || board?.decision === 'no-go');
}

/** Whether approval came first, in words. */
export function approvalOf({ approvedAt, lacking }: Deployment): 'before' | 'after' | 'never' {
  if (lacking.length === 0) return 'before';
  return approvedAt === null ? 'never' : 'after';
}
