import { describe, expect, it } from 'vitest';
import { choicesFor, nextMove, type RunFacts } from '../../../electron/runbook/decide.ts';
import type { CellState } from '../../../shared/contract/runbook.ts';

const stages = [
  { step: 'upload', batch: -1, hosts: ['a', 'b'] },
  { step: 'switch', batch: 0, hosts: ['a'] },
  { step: 'hold', batch: 0, hosts: [''] },
  { step: 'switch', batch: 1, hosts: ['b'] },
];
const now = new Date('2026-01-01T00:00:00Z');

interface Story {
  cells?: Record<string, CellState | { state: CellState; attempt: number }>;
  hold?: { until: string | null; answer: { go: boolean } | null } | null;
  leftOut?: string[];
  stop?: RunFacts['stop'];
  rollBack?: boolean;
  retries?: number;
  otherwise?: 'stop' | 'go on';
}

function moveOf({
  cells = {},
  hold = null,
  leftOut = [],
  stop = null,
  rollBack = false,
  retries = 0,
  otherwise = 'stop',
}: Story) {
  const facts: RunFacts = {
    cell: (step, batch, host) => {
      const cell = cells[`${step}${batch < 0 ? '' : batch} ${host}`];
      return cell === undefined ? null : typeof cell === 'string' ? { state: cell, attempt: 1 } : cell;
    },
    hold: () => hold,
    leftOut: new Set(leftOut),
    stop,
    rollBack,
  };
  return nextMove(stages, (id) => ({ isHold: id === 'hold', otherwise, retries }), facts, now);
}

const uploaded = { 'upload a': 'done', 'upload b': 'done' } as const;
const firstBatch = { ...uploaded, 'switch0 a': 'done' } as const;
const released = { until: null, answer: { go: true } };

describe('the next move of a run', () => {
  it('starts the first step on all its hosts', () => {
    expect(moveOf({})).toMatchObject({ do: 'start', hosts: ['a', 'b'] });
  });

  it('waits for every host before the next step', () => {
    expect(moveOf({ cells: { 'upload a': 'done', 'upload b': 'running' } })).toMatchObject({
      do: 'wait',
      asks: null,
    });
  });

  it('asks about the hosts that failed once the others have ended', () => {
    expect(moveOf({ cells: { 'upload a': 'running', 'upload b': 'failed' } })).toMatchObject({
      do: 'wait',
      asks: null,
    });
    expect(moveOf({ cells: { 'upload a': 'done', 'upload b': 'failed' } })).toMatchObject({
      do: 'wait',
      asks: { hosts: ['b'], state: 'failed' },
    });
  });

  for (const state of ['lost', 'unknown', 'timed-out'] as const) {
    it(`never goes past a ${state} cell by itself, even where failures are retried`, () => {
      expect(moveOf({ cells: { 'upload a': 'done', 'upload b': state }, retries: 3 })).toMatchObject({
        do: 'wait',
        asks: { hosts: ['b'], state },
      });
    });
  }

  it('starts a failed cell again as often as the step allows, and then asks', () => {
    const failed = (attempt: number) => ({
      cells: { 'upload a': 'done' as const, 'upload b': { state: 'failed' as const, attempt } },
      retries: 2,
    });
    expect(moveOf(failed(2))).toMatchObject({ do: 'start', hosts: ['b'] });
    expect(moveOf(failed(3))).toMatchObject({ do: 'wait', asks: { hosts: ['b'] } });
  });

  it('opens a hold, waits at it, and goes on when it is released', () => {
    expect(moveOf({ cells: firstBatch })).toMatchObject({ do: 'hold' });
    expect(moveOf({ cells: firstBatch, hold: { until: null, answer: null } })).toMatchObject({
      do: 'wait',
      until: null,
    });
    expect(moveOf({ cells: firstBatch, hold: released })).toMatchObject({ do: 'start', hosts: ['b'] });
  });

  it('ends when a hold is refused', () => {
    expect(moveOf({ cells: firstBatch, hold: { until: null, answer: { go: false } } })).toMatchObject({
      do: 'end',
      state: 'stopped',
    });
  });

  it('lets a hold lapse only after its time, and then as the author said', () => {
    const until = (iso: string) => ({ cells: firstBatch, hold: { until: iso, answer: null } });
    expect(moveOf(until('2026-01-01T00:00:01Z'))).toMatchObject({
      do: 'wait',
      until: '2026-01-01T00:00:01Z',
    });
    expect(moveOf(until('2025-12-31T23:59:59Z'))).toMatchObject({ do: 'lapse', go: false });
    expect(moveOf({ ...until('2025-12-31T23:59:59Z'), otherwise: 'go on' })).toMatchObject({
      do: 'lapse',
      go: true,
    });
  });

  it('stops before the next step, after the ones that run', () => {
    expect(
      moveOf({ cells: { 'upload a': 'running', 'upload b': 'done' }, stop: 'after-step' }),
    ).toMatchObject({ do: 'wait' });
    expect(moveOf({ cells: uploaded, stop: 'after-step' })).toMatchObject({ do: 'end', state: 'stopped' });
    expect(
      moveOf({ cells: firstBatch, hold: { until: null, answer: null }, stop: 'after-step' }),
    ).toMatchObject({ do: 'end', state: 'stopped' });
  });

  it('ends as failed to be rolled back, even when every step of the stage failed', () => {
    expect(moveOf({ cells: { ...uploaded, 'switch0 a': 'failed' }, rollBack: true })).toMatchObject({
      do: 'end',
      state: 'failed',
    });
  });

  it('goes on without a host that was left out', () => {
    const cells = { 'upload a': 'done', 'upload b': 'left-out', 'switch0 a': 'done' } as const;
    expect(moveOf({ cells, hold: released, leftOut: ['b'] })).toMatchObject({ do: 'end', state: 'done' });
  });

  it('calls a run that works on no host done when its steps are', () => {
    const facts: RunFacts = {
      cell: () => ({ state: 'done', attempt: 1 }),
      hold: () => null,
      leftOut: new Set(),
      stop: null,
      rollBack: false,
    };
    const alone = [{ step: 'note', batch: -1, hosts: [''] }];
    const step = { isHold: false, otherwise: 'stop', retries: 0 } as const;
    expect(nextMove(alone, () => step, facts, now)).toEqual({ do: 'end', state: 'done', why: '' });
  });

  it('does not call a run done when every host was left out', () => {
    expect(
      moveOf({
        cells: { 'upload a': 'left-out', 'upload b': 'left-out' },
        leftOut: ['a', 'b'],
        hold: released,
      }),
    ).toMatchObject({
      do: 'end',
      state: 'failed',
    });
  });

  it('is done when the last stage is', () => {
    expect(moveOf({ cells: { ...firstBatch, 'switch1 b': 'skipped' }, hold: released })).toEqual({
      do: 'end',
      state: 'done',
      why: '',
    });
  });
});

describe('what a person may say of a cell', () => {
  it('includes calling it done only where nobody saw how it ended', () => {
    expect(choicesFor('lost', true)).toContain('done');
    expect(choicesFor('unknown', true)).toContain('done');
    expect(choicesFor('failed', true)).not.toContain('done');
  });

  it('includes going back only where something was changed', () => {
    expect(choicesFor('failed', false)).not.toContain('roll-back');
  });
});
