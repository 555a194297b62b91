import type { CellState, Question } from '../../shared/contract/runbook.ts';
import type { Stage } from './stages.ts';

/** What is known of a run, as far as the next move depends on it. */
export interface RunFacts {
  cell(step: string, batch: number, host: string): CellFacts | null;
  hold(step: string, batch: number): HoldFacts | null;
  leftOut: ReadonlySet<string>;
  stop: 'after-step' | 'now' | null;
  rollBack: boolean;
}

export interface CellFacts {
  state: CellState;
  attempt: number;
}

export interface HoldFacts {
  /** ISO; null where it waits for ever. */
  until: string | null;
  answer: { go: boolean } | null;
}

export interface DecidedStep {
  isHold: boolean;
  otherwise: 'stop' | 'go on';
  /** How often a failed cell is started again without asking. */
  retries: number;
}

export type Move =
  | { do: 'start'; stage: Stage; hosts: string[] }
  | { do: 'hold'; stage: Stage }
  | { do: 'lapse'; stage: Stage; go: boolean }
  /** Something runs, or a person must speak. `until` is when that changes by itself. */
  | { do: 'wait'; stage: Stage; asks: { hosts: string[]; state: CellState } | null; until: string | null }
  | { do: 'end'; state: 'done' | 'failed' | 'stopped'; why: string };

const settled: readonly CellState[] = ['done', 'skipped', 'left-out'];

/** The next move of a run: a function of its plan, what has happened, and the time. */
export function nextMove(
  stages: readonly Stage[],
  stepOf: (id: string) => DecidedStep,
  facts: RunFacts,
  now: Date,
): Move {
  for (const stage of stages) {
    const step = stepOf(stage.step);
    const hosts = stage.hosts.filter((host) => !facts.leftOut.has(host));
    if (hosts.length === 0) continue;
    const move = step.isHold ? holdMove(stage, step, facts, now) : cellMove(stage, step, hosts, facts);
    if (move) return move;
  }
  const hosts = stages.flatMap((stage) => stage.hosts).filter((host) => host !== '');
  if (hosts.length > 0 && hosts.every((host) => facts.leftOut.has(host))) {
    return { do: 'end', state: 'failed', why: 'every host was left out' };
  }
  return { do: 'end', state: 'done', why: '' };
}

function cellMove(stage: Stage, step: DecidedStep, hosts: string[], facts: RunFacts): Move | null {
  const cells = hosts.map((host) => ({ host, cell: facts.cell(stage.step, stage.batch, host) }));
  const ofState = (states: readonly CellState[]) =>
    cells.filter(({ cell }) => cell && states.includes(cell.state)).map(({ host }) => host);
  if (ofState(['running']).length > 0) return { do: 'wait', stage, asks: null, until: null };

  const again = cells.filter(({ cell }) => cell?.state === 'failed' && cell.attempt <= step.retries);
  const fresh = cells.filter(({ cell }) => !cell || cell.state === 'waiting');
  const startable = [...fresh, ...again].map(({ host }) => host);
  if (fresh.length + again.length === 0 && ofState(settled).length === hosts.length) return null;

  // Whoever wants to stop or go back is heard before anything more begins.
  if (facts.rollBack) return { do: 'end', state: 'failed', why: 'rolled back' };
  if (facts.stop) return { do: 'end', state: 'stopped', why: 'stopped by the operator' };
  if (startable.length > 0) return { do: 'start', stage, hosts: startable };

  const bad = cells.find(({ cell }) => cell && !settled.includes(cell.state));
  const state = bad?.cell?.state ?? 'failed';
  return { do: 'wait', stage, asks: { hosts: ofState([state]), state }, until: null };
}

function holdMove(stage: Stage, step: DecidedStep, facts: RunFacts, now: Date): Move | null {
  const hold = facts.hold(stage.step, stage.batch);
  if (hold?.answer?.go) return null;
  if (facts.rollBack) return { do: 'end', state: 'failed', why: 'rolled back' };
  if (facts.stop) return { do: 'end', state: 'stopped', why: 'stopped by the operator' };
  if (!hold) return { do: 'hold', stage };
  if (hold.answer) return { do: 'end', state: 'stopped', why: 'the hold was not released' };
  if (hold.until !== null && Date.parse(hold.until) <= now.getTime()) {
    return { do: 'lapse', stage, go: step.otherwise === 'go on' };
  }
  return { do: 'wait', stage, asks: null, until: hold.until };
}

/** What a person may say about cells in a state. A result that was seen is never called done by hand. */
export function choicesFor(
  state: CellState,
  canRollBack: boolean,
): Extract<Question, { kind: 'choice' }>['choices'] {
  const unseen = state === 'lost' || state === 'unknown';
  return [
    ...(unseen ? (['done'] as const) : []),
    'retry',
    'skip',
    'leave-out',
    ...(canRollBack ? (['roll-back'] as const) : []),
    'stop',
  ];
}
