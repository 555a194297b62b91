import type { Refused, RoleStanding, SeenDocuments, SignedEntry, Trust, Verified } from '../signoff/index.ts';

/** What an audit bundle of one launch is written from. */
export interface AuditFacts {
  launch: { id: string; system: string; version: string; mode: 'live' | 'rehearsal' };
  writtenAt: Date;
  /** Version of Holdpoint. */
  toolVersion: string;
  decision: 'go' | 'no-go';
  /** Why not; empty with a go. */
  reasons: readonly string[];
  /** What must be known to read the report aright, such as that the pack was not there; mostly empty. */
  notes: readonly string[];
  /** Answers that were given without a signature. */
  unsigned: readonly UnsignedAnswer[];
  standings: readonly RoleStanding[];
  items: readonly AuditItem[];
  runs: readonly AuditRun[];
  timeline: readonly { at: string; author: string; text: string }[];
  /** Every signed entry of the launch that verifies. */
  entries: readonly SignedEntry[];
  /** What was signed and does not verify any more, and why. It is shown and kept, and counts for nothing. */
  refused: readonly { entry: SignedEntry; message: string }[];
  /** The documents that the entries' subjects are, and the files that reviews carry. */
  documents: SeenDocuments;
  trust: Trust;
  /** The files as they are in the pack. */
  allowedSigners: Buffer;
  revokedKeys: Buffer;
}

/** Of the entries, each as its signature says. */
export type Verdicts = Map<SignedEntry, Verified | Refused>;

export interface UnsignedAnswer {
  title: string;
  answer: string;
  condition: string;
  by: string;
  at: string;
}

export interface AuditItem {
  id: string;
  path: readonly string[];
  title: string;
  status: string;
  /** Figures of a gate, or why it was waived or blocked. */
  detail: string;
  by: string;
  at: string | null;
  override: { by: string; at: string; reason: string } | null;
}

export interface AuditRun {
  runbook: string;
  target: string;
  by: string;
  startedAt: string;
  endedAt: string | null;
  outcome: string;
  rehearsal: boolean;
}
