import type { MainProcedures, Peer } from '../bridge/index.ts';
import type { ForkedProcess } from '../host.ts';
import { tell } from './tell.ts';

interface Listeners {
  message: ((message: unknown) => void)[];
  end: ((how: string) => void)[];
}

/** Processes that the main process has started for this one, known by numbers. Only it may start any. */
export class Forks {
  readonly #listeners = new Map<number, Listeners>();
  #last = 0;

  start(peer: Peer<MainProcedures>, entry: string, args: readonly string[]): ForkedProcess {
    this.#last += 1;
    const id = this.#last;
    const listeners: Listeners = { message: [], end: [] };
    this.#listeners.set(id, listeners);
    peer
      .call('fork', id, entry, args)
      .catch((error: Error) => this.ended(id, `could not be started (${error.message})`));
    return {
      post: (message) => tell(peer.call('tellFork', id, message)),
      onMessage: (listener) => void listeners.message.push(listener),
      onEnd: (listener) => void listeners.end.push(listener),
      kill: () => tell(peer.call('killFork', id)),
    };
  }

  said(id: number, message: unknown): void {
    for (const listener of this.#listeners.get(id)?.message ?? []) listener(message);
  }

  ended(id: number, how: string): void {
    const { end = [] } = this.#listeners.get(id) ?? {};
    this.#listeners.delete(id);
    for (const listener of end) listener(how);
  }
}
