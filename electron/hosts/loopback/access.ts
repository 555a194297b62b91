import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Names a browser that came in with a link: the value of its cookie, as a digest. */
export type SessionId = string;

export type Entrance =
  | { kind: 'new'; session: SessionId; cookie: string }
  /** The same browser followed its link once more. */
  | { kind: 'again' }
  /** Somebody else followed a link that was used: whoever came first may be the wrong one. */
  | { kind: 'reused'; session: SessionId }
  | { kind: 'unknown' };

interface Token {
  digest: Buffer;
  expiresAt: number;
  usedBy: SessionId | null;
}

/**
 * Who may use this service. A link carries a token that opens one session, once; from then on the session's cookie
 * admits. Only digests are kept, and they are compared in constant time.
 */
export class Access {
  readonly #now: () => number;
  readonly #sessions = new Map<SessionId, Buffer>();
  #tokens: Token[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  issueToken(lifetimeMs: number): string {
    const token = secret();
    this.#tokens = this.#tokens.filter(({ expiresAt }) => expiresAt > this.#now());
    this.#tokens.push({ digest: digest(token), expiresAt: this.#now() + lifetimeMs, usedBy: null });
    return token;
  }

  enter(token: string, cookie: string | null): Entrance {
    const wanted = digest(token);
    const found = this.#tokens.filter((known) => timingSafeEqual(known.digest, wanted))[0];
    if (!found || found.expiresAt <= this.#now()) return { kind: 'unknown' };
    if (found.usedBy === null) {
      const value = secret();
      const session = digest(value).toString('hex');
      this.#sessions.set(session, digest(value));
      found.usedBy = session;
      return { kind: 'new', session, cookie: value };
    }
    if (this.admit(cookie) === found.usedBy) return { kind: 'again' };
    this.#sessions.delete(found.usedBy);
    return { kind: 'reused', session: found.usedBy };
  }

  /** The session of a cookie's value, or null. */
  admit(cookie: string | null): SessionId | null {
    if (cookie === null) return null;
    const wanted = digest(cookie);
    for (const [session, known] of this.#sessions) {
      if (timingSafeEqual(known, wanted)) return session;
    }
    return null;
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
