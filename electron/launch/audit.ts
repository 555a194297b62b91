import type { TimelineRow } from '../../shared/contract/journal.ts';
import type { AuditFacts, AuditItem } from '../report/index.ts';
import type { SignedEntry } from '../signoff/index.ts';
import type { OpenLaunch } from './open-launch.ts';

/** What an audit bundle of the launch that is open is written from. */
export function auditFactsOf(
  launch: OpenLaunch,
  { timeline, toolVersion, now }: { timeline: readonly TimelineRow[]; toolVersion: string; now: Date },
): AuditFacts {
  const { id, system, version, mode } = launch.describe();
  const { decision, reasons, roles } = launch.board.read();
  const { signoffs } = launch;
  const { allowedSigners, revokedKeys, ...trust } = launch.trust();
  const titles = new Map(launch.checklist.document.sections.map((section) => [section.id, section.path]));
  return {
    launch: { id, system, version, mode },
    writtenAt: now,
    toolVersion,
    decision,
    reasons: reasons.map(({ text }) => text),
    notes: [],
    unsigned: roles.flatMap(({ title, answer }) =>
      answer && !answer.signed
        ? [{ title, answer: answer.value, condition: answer.condition, by: answer.by, at: answer.at }]
        : [],
    ),
    standings: signoffs.standings(),
    items: launch.checklist.items.map(
      ({ id, section, title, status, reason, gate, by, at, override }): AuditItem => ({
        id,
        path: titles.get(section) ?? [],
        title,
        status,
        detail: [gate?.measured, gate?.sentence, reason].filter(Boolean).join(' · '),
        by,
        at: at ?? gate?.at ?? null,
        override,
      }),
    ),
    runs: launch.runs
      .list()
      .map(({ runbook, target, by, startedAt, endedAt, state, rolledBackBy, rehearsal }) => ({
        ...{ runbook, target, by, startedAt, endedAt, rehearsal },
        outcome: rolledBackBy ? `${state}, rolled back` : state,
      })),
    timeline: timeline.map(({ at, author, text }) => ({ at, author, text })),
    entries: signoffs.entries().toSorted(byClaimedTime),
    refused: signoffs.refused(),
    documents: (digest) => signoffs.documents(digest),
    trust,
    allowedSigners,
    revokedKeys,
  };
}

/** For reading: which entry its author had before them, the entries themselves say. */
function byClaimedTime(a: SignedEntry, b: SignedEntry): number {
  const [first, second] = [a, b].map(({ id, statement }) => `${statement.predicate.claimedAt} ${id}`);
  return (first ?? '') < (second ?? '') ? -1 : 1;
}
