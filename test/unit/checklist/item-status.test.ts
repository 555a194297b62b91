import { describe, expect, it } from 'vitest';
import type { ItemState, Verdict } from '../../../shared/contract/common.ts';
import { countProgress, type ItemFacts, isSettled, statusOf } from '../../../shared/item-status.ts';

const facts = (some: Partial<ItemFacts>): ItemFacts => ({
  state: 'open',
  claimed: false,
  gate: null,
  overridden: false,
  disputed: false,
  ...some,
});
const gate = (verdict: Verdict | null) => ({ gate: { verdict } });

describe('the status of an item', () => {
  it.each([
    ['a claim counts where no check is bound', { claimed: true }, 'claimed', true],
    ['and does not where one is', { claimed: true, ...gate(null) }, 'claimed', false],
    ['a check is believed before a tick', { claimed: true, ...gate('fail') }, 'fail', false],
    ['a check is believed before a mark', { state: 'done' as ItemState, ...gate('stale') }, 'stale', false],
    ['what could not be measured is no pass', gate('error'), 'error', false],
    ['an override is shown as one', { overridden: true, ...gate('fail') }, 'overridden', true],
    ['and is not needed where the check passes', { overridden: true, ...gate('pass') }, 'pass', true],
    ['a block stands before a check', { state: 'blocked' as ItemState, ...gate('pass') }, 'blocked', false],
    ['a dispute stands before all', { state: 'done' as ItemState, disputed: true }, 'disputed', false],
    ['a person has failed it', { state: 'failed' as ItemState }, 'failed', false],
  ] as const)('%s', (_, some, status, settled) => {
    const all = facts(some);
    expect(statusOf(all)).toBe(status);
    expect(isSettled(statusOf(all), all.gate !== null)).toBe(settled);
  });
});

describe('the status of a no-go criterion', () => {
  const asked = (holds: boolean | null, some: Partial<ItemFacts> = {}) =>
    statusOf(facts({ question: { holds }, ...some }));

  it.each([
    ['silence does not settle it', asked(null), 'open'],
    ['it does not hold', asked(false), 'done'],
    ['it holds', asked(true), 'failed'],
    ['its box is ticked: somebody says that it holds', asked(null, { claimed: true }), 'failed'],
    ['its check passes: it holds', asked(null, gate('pass')), 'fail'],
    ['its check fails: it does not hold', asked(null, gate('fail')), 'pass'],
    ['its check could not be measured', asked(null, gate('error')), 'error'],
    ['a person says no where a check says yes', asked(false, gate('pass')), 'fail'],
    ['a person says yes where a check says no', asked(true, gate('fail')), 'failed'],
    ['its check is overridden', asked(null, { overridden: true, ...gate('pass') }), 'overridden'],
    ['it cannot be waived', asked(null, { state: 'waived' }), 'open'],
    ['it cannot be marked done', asked(null, { state: 'done' }), 'open'],
  ])('%s', (_, status, expected) => {
    expect(status).toBe(expected);
  });
});

describe('progress', () => {
  it('adds up, and counts claims apart from what is proven', () => {
    const counted = countProgress(['pass', 'claimed', 'done', 'failed', 'fail', 'open']);
    expect(counted).toMatchObject({ total: 6, proven: 1, claimed: 1, done: 1, failed: 2, open: 1 });
    const { total, ...parts } = counted;
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
  });
});
