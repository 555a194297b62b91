// @ts-check

/** An answer that is not the one asked for: its status, a fixed word for programs, and a sentence for people. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {{ problems?: { path: string, message: string }[], headers?: Record<string, string> }} [more]
   */
  constructor(status, code, message, more = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = more.problems ?? [];
    this.headers = more.headers ?? {};
  }
}

/** A mistake in settings, model or release: the service does not start, or keeps what it had. */
export class SettingsError extends Error {}
