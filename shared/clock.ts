import type { Countdown } from './contract/pack.ts';

/** What the two clocks of a launch show at a moment. */
export interface ClockReading {
  /** Milliseconds past T-0, negative before it; null without a T-0. Stands still in a hold. */
  tMs: number | null;
  /** `T-02:14:09`, `T+00:12:31`, or empty without a T-0. Days appear as `T-3d 02:14:09`. */
  text: string;
  held: boolean;
}

/** T stops in a hold and every hold pushes T-0 back by its length; wall time does not care. */
export function readClock(countdown: Countdown, now: Date): ClockReading {
  const held = countdown.hold !== null;
  if (countdown.t0 === null) return { tMs: null, text: '', held };
  const moment = countdown.hold ? Date.parse(countdown.hold.since) : now.getTime();
  const tMs = moment - Date.parse(countdown.t0) - countdown.heldMs;
  return { tMs, text: formatT(tMs), held };
}

function formatT(tMs: number): string {
  const sign = tMs < 0 ? '-' : '+';
  const seconds = Math.floor(Math.abs(tMs) / 1000);
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  const clock = [hours, minutes, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `T${sign}${days > 0 ? `${days}d ` : ''}${clock}`;
}
