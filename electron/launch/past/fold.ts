import { roleAnswered, roleWithdrew } from '../../board/index.ts';
import {
  itemAnswered,
  itemMarked,
  itemOverridden,
  itemOverrideWithdrawn,
  itemRematched,
} from '../../checklist/index.ts';
import { checkMeasured } from '../../checks/index.ts';
import type { Entry } from '../../journal/index.ts';
import type { AuditItem, Deployment, PastBoard, PastOverride } from '../../report/index.ts';
import { runEnded, runStarted } from '../../runbook/index.ts';
import {
  entryKept,
  keysOfNames,
  type MadeHere,
  namesOfPeople,
  readEntry,
  type SignedEntry,
  type Trust,
  verifyEntry,
} from '../../signoff/index.ts';
import { boardStood, launchOpened, type OpenedBody, type PastRole } from './entries.ts';
import { Answers } from './roles.ts';

/** What the journal alone says of a launch. */
export interface Past {
  opened: OpenedBody | null;
  roles: PastRole[];
  answers: Answers;
  boards: PastBoard[];
  deployments: Deployment[];
  overrides: PastOverride[];
  items: AuditItem[];
  entries: SignedEntry[];
  refused: { entry: SignedEntry; message: string }[];
  /** Who started runs that deploy, by every name they have. */
  deployers: Set<string>;
  /** When its first and its last entry were made. */
  first: string;
  last: string;
}

type Rule = (past: Past, entry: Entry, context: Context) => void;

interface Context {
  /** Null where the journal does not have the pack's files. */
  trust: Trust | null;
  items: Map<string, AuditItem>;
  /** Signatures made in this data folder. */
  made: MadeHere[];
}

/** Folds the entries of one launch, which come in the journal's order. */
export function foldPast(entries: readonly Entry[], trust: Trust | null): Past {
  const past: Past = {
    ...{ opened: null, roles: [], answers: new Answers(), boards: [], deployments: [], overrides: [] },
    ...{ items: [], entries: [], refused: [], deployers: new Set() },
    ...{ first: entries[0]?.at ?? '', last: entries.at(-1)?.at ?? '' },
  };
  past.opened =
    entries
      .filter(({ kind }) => kind === launchOpened.name)
      .map(launchOpened.parse)
      .at(-1) ?? null;
  past.roles = past.opened?.roles ?? rolesThatAnswered(entries);
  const context: Context = { trust, items: new Map(), made: [] };
  for (const entry of entries) rules.get(entry.kind)?.(past, entry, context);
  return { ...past, items: [...context.items.values()] };
}

/** A signature, or a run, may show that two names are of one person. */
function tellDeployers(past: Past, { trust, made }: Context, signed?: SignedEntry): void {
  if (!trust || past.deployers.size === 0) return;
  const entries = signed ? [...past.entries, signed] : past.entries;
  const answers = entries.filter(({ statement }) => statement.predicate.says.kind === 'answer');
  past.deployers = namesOfPeople(past.deployers, made, keysOfNames(trust, answers));
}

const noPack = 'The journal does not have the allowed_signers of its pack, so it cannot be verified.';

