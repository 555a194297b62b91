const windowMs = 60_000;
const tolerated = 3;

/** Tells a mishap, after which starting again helps, from a fault, after which it does not. */
export class Crashes {
  readonly #now: () => number;
  #at: number[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Counts one more; true once there were too many in a minute. */
  isTooMany(): boolean {
    const now = this.#now();
    this.#at = [...this.#at.filter((at) => now - at < windowMs), now];
    return this.#at.length >= tolerated;
  }

  forget(): void {
    this.#at = [];
  }
}
