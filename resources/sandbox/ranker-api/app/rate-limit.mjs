// @ts-check

const hourMs = 3_600_000;

/** At most so many requests in any hour, counted exactly: the times of the last hour's requests are kept. */
export class HourlyLimit {
  /** @type {number[]} */
  #times = [];
  #first = 0;

  /** @param {number} limit 0 is no limit */
  constructor(limit) {
    this.limit = limit;
  }

  /**
   * How many more are allowed now, and after how many seconds the next one will be where none is.
   * @param {number} nowMs
   */
  look(nowMs) {
    while (
      this.#first < this.#times.length &&
      /** @type {number} */ (this.#times[this.#first]) <= nowMs - hourMs
    ) {
      this.#first += 1;
    }
    if (this.#first > 1000 && this.#first * 2 > this.#times.length) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    if (this.limit === 0) return { remaining: Number.POSITIVE_INFINITY, retryAfterSeconds: 0 };
    const used = this.#times.length - this.#first;
    // After a reload with a lower limit more may be used than allowed: wait until enough of them are an hour old.
    const blocking = this.#times[this.#first + Math.max(0, used - this.limit)] ?? nowMs;
    return {
      remaining: Math.max(0, this.limit - used),
      retryAfterSeconds: used < this.limit ? 0 : Math.max(1, Math.ceil((blocking + hourMs - nowMs) / 1000)),
    };
  }

  /** @param {number} nowMs */
  take(nowMs) {
    if (this.limit > 0) this.#times.push(nowMs);
  }
}

/** The limits of one service: one for everybody together, and one per key. Refused requests do not count. */
export class RateLimits {
  /** @type {Map<string, HourlyLimit>} */
  #users = new Map();
  #perUser = 0;
  #global = new HourlyLimit(0);

  /** @param {{ perUser: number, global: number }} requestsPerHour */
  set(requestsPerHour) {
    this.#perUser = requestsPerHour.perUser;
    this.#global.limit = requestsPerHour.global;
    for (const user of this.#users.values()) user.limit = this.#perUser;
  }

  /**
   * Counts a request where it is allowed.
   * @param {string} user
   * @param {number} nowMs
   * @returns {{ ok: boolean, scope: 'user' | 'global', limit: number, remaining: number, retryAfterSeconds: number }}
   */
  admit(user, nowMs) {
    const own = this.#users.get(user) ?? new HourlyLimit(this.#perUser);
    this.#users.set(user, own);
    const [all, mine] = [this.#global.look(nowMs), own.look(nowMs)];
    if (mine.remaining === 0) return { ok: false, scope: 'user', limit: own.limit, ...mine };
    if (all.remaining === 0) return { ok: false, scope: 'global', limit: this.#global.limit, ...all };
    own.take(nowMs);
    this.#global.take(nowMs);
    return { ok: true, scope: 'user', limit: own.limit, remaining: mine.remaining - 1, retryAfterSeconds: 0 };
  }
}
