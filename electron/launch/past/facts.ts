import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Timeline } from '../../journal/index.ts';
import type { AuditFacts, AuditRun, PeriodLaunch } from '../../report/index.ts';
import { RunStore } from '../../runbook/index.ts';
import { type PackTrust, type RoleStanding, readTrust } from '../../signoff/index.ts';
import { launchOpened, type PastRole } from './entries.ts';
import { foldPast, type Past } from './fold.ts';
import type { PastParts } from './period.ts';

/** Everything an audit says of one launch, from the journal and the files beside it alone. */
export function pastLaunch(
  id: string,
  { journal, blobs, timeline, toolVersion, now }: PastParts,
): PeriodLaunch {
  const entries = journal
    .prepare(`SELECT * FROM entry WHERE json_extract(body, '$.launch') = ? ORDER BY lamport, device, seq`)
    .all(id) as Entry[];
  const trust = trustIn(entries, (digest) => blobs.get(digest));
  const past = foldPast(entries, trust);
  const { opened, answers, deployments, overrides, first, last } = past;
  const decided = decisionOf(past);
  const pack = opened && { folder: opened.folder, there: existsSync(join(opened.folder, 'launch.yaml')) };
  const titleOf = (role: string) => past.roles.find((one) => one.id === role)?.title ?? role;
  const facts: AuditFacts = {
    launch: launchOf(id, past),
    ...{ writtenAt: now, toolVersion, decision: decided.decision, reasons: decided.reasons },
    notes: notesOf(past, pack, trust !== null),
    unsigned: answers.all
      .filter(({ claimedAt }) => claimedAt === null)
      .map(({ role, value, condition, by, at, over }) => ({
        ...{ title: titleOf(role), answer: `${value}${over && ` (${over})`}`, condition, by, at },
      })),
    standings: past.roles.filter(({ signers }) => signers.length > 0).map((role) => standingOf(role, past)),
    ...{ items: past.items, runs: runsOf(new RunStore(journal), id), timeline: toldBy(timeline, id) },
    entries: past.entries.toSorted((a, b) => (claimed(a) < claimed(b) ? -1 : 1)),
    refused: past.refused,
    documents: (digest) => blobs.get(digest),
    trust: trust ?? { signers: [], revoked: { has: () => false } },
    allowedSigners: trust?.allowedSigners ?? Buffer.of(),
    revokedKeys: trust?.revokedKeys ?? Buffer.of(),
  };
  return {
    ...{ facts, pack, first, last, deployments, overrides },
    decided: { at: decided.at, basis: decided.basis },
    outcome: outcomeOf(past),
    answers: answers.all.map(({ role, value: answer, condition, by, at, claimedAt, over }) => ({
      ...{ role, title: titleOf(role), answer, condition, by, at, claimedAt, over },
    })),
  };
}

/** The files of the pack as they were when it was read last; null where they are not kept. */
function trustIn(entries: readonly Entry[], blob: (digest: string) => Buffer | null): PackTrust | null {
  const opened = entries.findLast(({ kind }) => kind === launchOpened.name);
  if (!opened) return null;
  const { allowedSigners, revokedKeys } = launchOpened.parse(opened);
  const [signers, revoked] = [blob(allowedSigners), blob(revokedKeys)];
  return signers && revoked && readTrust(signers, revoked);
}