const rules = new Map<string, Rule>([
  [
    roleAnswered.name,
    (past, entry) => {
      const { author: by, at, hash: id } = entry;
      const { role, value, condition } = roleAnswered.parse(entry);
      past.answers.add({ id, role, value, condition, by, at, claimedAt: null, over: '' });
      approvalsMayBeComplete(past, at);
    },
  ],
  [
    roleWithdrew.name,
    (past, entry) => past.answers.withdraw(roleWithdrew.parse(entry).role, null, entry.at, entry.author),
  ],
  [
    entryKept.name,
    (past, entry, context) => {
      const { trust } = context;
      const { statement, signature } = entryKept.parse(entry);
      const signed = readEntry(Buffer.from(statement), signature);
      if (past.entries.some(({ id }) => id === signed.id)) return;
      const verdict = trust && verifyEntry(signed, trust);
      if (!verdict?.ok) past.refused.push({ entry: signed, message: verdict?.message ?? noPack });
      else {
        const { author, device } = signed.statement.predicate;
        if (device === entry.device) context.made.push({ recordedBy: entry.author, author });
        tellDeployers(past, context, signed);
        takeSigned(past, signed, entry.at);
      }
    },
  ],
  [
    boardStood.name,
    (past, entry) => {
      const { run, decision, reasons, of } = boardStood.parse(entry);
      const board = { at: entry.at, run, decision, reasons, of };
      past.boards.push(board);
      const deployment = past.deployments.find((one) => one.run === run);
      if (deployment) deployment.board = board;
    },
  ],
  [
    runStarted.name,
    (past, entry, context) => {
      const { run, number, title, does, target, rehearsal, rollsBack } = runStarted.parse(entry);
      const undone = past.deployments.find((one) => one.run === rollsBack);
      if (undone) undone.rolledBackAt = entry.at;
      if (does !== 'deploy') return;
      past.deployers.add(entry.author);
      tellDeployers(past, context);
      const lacking = past.answers.lacks(past.roles, past.deployers);
      past.deployments.push({
        ...{ run, number, runbook: title, target, rehearsal, by: entry.author, startedAt: entry.at },
        ...{ endedAt: null, state: null, rolledBackAt: null, board: null, lacking },
        approvedAt: lacking.length === 0 ? lastOf(past.answers.all.map(({ at }) => at)) : null,
      });
    },
  ],
  [
    runEnded.name,
    (past, entry) => {
      const { run, state } = runEnded.parse(entry);
      const deployment = past.deployments.find((one) => one.run === run);
      if (deployment) Object.assign(deployment, { state, endedAt: entry.at });
    },
  ],
  [
    itemOverridden.name,
    (past, entry, context) => {
      const { item, title, path, reason } = itemOverridden.parse(entry);
      const { author: by, at } = entry;
      past.overrides.push({ item, title: [...path, title].join(' > '), by, at, reason, withdrawnAt: null });
      Object.assign(itemAt(context, item, title, path), { override: { by, at, reason } });
    },
  ],
  [
    itemOverrideWithdrawn.name,
    (past, entry, context) => {
      const { item, title, path } = itemOverrideWithdrawn.parse(entry);
      for (const one of past.overrides) if (one.item === item) one.withdrawnAt ??= entry.at;
      itemAt(context, item, title, path).override = null;
    },
  ],
  [
    itemMarked.name,
    (_past, entry, context) => {
      const { item, title, path, state, reason } = itemMarked.parse(entry);
      const { author: by, at } = entry;
      Object.assign(itemAt(context, item, title, path), { status: state, detail: reason, by, at });
    },
  ],
  [
    itemAnswered.name,
    (_past, entry, context) => {
      const { item, title, path, holds, note: detail } = itemAnswered.parse(entry);
      const status = holds === null ? 'open' : holds ? 'holds' : 'does not hold';
      Object.assign(itemAt(context, item, title, path), { status, detail, by: entry.author, at: entry.at });
    },
  ],
  [
    itemRematched.name,
    (past, entry, { items }) => {
      const { item, to } = itemRematched.parse(entry);
      const known = items.get(item);
      items.delete(item);
      for (const one of past.overrides) if (one.item === item && to) one.item = to.item;
      if (known && to && !items.has(to.item))
        items.set(to.item, { ...known, title: to.title, path: to.path });
    },
  ],
  [
    checkMeasured.name,
    (_past, entry, context) => {
      const { check, verdict, sentence, items } = checkMeasured.parse(entry);
      // A check that no item names is one line of its own.
      for (const item of items.length > 0 ? items : [`check ${check}`]) {
        const known = context.items.get(item) ?? itemAt(context, item, check, []);
        Object.assign(known, { status: verdict, detail: sentence, by: entry.author, at: entry.at });
      }
    },
  ],
]);

function takeSigned(past: Past, signed: SignedEntry, at: string): void {
  past.entries.push(signed);
  const { author: by, claimedAt, says } = signed.statement.predicate;
  if (says.kind === 'review') return;
  past.answers.withdraw(says.role, says.withdraws, at, by);
  if (says.kind !== 'answer') return;
  const { role, answer: value, condition } = says;
  past.answers.add({ id: signed.id, role, value, condition, by, at, claimedAt, over: '' });
  approvalsMayBeComplete(past, at);
}

/** Of a deployment that did not wait for it, an auditor asks when the approval came. */
function approvalsMayBeComplete(past: Past, at: string): void {
  const late = past.deployments.filter(({ approvedAt }) => approvedAt === null);
  if (late.length === 0 || past.answers.lacks(past.roles, past.deployers).length > 0) return;
  for (const deployment of late) deployment.approvedAt = at;
}

function itemAt({ items }: Context, id: string, title: string, path: readonly string[]): AuditItem {
  const known = items.get(id);
  if (known) return Object.assign(known, { title, path });
  const made: AuditItem = { id, path, title, status: 'open', detail: '', by: '', at: null, override: null };
  items.set(id, made);
  return made;
}

/** Where nothing says who had to answer, those who did stand for it. */
function rolesThatAnswered(entries: readonly Entry[]): PastRole[] {
  const ids = entries.flatMap((entry) => {
    if (entry.kind === roleAnswered.name) return [roleAnswered.parse(entry).role];
    if (entry.kind !== entryKept.name) return [];
    const { statement, signature } = entryKept.parse(entry);
    const { says } = readEntry(Buffer.from(statement), signature).statement.predicate;
    return says.kind === 'answer' ? [says.role] : [];
  });
  return [...new Set(ids)].map((id) => ({
    ...{ id, title: id, signers: [], approvals: 1, deployerMaySign: true, notAlso: [] },
  }));
}

function lastOf(times: readonly string[]): string | null {
  return times.toSorted().at(-1) ?? null;
}
