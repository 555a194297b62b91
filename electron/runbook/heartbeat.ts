import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const beatMs = 20_000;
/** A pause this long is a restart; a longer one means that nobody has watched, and a person is asked first. */
const shortPauseMs = 15 * 60_000;

/** Tells after a restart how long nobody has watched a run: a file's time, renewed while it is watched. */
export class Heartbeat {
  readonly #folder: string;
  readonly #beating = new Map<string, NodeJS.Timeout>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  begin(run: string): void {
    if (this.#beating.has(run)) return;
    this.#beat(run);
    this.#beating.set(run, setInterval(() => this.#beat(run), beatMs).unref());
  }

  end(run: string): void {
    clearInterval(this.#beating.get(run));
    this.#beating.delete(run);
  }

  /** For how long the run was not watched, in milliseconds; null where that was short, or nothing is known. */
  longPauseMs(run: string, now: Date): number | null {
    try {
      const pause = now.getTime() - statSync(this.#path(run)).mtimeMs;
      return pause > shortPauseMs ? pause : null;
    } catch {
      return null;
    }
  }

  #beat(run: string): void {
    mkdirSync(join(this.#folder, run), { recursive: true, mode: 0o700 });
    writeFileSync(this.#path(run), '');
  }

  #path(run: string): string {
    return join(this.#folder, run, 'alive');
  }
}
