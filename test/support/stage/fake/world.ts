import type { Board, Reason, RoleAnswer } from '../../../../shared/contract/board.ts';
import type { Checklist, Finding, Item, Unmatched } from '../../../../shared/contract/checklist.ts';
import type { HostRow } from '../../../../shared/contract/hardware.ts';
import type { Pin, TimelineRow } from '../../../../shared/contract/journal.ts';
import type { Launch } from '../../../../shared/contract/pack.ts';
import type { RunView } from '../../../../shared/contract/runbook.ts';
import type { Sandbox } from '../../../../shared/contract/sandbox.ts';
import type { Change, Session } from '../../../../shared/contract/session.ts';
import type { Settings } from '../../../../shared/contract/settings.ts';
import { isSettled } from '../../../../shared/item-status.ts';
import type { ComputeState } from '../fixtures/compute/jobs.ts';
import { type BuiltList, progressOf } from '../fixtures/items.ts';
import { ago, minute } from '../fixtures/moments.ts';
import type { SignoffState } from '../fixtures/signoffs.ts';

type Answer = NonNullable<RoleAnswer['answer']>;

export interface WorldState {
  launch: Launch | null;
  list: BuiltList;
  findings: Finding[];
  unmatched: Unmatched[];
  notWritten: string | null;
  answers: Record<string, Answer>;
  emptyContacts: string[];
  runs: RunView[];
  hosts: HostRow[];
  sandbox: Sandbox;
  settings: Settings;
  journalProblem: string;
  journal: TimelineRow[];
  pins: Pin[];
  signoff: SignoffState;
  compute: ComputeState;
  /** Names of secrets that are known. */
  secrets: Record<string, boolean>;
  /** Lines of every log; a run that goes on adds to it. */
  logLines: number;
}

/** What the fake service knows, and who listens to its changes. */
export class World {
  state: WorldState;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(state: WorldState) {
    this.state = state;
  }

  emit(...changes: Change[]): void {
    for (const change of changes) for (const listener of this.#listeners) listener(change);
  }

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes an entry, newest first. */
  log(kind: string, text: string, link: TimelineRow['link'] = null): void {
    const { journal, settings } = this.state;
    const seq = (journal[0]?.seq ?? 0) + 1;
    const row: TimelineRow = {
      device: '9f3c',
      seq,
      at: new Date().toISOString(),
      author: settings.name,
      kind,
      text,
      group: kind.split('.')[0] ?? kind,
      hash: seq.toString(16).padStart(64, 'a1b2'),
      link,
    };
    this.state.journal = [row, ...journal];
    this.emit({ topic: 'journal' }, { topic: 'session' });
  }

  item(id: string): Item {
    const item = this.state.list.items.find((one) => one.id === id);
    if (!item) throw new Error('There is no such item in the checklist any more.');
    return item;
  }

  changeItem(id: string, change: Partial<Item>): Item {
    const next = { ...this.item(id), ...change };
    this.state.list.items = this.state.list.items.map((item) => (item.id === id ? next : item));
    this.emit({ topic: 'items', items: [next] }, { topic: 'board' });
    return next;
  }

  changeRun(run: RunView): RunView {
    const known = this.state.runs.some(({ id }) => id === run.id);
    this.state.runs = known
      ? this.state.runs.map((one) => (one.id === run.id ? run : one))
      : [run, ...this.state.runs];
    this.emit({ topic: 'run', run: run.id }, { topic: 'runs' }, { topic: 'session' });
    return run;
  }

  checklist(): Checklist {
    const { list, findings, unmatched, notWritten } = this.state;
    return {
      file: 'checklist.md',
      digest: 'd1',
      title: 'Production checklist',
      notWritten,
      sections: list.sections,
      items: list.items,
      findings,
      unmatched,
      progress: progressOf(list.items),
      phase: list.sections[0]?.phase ?? '',
    };
  }

  board(): Board {
    const { list, launch, answers, emptyContacts } = this.state;
    const gates = list.items.filter(({ gate }) => gate !== null);
    const reasons = this.#reasons();
    return {
      decision: reasons.length === 0 ? 'go' : 'no-go',
      reasons,
      go: list.items.filter(({ criterion }) => criterion === 'go'),
      noGo: list.items.filter(({ criterion }) => criterion === 'no-go'),
      gates,
      overrides: list.items.filter(({ override }) => override !== null),
      waivers: list.items.filter(({ state }) => state === 'waived'),
      blockers: list.items.filter(({ state }) => state === 'blocked'),
      roles: (launch?.roles ?? []).map((role) => ({
        role: role.id,
        title: role.title,
        covers: role.covers,
        deploys: role.deploys,
        answer: answers[role.id] ?? null,
        lacks: lackOf(role.id, answers[role.id]),
        silent: false,
        silenceAt: role.silenceNoGoMs === null ? null : ago(-100 * minute),
        ...this.#signed(role.id),
      })),
      emptyContacts,
      progress: progressOf(list.items),
      next: list.items.filter(({ status, criterion }) => status === 'open' && criterion === null).slice(0, 4),
    };
  }

  /** What a role's signatures say, where it has signers. */
  #signed(role: string): Partial<RoleAnswer> {
    const standing = this.state.signoff.view.standings.find((one) => one.role === role);
    if (!standing) return {};
    const [answer] = standing.answers;
    return {
      answer: answer
        ? {
            value: answer.answer,
            condition: answer.condition,
            by: answer.author,
            at: answer.claimedAt,
            signed: true,
          }
        : null,
      lacks: standing.lacks,
      outdated: standing.verdict === 'outdated',
    };
  }

