import type { Countdown } from '../../shared/contract/pack.ts';
import type { Journal } from '../journal/index.ts';
import { clockHeld, clockResumed, t0Set } from './entries.ts';

interface CountdownRow {
  t0: string | null;
  t0_is_set: number;
  held_ms: number;
  held_since: string | null;
  held_reason: string | null;
  held_by: string | null;
}

export interface CountdownKeeper {
  read(): Countdown;
  setT0(author: string, t0: string | null): void;
  /** Stops the T-clock. Holding a held clock only gives it the new reason. */
  hold(author: string, reason: string): void;
  resume(author: string): void;
}

/** The countdown of a launch. `fromPack` is the T-0 of launch.yaml, which a person may move here. */
export function createCountdown(
  journal: Journal,
  launch: string,
  fromPack: () => string | null,
  now: () => Date,
): CountdownKeeper {
  const row = () =>
    journal.prepare('SELECT * FROM countdown WHERE launch = ?').get(launch) as CountdownRow | undefined;
  const read = (): Countdown => {
    const known = row();
    const hold = known?.held_since
      ? { since: known.held_since, reason: known.held_reason ?? '', by: known.held_by ?? '' }
      : null;
    return { t0: known?.t0_is_set ? known.t0 : fromPack(), heldMs: known?.held_ms ?? 0, hold };
  };
  const resume = (author: string) => {
    const { hold } = read();
    if (!hold) return;
    const heldMs = Math.max(0, now().getTime() - Date.parse(hold.since));
    journal.append(author, clockResumed.draft({ launch, heldMs }));
  };
  return {
    read,
    setT0(author, t0) {
      if (t0 !== null && Number.isNaN(Date.parse(t0))) {
        throw new Error(`"${t0}" is no time. Write it as 2026-11-24T09:00+09:00.`);
      }
      journal.append(author, t0Set.draft({ launch, t0 }));
    },
    hold(author, reason) {
      resume(author);
      journal.append(author, clockHeld.draft({ launch, reason }));
    },
    resume,
  };
}
