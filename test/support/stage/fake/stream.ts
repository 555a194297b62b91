import { AsyncIteratorClass } from '@orpc/client';

/** An endless stream of what is pushed into it; ends when the signal says so or nobody listens any more. */
export function stream<Value>(
  subscribe: (push: (value: Value) => void) => () => void,
  signal: AbortSignal | undefined,
): AsyncIteratorClass<Value, unknown, void> {
  const waiting: Value[] = [];
  let over = signal?.aborted ?? false;
  let wake: () => void = () => undefined;
  const stop = subscribe((value) => {
    waiting.push(value);
    wake();
  });
  const end = () => {
    over = true;
    stop();
    wake();
  };
  signal?.addEventListener('abort', end);
  return new AsyncIteratorClass<Value, unknown, void>(
    async () => {
      while (!over && waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const value = waiting.shift();
      return over || value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
    async () => end(),
  );
}
