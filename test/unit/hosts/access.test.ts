import { beforeEach, describe, expect, it } from 'vitest';
import { Access } from '../../../electron/hosts/loopback/access.ts';

let now = 0;
let access: Access;
beforeEach(() => {
  now = 0;
  access = new Access(() => now);
});

function enter(token: string, cookie: string | null = null) {
  const entrance = access.enter(token, cookie);
  if (entrance.kind !== 'new') throw new Error(`The token was ${entrance.kind}.`);
  return entrance;
}

describe('who may use a loopback service', () => {
  it('a token opens one session, and its cookie admits from then on', () => {
    const { session, cookie } = enter(access.issueToken(1000));
    expect(access.admit(cookie)).toBe(session);
  });

  it('a token that was never issued opens nothing', () => {
    access.issueToken(1000);
    expect(access.enter('x'.repeat(43), null)).toEqual({ kind: 'unknown' });
    expect(access.enter('', null)).toEqual({ kind: 'unknown' });
  });

  it('a token that is too old opens nothing, used or not', () => {
    const [unused, used] = [access.issueToken(1000), access.issueToken(1000)];
    const { cookie } = enter(used);
    now = 1000;
    expect(access.enter(unused, null)).toEqual({ kind: 'unknown' });
    expect(access.enter(used, null)).toEqual({ kind: 'unknown' });
    expect(access.admit(cookie), 'the session outlives its token').not.toBeNull();
  });

  it('a second use by somebody else ends the session of the first, who may be the wrong one', () => {
    const token = access.issueToken(1000);
    const { session, cookie } = enter(token);
    expect(access.enter(token, null)).toEqual({ kind: 'reused', session });
    expect(access.admit(cookie)).toBeNull();
  });

  it('the browser that used a link may follow it again', () => {
    const token = access.issueToken(1000);
    const { session, cookie } = enter(token);
    expect(access.enter(token, cookie)).toEqual({ kind: 'again' });
    expect(access.admit(cookie)).toBe(session);
  });

  it('the cookie of another session does not make a second use the first', () => {
    const [first, second] = [access.issueToken(1000), access.issueToken(1000)];
    const one = enter(first);
    const two = enter(second);
    expect(access.enter(first, two.cookie)).toEqual({ kind: 'reused', session: one.session });
    expect(access.admit(two.cookie)).toBe(two.session);
  });

  it('no cookie, a wrong one and the name of the session itself admit nobody', () => {
    const { session } = enter(access.issueToken(1000));
    expect([null, '', 'wrong', session].map((cookie) => access.admit(cookie))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
