import { describe, expect, it } from 'vitest';
import { reasonsAgainst } from '../../../electron/board/decide.ts';
import { readRoles } from '../../../electron/board/roles.ts';
import type { Item } from '../../../shared/contract/checklist.ts';
import type { Role } from '../../../shared/contract/pack.ts';
import { gate, item } from '../../support/items.ts';

const now = new Date('2026-01-01T00:00:00Z');
const role = (id: string, changes: Partial<Role> = {}): Role => ({
  id,
  title: id.toUpperCase(),
  covers: null,
  deploys: false,
  notAlso: [],
  silenceNoGoMs: null,
  ...changes,
});
const answer = (id: string, changes = {}) => ({
  role: id,
  value: 'go' as const,
  condition: '',
  by: 'ada',
  at: '',
  ...changes,
});
const noClock = { t0: null, heldMs: 0, hold: null };

const against = (items: Item[], unmatched = 0) =>
  reasonsAgainst({ items, roles: [], unmatched, reviewedDifferently: [], forks: [] }).map(
    ({ code, text }) => `${code} | ${text}`,
  );
const criterion = (title: string, changes: Partial<Item>) => item(title, { criterion: 'go', ...changes });
const question = (title: string, changes: Partial<Item>) => item(title, { criterion: 'no-go', ...changes });

describe('a go criterion', () => {
  it('holds by a passing check, by a person with evidence, or by a shown override or waiver', () => {
    expect(
      against([
        criterion('a', { status: 'pass', gate: gate('pass') }),
        criterion('b', { status: 'done', state: 'done', notes: 1 }),
        criterion('c', { status: 'overridden', gate: gate('fail') }),
        criterion('d', { status: 'waived', state: 'waived' }),
      ]),
    ).toEqual([]);
  });

  it('does not hold by a tick in the document or by a bare word', () => {
    expect(against([criterion('Team trained', { status: 'claimed', ticked: true, state: 'done' })])).toEqual([
      'go-criterion | Team trained: only claimed in the document',
    ]);
    expect(against([criterion('Team trained', { status: 'done', state: 'done' })])[0]).toContain(
      'without evidence',
    );
  });

  for (const verdict of ['fail', 'error', 'unproven', 'stale'] as const) {
    it(`does not hold when its check says ${verdict}, and tells why`, () => {
      expect(
        against([
          criterion('Sharpe', { status: verdict, gate: gate(verdict, 'The interval straddles 0.75.') }),
        ]),
      ).toEqual(['go-criterion | Sharpe: The interval straddles 0.75.']);
    });
  }

  it('does not hold before its check has run, even when the document ticks it', () => {
    expect(against([criterion('Sharpe', { status: 'claimed', gate: gate(null) })])).toEqual([
      'go-criterion | Sharpe: not measured yet',
    ]);
  });
});

describe('a no-go criterion', () => {
  it('is a question: answered no it stands aside, answered yes it blocks, unanswered it is not a go', () => {
    expect(against([question('Costs > 50 %', { holds: false })])).toEqual([]);
    expect(against([question('Costs > 50 %', { holds: true })])).toEqual([
      'no-go-criterion | Costs > 50 %: holds',
    ]);
    expect(against([question('Costs > 50 %', {})])).toEqual(['no-go-criterion | Costs > 50 %: not answered']);
  });
});

describe('other items', () => {
  it('stand against the launch when they are gates that do not pass, blocked, failed or disputed', () => {
    expect(
      against([
        item('open work', {}),
        item('claimed work', { status: 'claimed' }),
        item('gate', { status: 'error', gate: gate('error', 'stg-1 does not answer.') }),
        item('soak', { status: 'blocked', state: 'blocked', reason: 'ends tomorrow' }),
        item('twice', { status: 'disputed' }),
      ]),
    ).toEqual([
      'gate | gate: stg-1 does not answer.',
      'disputed | twice: marked differently by two people',
      'blocker | soak: blocked, ends tomorrow',
    ]);
  });

  it('of the days after the launch say nothing about it', () => {
    expect(against([item('first week', { afterLaunch: true, status: 'fail', gate: gate('fail') })])).toEqual(
      [],
    );
  });

  it('and two histories of one person stand before all else, once for each person', () => {
    const forks = [
      { author: 'eve@example.com', seq: 4 },
      { author: 'eve@example.com', seq: 5 },
      { author: 'bob@example.com', seq: 1 },
    ];
    const failing = [criterion('a', { status: 'fail', gate: gate('fail') })];
    const reasons = reasonsAgainst({
      items: failing,
      roles: [],
      unmatched: 0,
      reviewedDifferently: [],
      forks,
    });
    expect(reasons.map(({ code, link, text }) => [code, link.to, text.split(':')[0]])).toEqual([
      ['two-histories', 'review', 'eve@example.com signed two different entries as number 4, 5'],
      ['two-histories', 'review', 'bob@example.com signed two different entries as number 1'],
      ['go-criterion', 'item', 'a'],
    ]);
  });

  it('that the changed document lost are told', () => {
    expect(against([], 2)[0]).toContain('2 marked items are no longer in the checklist');
  });
});

describe('a role', () => {
  const rolesAgainst = (...input: Parameters<typeof readRoles>) =>
    reasonsAgainst({
      items: [],
      roles: readRoles(...input),
      unmatched: 0,
      reviewedDifferently: [],
      forks: [],
    }).map(({ code, text }) => `${code} | ${text}`);

  it('that has not answered is not a go', () => {
    expect(rolesAgainst([role('devops')], [], noClock, now)).toEqual([
      'role-missing | DEVOPS: has not answered',
    ]);
  });

  it('may say go, or go with a condition', () => {
    const value = 'go-with-condition' as const;
    expect(
      rolesAgainst(
        [role('a'), role('b')],
        [answer('a'), answer('b', { value, condition: 'x' })],
        noClock,
        now,
      ),
    ).toEqual([]);
  });

  it('that says no-go or abstains is not a go', () => {
    const answers = [answer('a', { value: 'no-go', condition: 'disk' }), answer('b', { value: 'abstain' })];
    expect(rolesAgainst([role('a'), role('b')], answers, noClock, now)).toEqual([
      'role-no-go | A: says no-go: disk',
      'role-missing | B: abstains, which is not a go',
    ]);
  });

  it('must be another person than the one who answers as its rival, whichever of the two names the other', () => {
    const roles = [role('manager', { notAlso: ['devops'] }), role('devops')];
    expect(rolesAgainst(roles, [answer('manager'), answer('devops')], noClock, now)).toHaveLength(2);
    expect(rolesAgainst(roles, [answer('manager'), answer('devops', { by: 'bob' })], noClock, now)).toEqual(
      [],
    );
  });

  it('that stays silent past its time is a no-go, by the T-clock and not by the wall', () => {
    const roles = [role('manager', { silenceNoGoMs: 30 * 60_000 })];
    const inMinutes = (minutes: number) => ({
      t0: new Date(now.getTime() + minutes * 60_000).toISOString(),
      heldMs: 0,
      hold: null,
    });
    expect(rolesAgainst(roles, [], inMinutes(31), now)).toEqual(['role-missing | MANAGER: has not answered']);
    expect(rolesAgainst(roles, [], inMinutes(29), now)).toEqual([
      'role-silent | MANAGER: has not answered in time, which is a no-go',
    ]);
    const held = {
      ...inMinutes(29),
      hold: { since: new Date(now.getTime() - 120_000).toISOString(), reason: 'x', by: 'ada' },
    };
    expect(rolesAgainst(roles, [], held, now)).toEqual(['role-missing | MANAGER: has not answered']);
  });
});
