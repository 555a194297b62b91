import type { Change } from '../../shared/contract/session.ts';

/** A few times a second is as often as a person can see. */
const gatherMs = 80;

/** What has changed, gathered for a moment and told to every window that listens. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #gathered = new Map<string, Change>();
  #timer: NodeJS.Timeout | undefined;

  /** Changes of one topic told within a moment become one; changed items add up. */
  publish(change: Change): void {
    if (change.topic === 'notice') {
      for (const listener of this.#listeners) listener(change);
      return;
    }
    const key = change.topic === 'run' ? `run ${change.run}` : change.topic;
    this.#gathered.set(key, change.topic === 'items' ? addItems(this.#gathered.get(key), change) : change);
    this.#timer ??= setTimeout(() => this.#tell(), gatherMs);
  }

  /** Changes as they come, until the signal says stop. */
  async *watch(signal?: AbortSignal): AsyncGenerator<Change> {
    const waiting: Change[] = [];
    let wake = () => {};
    const listener = (change: Change) => {
      waiting.push(change);
      wake();
    };
    const stop = () => wake();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', stop);
    try {
      while (!signal?.aborted) {
        const next = waiting.shift();
        if (next) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #tell(): void {
    this.#timer = undefined;
    const changes = [...this.#gathered.values()];
    this.#gathered.clear();
    for (const change of changes) for (const listener of this.#listeners) listener(change);
  }
}

function addItems(before: Change | undefined, change: Extract<Change, { topic: 'items' }>): Change {
  if (before?.topic !== 'items') return change;
  const items = new Map([...before.items, ...change.items].map((item) => [item.id, item]));
  return { topic: 'items', items: [...items.values()] };
}