/** `system@version`, and `#rehearsal` behind it, are how a launch is named. */
export function nameOf(id: string): AuditFacts['launch'] {
  const [, system = id, version = '', rehearsal] = /^(.*)@(.*?)(#rehearsal)?$/.exec(id) ?? [];
  return { id, system, version, mode: rehearsal ? 'rehearsal' : 'live' };
}

function launchOf(id: string, { opened }: Past): AuditFacts['launch'] {
  const { system, version, mode } = opened ?? nameOf(id);
  return { id, system, version, mode };
}

interface Decided {
  decision: 'go' | 'no-go';
  reasons: string[];
  at: string | null;
  basis: PeriodLaunch['decided']['basis'];
}

/** Under which decision it went into production; of one that never did, how it stood at the end. */
function decisionOf({ deployments, boards, answers, roles, deployers }: Past): Decided {
  const deployed = deployments.findLast(({ board }) => board !== null)?.board;
  const board = deployed ?? boards.at(-1);
  if (board) {
    const { decision, reasons, of, at } = board;
    const more = of > reasons.length ? [`and ${of - reasons.length} more`] : [];
    return {
      decision,
      reasons: [...reasons, ...more],
      at,
      basis: deployed ? 'board at deployment' : 'last board',
    };
  }
  const reasons = roles.length > 0 ? answers.lacks(roles, deployers) : ['Nobody answered.'];
  return { decision: reasons.length === 0 ? 'go' : 'no-go', reasons, at: null, basis: 'answers' };
}

/** Deployments for good decide, where there was one; in a rehearsal there is none. */
function outcomeOf({ deployments }: Past): PeriodLaunch['outcome'] {
  const last = deployments.findLast(({ rehearsal }) => !rehearsal) ?? deployments.at(-1);
  if (!last) return 'not deployed';
  if (last.rolledBackAt !== null) return 'rolled back';
  if (last.state === null) return 'under way';
  return last.state === 'done' ? 'deployed' : 'aborted';
}

function notesOf({ opened }: Past, pack: PeriodLaunch['pack'], hasTrust: boolean): string[] {
  return [
    'Written from the journal alone. Whether an answer was outdated in the end, and items that nobody touched, are not in it.',
    ...(opened ? [] : ['The journal does not say who had to answer: those who did stand for it.']),
    ...(hasTrust
      ? []
      : ['The journal does not have the allowed_signers of the pack: no signature can be verified.']),
    ...(pack && !pack.there ? [`The pack is gone: it was ${pack.folder}.`] : []),
  ];
}

function standingOf(role: PastRole, { answers, roles, deployers, entries }: Past): RoleStanding {
  const lacks = answers.lackOf(role, roles, deployers);
  const standing = answers.all.filter(
    (one) => one.role === role.id && one.over === '' && one.claimedAt !== null,
  );
  const hasConditions = standing.some(({ value }) => value === 'go-with-condition');
  const refuses = standing.some(({ value }) => value === 'no-go');
  const goes = hasConditions ? 'go-with-condition' : 'go';
  return {
    ...{ role: role.id, title: role.title, lacks },
    verdict: lacks === '' ? goes : refuses ? 'no-go' : 'missing',
    answers: standing.map(({ id, by: author, value: answer, condition, claimedAt }) => ({
      ...{ id, author, answer, condition, claimedAt: claimedAt ?? '', differences: [] },
      subjects: entries.find((entry) => entry.id === id)?.statement.subject ?? [],
      lacks: answer === 'no-go' ? lacks : '',
    })),
  };
}

function runsOf(store: RunStore, launch: string): AuditRun[] {
  return store.runsOf(launch).map((row) => ({
    ...{ runbook: row.runbook, target: row.target, by: row.started_by, startedAt: row.started_at },
    ...{ endedAt: row.ended_at, rehearsal: row.rehearsal === 1 },
    outcome: `${row.state ?? 'not ended'}${store.rolledBackBy(row.id) ? ', rolled back' : ''}`,
  }));
}

function toldBy(timeline: Timeline, launch: string): AuditFacts['timeline'] {
  const whole = { before: null, limit: Number.MAX_SAFE_INTEGER, groups: [], text: '' };
  return timeline
    .page({ launch, ...whole })
    .rows.toReversed()
    .map(({ at, author, text }) => ({ at, author, text }));
}

const claimed = ({ id, statement }: AuditFacts['entries'][number]) =>
  `${statement.predicate.claimedAt} ${id}`;