  #reasons(): Reason[] {
    const { list, launch, answers } = this.state;
    const unmet = list.items
      .filter(({ criterion, status, gate }) => criterion === 'go' && !isSettled(status, gate !== null))
      .map(
        (item): Reason => ({
          code: 'go-criterion',
          status: item.status,
          text: item.gate?.verdict ? `${item.title}: ${item.gate.measured}` : item.title,
          link: { to: 'item', item: item.id },
        }),
      );
    const held = list.items
      .filter(({ criterion, holds }) => criterion === 'no-go' && holds !== false)
      .map(
        (item): Reason => ({
          code: 'no-go-criterion',
          status: item.holds ? 'fail' : 'open',
          text: item.holds ? `${item.title}: it holds` : `Nobody has said whether this holds: ${item.title}`,
          link: { to: 'item', item: item.id },
        }),
      );
    const silent = (launch?.roles ?? [])
      .filter(({ id }) => !answers[id] || lackOf(id, answers[id]))
      .map(
        (role): Reason => ({
          code: 'role-silent',
          status: 'open',
          text: answers[role.id] ? lackOf(role.id, answers[role.id]) : `${role.title} has not answered`,
          link: { to: 'role', role: role.id },
        }),
      );
    const { forks, reviewed } = this.state.signoff.view;
    const review = { status: 'disputed', link: { to: 'review' } } as const;
    const alarms = forks.map(
      ({ author, seq }): Reason => ({
        ...review,
        code: 'two-histories',
        text: `${author} signed two different entries as number ${seq}: ask which are theirs, and revoke the key`,
      }),
    );
    const disputes = reviewed
      .filter(({ disputed }) => disputed)
      .map(
        ({ title }): Reason => ({
          ...review,
          code: 'disputed',
          text: `${title}: reviewers mark it differently`,
        }),
      );
    return [...alarms, ...unmet, ...held, ...disputes, ...silent];
  }

  session(): Session {
    const { journal, journalProblem, runs, hosts, sandbox } = this.state;
    const active = runs.filter(({ state }) => ['running', 'holding', 'asking', 'stopping'].includes(state));
    return {
      journal: { entries: journal.length, problem: journalProblem },
      runs: active.map(({ id, title, where, state }) => ({ id, text: `${title} · ${where}`, state })),
      awake: active.length > 0 ? 'awake until the run ends' : '',
      power: 'battery 81 % · on power',
      hosts: {
        connected: hosts.filter(({ state }) => state === 'connected').length,
        known: hosts.length,
      },
      sandbox: sandbox.state,
    };
  }
}

function lackOf(role: string, answer: Answer | undefined): string {
  if (!answer) return 'no answer';
  if (answer.value === 'no-go') return 'said no-go';
  if (answer.value === 'abstain') return 'abstains';
  return role === 'devops' && answer.by === 'devops' && Date.parse(answer.at) < Date.now() - 60 * minute
    ? 'DevOps answered before the load test changed: 2 items are different now.'
    : '';
}
