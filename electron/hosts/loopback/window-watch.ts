import type { ServedService } from '../rpc.ts';
import { tellUnderWay } from '../under-way.ts';

/** A reload closes the link and opens it again within this time. */
const reloadMs = 3_000;
const underWayPollMs = 2_000;

/** Knows when the last window is gone for good and nothing is left to do. */
export class WindowWatch {
  readonly gone: Promise<string>;
  seen = false;
  readonly #service: ServedService;
  readonly #say: (line: string) => void;
  #endsWithLast = false;
  #count = 0;
  #timer: NodeJS.Timeout | null = null;
  #told = false;
  #end: (reason: string) => void = () => {};

  constructor(service: ServedService, say: (line: string) => void) {
    this.#service = service;
    this.#say = say;
    this.gone = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** From now on a closed window ends Holdpoint. Not so where a person opened a printed link. */
  endWithLast(): void {
    this.#endsWithLast = true;
  }

  changed(count: number): void {
    this.#count = count;
    if (count > 0) {
      this.seen = true;
      this.#told = false;
    }
    if (count === 0 && this.#endsWithLast) this.#lookAgain(reloadMs);
  }

  #lookAgain(afterMs: number): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = setTimeout(() => this.#decide(), afterMs);
  }

  #decide(): void {
    if (this.#count > 0) return;
    const underWay = this.#service.underWay();
    if (underWay.length === 0) {
      this.#end('The window was closed; Holdpoint ends.');
      return;
    }
    if (!this.#told) {
      this.#told = true;
      const { goesOn, it } = tellUnderWay(underWay);
      this.#say(
        `The window was closed. ${goesOn}: run "npm start" again to see ${it}; Holdpoint ends with ${it}.`,
      );
    }
    this.#lookAgain(underWayPollMs);
  }
}
