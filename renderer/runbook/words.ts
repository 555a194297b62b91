import type { Cell, CellState, PlannedStep, RunState } from '../../shared/contract/runbook.ts';
import type { GlyphKind } from '../ui/index.ts';

export const cellGlyphs: Record<CellState, { kind: GlyphKind; word: string }> = {
  waiting: { kind: 'open', word: 'waits' },
  running: { kind: 'running', word: 'running' },
  done: { kind: 'pass', word: 'done' },
  failed: { kind: 'fail', word: 'failed' },
  'timed-out': { kind: 'timed-out', word: 'timed out' },
  lost: { kind: 'lost', word: 'lost' },
  unknown: { kind: 'unknown', word: 'unknown' },
  skipped: { kind: 'skipped', word: 'skipped' },
  'left-out': { kind: 'left-out', word: 'left out' },
};

export const runGlyphs: Record<RunState, { kind: GlyphKind; word: string }> = {
  running: { kind: 'running', word: 'running' },
  holding: { kind: 'hold', word: 'waits at a hold' },
  asking: { kind: 'hold', word: 'waits for a choice' },
  stopping: { kind: 'running', word: 'stopping' },
  done: { kind: 'pass', word: 'done' },
  failed: { kind: 'fail', word: 'failed' },
  stopped: { kind: 'blocked', word: 'stopped' },
};

/** What the two states mean that nobody may guess about. Empty for the others, which say it by their word. */
export function explainState(state: CellState): string {
  if (state === 'lost') {
    return 'The host has restarted, or the process is gone, and left no result. Whether its work was done can only be seen on the host.';
  }
  if (state === 'unknown') {
    return 'It was started, but nothing can be seen of it now. It may still be running there. Nothing is started again until you say so.';
  }
  return '';
}

export function isUnderWay(state: RunState): boolean {
  return state === 'running' || state === 'holding' || state === 'asking' || state === 'stopping';
}

/** The cell a person wants to see: what goes on on a host, else what went wrong, else the last output there is. */
export function cellToLookAt(
  steps: readonly (PlannedStep & { cells: readonly Cell[] })[],
): { step: string; host: string } | null {
  const all = steps.flatMap((step) => step.cells.map((cell) => ({ step: step.id, host: cell.host, cell })));
  const onHosts = all.filter(({ host }) => host !== '');
  const isWrong = ({ cell }: (typeof all)[number]) =>
    ['failed', 'timed-out', 'lost', 'unknown'].includes(cell.state);
  const found =
    onHosts.find(({ cell }) => cell.state === 'running') ??
    all.find(isWrong) ??
    onHosts.findLast(({ cell }) => cell.startedAt !== null) ??
    all[0];
  return found ? { step: found.step, host: found.host } : null;
}
