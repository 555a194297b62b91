import { describe, expect, it } from 'vitest';
import { assertMayBeAskedOfCopy } from '../../../electron/router/copy-guard.ts';
import { contract } from '../../../shared/contract/index.ts';

const all = Object.entries(contract).flatMap(([domain, procedures]) =>
  Object.keys(procedures).map((procedure) => `${domain}.${procedure}`),
);

function isAllowed(name: string): boolean {
  try {
    assertMayBeAskedOfCopy(name.split('.'));
    return true;
  } catch {
    return false;
  }
}

const named = (domain: string, ...procedures: readonly string[]) =>
  procedures.map((one) => `${domain}.${one}`);

/** A new procedure is in neither list: decide whether it would change, measure or run something of somebody else's. */
const [allowed, refused] = [
  [
    ...named('session', 'get', 'watch'),
    ...named('settings', 'get', 'set', 'about', 'secrets', 'forgetSecret'),
    ...named('paths', 'pick', 'complete'),
    ...named('journal', 'status', 'page', 'entry', 'pins', 'pin', 'unpin', 'story'),
    ...named('pack', 'current', 'recent', 'worked', 'open', 'openWorked', 'close'),
    ...named('checklist', 'get', 'item', 'export', 'lint'),
    ...named('checks', 'list'),
    ...named('board', 'get'),
    ...named('runbook', 'list', 'get', 'log', 'findInLog', 'watchLog'),
    ...named('hardware', 'hosts', 'laptop', 'watchLoad'),
    ...named('sandbox', 'get', 'stop'),
    ...named('compute', 'files', 'providers', 'jobs', 'answer', 'models', 'trials'),
    ...named('compute', 'cancel', 'forget', 'export'),
    ...named('signoff', 'get', 'signers', 'makeKey', 'toSign', 'watchPrompts', 'answerPrompt'),
    ...named(
      'signoff',
      'sign',
      'review',
      'readReview',
      'withdraw',
      'export',
      'import',
      'sharedFolder',
      'exchange',
    ),
    ...named('signoff', 'sharing', 'draft', 'saveDraft', 'attach', 'attachment', 'signDraft'),
  ],
  [
    ...named('pack', 'reload', 'setMode', 'setT0', 'holdClock', 'resumeClock'),
    ...named('checklist', 'mark', 'answer', 'note', 'assign', 'override', 'withdrawOverride', 'rematch'),
    ...named('checks', 'run'),
    ...named('board', 'answer', 'withdraw'),
    ...named('runbook', 'plan', 'start', 'release', 'choose', 'stop'),
    ...named('runbook', 'rollbackPlan', 'rollBack', 'giveSecret'),
    ...named('hardware', 'probe', 'trust'),
    ...named('sandbox', 'start', 'reset', 'setFault'),
    ...named('compute', 'start', 'setModelRole'),
    ...named('signoff', 'takeOver'),
    ...named('audit', 'scope', 'write'),
  ],
];

describe('a copy that came in a review file', () => {
  it('may be read, signed and exchanged, and nothing else: of each procedure it is decided', () => {
    expect(all.filter(isAllowed).sort()).toEqual(allowed.sort());
    expect(all.filter((name) => !isAllowed(name)).sort()).toEqual(refused.sort());
  });

  it('is refused what is in no list, however it is called', () => {
    for (const name of ['signoff.new', 'new.get', 'constructor.get', 'session.constructor', 'session', ''])
      expect(isAllowed(name), name).toBe(false);
  });
});
