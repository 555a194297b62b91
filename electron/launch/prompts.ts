import type { SigningPrompt } from '../../shared/contract/signoff.ts';
import type { Ask } from '../signoff/index.ts';

interface Waiting {
  prompt: SigningPrompt;
  answer(text: string | null): void;
}

/** Questions of the program that signs, shown by whoever watches. Nobody watching is a no to all of them. */
export class Prompts {
  readonly #watchers = new Set<(prompt: SigningPrompt) => void>();
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  readonly ask: Ask = ({ kind, text }, signal) => {
    if (this.#watchers.size === 0 && kind !== 'notice') return Promise.resolve(null);
    this.#last += 1;
    const prompt = { id: this.#last, kind, text, open: true };
    return new Promise((resolve) => {
      const answer = (given: string | null) => {
        if (!this.#waiting.delete(prompt.id)) return;
        this.#tell({ ...prompt, open: false });
        resolve(given);
      };
      this.#waiting.set(prompt.id, { prompt, answer });
      signal.addEventListener('abort', () => answer(null), { once: true });
      this.#tell(prompt);
    });
  };

  /** @throws Error where nothing waits for the answer any more */
  answer(id: number, given: string | null): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) throw new Error('Nothing waits for this answer any more. Sign again.');
    waiting.answer(given);
  }

  /** Says no to everything that is asked, so that no program goes on waiting for an answer. */
  close(): void {
    for (const { answer } of [...this.#waiting.values()]) answer(null);
  }

  /** Prompts that are open, and then each as it comes and ends. */
  async *watch(signal?: AbortSignal): AsyncGenerator<SigningPrompt> {
    const coming = [...this.#waiting.values()].map(({ prompt }) => prompt);
    let wake = () => {};
    const watcher = (prompt: SigningPrompt) => {
      coming.push(prompt);
      wake();
    };
    const stop = () => wake();
    this.#watchers.add(watcher);
    signal?.addEventListener('abort', stop);
    try {
      while (!signal?.aborted) {
        const next = coming.shift();
        if (next) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#watchers.delete(watcher);
      signal?.removeEventListener('abort', stop);
      if (this.#watchers.size === 0) this.close();
    }
  }

  #tell(prompt: SigningPrompt): void {
    for (const watcher of this.#watchers) watcher(prompt);
  }
}
