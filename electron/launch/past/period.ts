import type { AuditScope } from '../../../shared/contract/audit.ts';
import type { Blobs, Journal, Timeline } from '../../journal/index.ts';
import type { PeriodFacts } from '../../report/index.ts';
import { nameOf, pastLaunch } from './facts.ts';

export interface PastParts {
  journal: Journal;
  blobs: Blobs;
  timeline: Timeline;
  /** Version of Holdpoint. */
  toolVersion: string;
  now: Date;
}

/** First and last day, `2026-11-24`, in UTC; null for all there is. */
export interface Period {
  from: string | null;
  to: string | null;
}

/** All launches of which anything was recorded in the period, from the journal alone: their packs may be gone. */
export function periodFactsOf(parts: PastParts, { from, to }: Period): PeriodFacts {
  const { journal, toolVersion, now: writtenAt } = parts;
  return {
    ...{ from, to, writtenAt, toolVersion, device: journal.device },
    launches: launchesOf(journal, { from, to }).map((id) => pastLaunch(id, parts)),
  };
}

/** Which launches these are, and how many signed entries of each are kept. */
export function periodScopeOf(journal: Journal, period: Period): AuditScope['launches'] {
  const signed = journal.prepare('SELECT count(*) FROM signed_entry WHERE launch = ?').pluck();
  return launchesOf(journal, period).map((id) => ({ ...nameOf(id), signatures: signed.get(id) as number }));
}

function launchesOf(journal: Journal, { from, to }: Period): string[] {
  return journal
    .prepare(
      `SELECT json_extract(body, '$.launch') AS launch FROM entry
       WHERE launch IS NOT NULL AND at >= ? AND at < ? GROUP BY launch ORDER BY min(lamport), launch`,
    )
    .pluck()
    .all(from ?? '', to === null ? '~' : dayAfter(to)) as string[];
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
}
