import { setTimeout as delay } from 'node:timers/promises';
import type { MachineFacts, MachineLoad } from '../../shared/contract/hardware.ts';
import { readChangingFacts, readLastingFacts } from './laptop-facts.ts';
import { createLoadSampler, readPower } from './load.ts';
import { createSystemInformation, type SystemInformation } from './system-information.ts';

export interface Laptop {
  /** What this machine is. What does not change is measured once, when first asked for. */
  facts(): Promise<MachineFacts>;
  /** The machine's load, every few seconds for as long as anyone listens; a listener that is slow misses samples. */
  watchLoad(signal?: AbortSignal): AsyncGenerator<MachineLoad, void, void>;
  /** What it ran on when last looked, which is at most a minute ago where this is asked for all the time. Never waits. */
  lastPower(): Power;
  close(): void;
}

export type Power = Pick<MachineLoad, 'battery' | 'onPower'>;

export interface LaptopOptions {
  information?: SystemInformation;
  everyMs?: number;
  now?: () => number;
}

/** The share of processor time used needs two readings; sooner after the first it says nothing. */
const firstSampleMs = 250;
const powerAgeMs = 60_000;

export function createLaptop({
  information = createSystemInformation(),
  everyMs = 3_000,
  now = Date.now,
}: LaptopOptions = {}): Laptop {
  let lasting: ReturnType<typeof readLastingFacts> | null = null;
  const listeners = new Set<(load: MachineLoad) => void>();
  let sampling: AbortController | null = null;
  let power: Power = { battery: null, onPower: null };
  let powerAskedAt = Number.NEGATIVE_INFINITY;

  async function sampleWhileWatched(stop: AbortSignal): Promise<void> {
    const sample = createLoadSampler(information, now);
    let pauseMs = Math.min(firstSampleMs, everyMs);
    while (await delay(pauseMs, true, { signal: stop }).catch(() => false)) {
      const load = await sample();
      for (const listener of listeners) listener(load);
      pauseMs = everyMs;
    }
  }

  function listen(listener: (load: MachineLoad) => void): () => void {
    listeners.add(listener);
    if (!sampling) {
      sampling = new AbortController();
      void sampleWhileWatched(sampling.signal);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      sampling?.abort();
      sampling = null;
    };
  }

  return {
    async facts() {
      lasting ??= readLastingFacts(information);
      const [{ facts, complete }, { whyNoDisks, ...changing }] = await Promise.all([
        lasting,
        readChangingFacts(information),
      ]);
      if (!complete) lasting = null;
      const unknown = { ...facts.unknown, ...(whyNoDisks ? { disks: whyNoDisks } : {}) };
      return { ...facts, ...changing, unknown, at: new Date(now()).toISOString() };
    },

    async *watchLoad(signal) {
      let newest: MachineLoad | null = null;
      let wake = () => {};
      const stop = listen((load) => {
        newest = load;
        wake();
      });
      const woken = () => wake();
      signal?.addEventListener('abort', woken);
      try {
        while (!signal?.aborted) {
          const load: MachineLoad | null = newest;
          newest = null;
          if (load) yield load;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        signal?.removeEventListener('abort', woken);
        stop();
      }
    },

    lastPower() {
      if (now() - powerAskedAt > powerAgeMs) {
        powerAskedAt = now();
        information.ask('battery').then(
          (battery) => {
            power = readPower(battery);
          },
          // The last known stands until it answers again.
          () => {},
        );
      }
      return power;
    },

    close() {
      sampling?.abort();
      information.close();
    },
  };
}
