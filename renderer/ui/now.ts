import { useSyncExternalStore } from 'react';

/** One timer for every clock on the screen, on the full second, so that all figures change together. */
const listeners = new Set<() => void>();
let second = Math.floor(Date.now() / 1000);
let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  second = Math.floor(Date.now() / 1000);
  for (const listener of listeners) listener();
  timer = setTimeout(tick, 1000 - (Date.now() % 1000));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

/** The moment in milliseconds, rounded down to `everySeconds`; the component is drawn again only when that changes. */
export function useNow(everySeconds = 1): number {
  return useSyncExternalStore(subscribe, () => Math.floor(second / everySeconds) * everySeconds * 1000);
}
