// @ts-check
import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from './problem.mjs';
import { RateLimits } from './rate-limit.mjs';

/** Who may ask, and how often. */
export class Access {
  #limits = new RateLimits();
  /** @type {{ name: string, digest: Buffer }[]} */
  #keys = [];
  #metrics;

  /** @param {import('./service-metrics.mjs').ServiceMetrics} metrics */
  constructor(metrics) {
    this.#metrics = metrics;
  }

  /** @param {import('./settings.mjs').Settings} settings */
  set({ keys, requestsPerHour }) {
    this.#keys = keys.map(({ name, key }) => ({ name, digest: digest(key) }));
    this.#limits.set(requestsPerHour);
  }

  /**
   * The name of the key a request came with.
   * @param {string | string[] | undefined} header
   * @throws {Problem} 401, 403
   */
  nameOf(header) {
    const key = Array.isArray(header) ? header[0] : header;
    if (!key) {
      this.#metrics.refused('absent');
      throw new Problem(401, 'no-key', 'Send your key in the header X-API-Key.', {
        headers: { 'www-authenticate': 'X-API-Key' },
      });
    }
    const asked = digest(key);
    const known = this.#keys.find((one) => timingSafeEqual(one.digest, asked));
    if (known) return known.name;
    this.#metrics.refused('unknown');
    throw new Problem(403, 'unknown-key', 'The key in X-API-Key is not known here.');
  }

  /**
   * Counts a request and gives the headers that say how many are left.
   * @param {string} name
   * @returns {Record<string, string>}
   * @throws {Problem} 429
   */
  admit(name) {
    const { ok, scope, limit, remaining, retryAfterSeconds } = this.#limits.admit(name, Date.now());
    /** @type {Record<string, string>} */
    const headers =
      limit === 0 ? {} : { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining) };
    if (ok) return headers;
    this.#metrics.limited(scope);
    const whose = scope === 'user' ? 'with this key' : 'by all together';
    throw new Problem(
      429,
      'rate-limited',
      `${limit} requests an hour are allowed ${whose}. The next one is in ${retryAfterSeconds} s.`,
      { headers: { ...headers, 'retry-after': String(retryAfterSeconds) } },
    );
  }
}

/** @param {string} text */
function digest(text) {
  return createHash('sha256').update(text).digest();
}
