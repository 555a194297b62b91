/** Lets so many tasks run at once, and so many that share a key; the rest wait in order. */
export interface Limiter {
  run<Result>(key: string, task: () => Promise<Result>): Promise<Result>;
}

export function createLimiter(total: number, perKey: number): Limiter {
  const running = new Map<string, number>();
  const waiting: { key: string; start: () => void }[] = [];
  const count = (key: string) => running.get(key) ?? 0;
  const all = () => [...running.values()].reduce((sum, one) => sum + one, 0);

  function startNext(): void {
    while (all() < total) {
      const index = waiting.findIndex(({ key }) => count(key) < perKey);
      const [next] = index < 0 ? [] : waiting.splice(index, 1);
      if (!next) return;
      running.set(next.key, count(next.key) + 1);
      next.start();
    }
  }

  return {
    async run(key, task) {
      await new Promise<void>((start) => {
        waiting.push({ key, start });
        startNext();
      });
      try {
        return await task();
      } finally {
        running.set(key, count(key) - 1);
        startNext();
      }
    },
  };
}
