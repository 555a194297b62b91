/** What has been read of a log, in pages; the ones not looked at for longest are let go. */
export class LogPages {
  readonly #pages = new Map<number, readonly string[]>();
  readonly size: number;
  readonly #keep: number;

  constructor({ size = 400, keep = 24 } = {}) {
    this.size = size;
    this.#keep = keep;
  }

  line(index: number): string | undefined {
    return this.#pages.get(Math.floor(index / this.size))?.[index % this.size];
  }

  /** Numbers of the pages that hold lines between the two and are not here, or not whole although they could be. */
  missing(first: number, last: number, totalLines: number): number[] {
    const wanted: number[] = [];
    for (let page = Math.floor(first / this.size); page <= Math.floor(last / this.size); page += 1) {
      const lines = this.#pages.get(page);
      const couldHold = Math.min(this.size, totalLines - page * this.size);
      if (lines === undefined || lines.length < couldHold) wanted.push(page);
      else this.#touch(page, lines);
    }
    return wanted;
  }

  put(page: number, lines: readonly string[]): void {
    this.#touch(page, lines);
    while (this.#pages.size > this.#keep) {
      const oldest = this.#pages.keys().next().value;
      if (oldest === undefined) break;
      this.#pages.delete(oldest);
    }
  }

  #touch(page: number, lines: readonly string[]): void {
    this.#pages.delete(page);
    this.#pages.set(page, lines);
  }
}
