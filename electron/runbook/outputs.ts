import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LogFile } from './log.ts';

/** The log files of all runs, each open once while anybody writes or reads it. */
export class Outputs {
  readonly #folder: string;
  readonly #open = new Map<string, LogFile>();
  readonly #watchers = new Map<string, Set<() => void>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The log of one attempt, made where there is none yet. */
  at(run: string, job: string): LogFile {
    const path = this.#path(run, job);
    const known = this.#open.get(path);
    if (known) return known;
    const log = new LogFile(path);
    this.#open.set(path, log);
    return log;
  }

  exists(run: string, job: string): boolean {
    return existsSync(this.#path(run, job));
  }

  /** Tells the watchers that the log has grown or ended. */
  changed(run: string, job: string): void {
    for (const listener of this.#watchers.get(this.#path(run, job)) ?? []) listener();
  }

  watch(run: string, job: string, listener: () => void): () => void {
    const path = this.#path(run, job);
    const listeners = this.#watchers.get(path) ?? new Set();
    this.#watchers.set(path, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#watchers.delete(path);
    };
  }

  close(): void {
    for (const log of this.#open.values()) log.close();
    this.#open.clear();
  }

  #path(run: string, job: string): string {
    return join(this.#folder, run, `${job}.log`);
  }
}
