/** Moments and ages as the rows show them. All take the moment as an argument; nothing here reads a clock. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `now`, `4 m`, `2 h`, `23 d`: as short as a column allows. A moment in the future counts as now. */
export function formatAge(ageMs: number): string {
  if (ageMs < minuteMs) return 'now';
  if (ageMs < hourMs) return `${Math.floor(ageMs / minuteMs)} m`;
  if (ageMs < dayMs) return `${Math.floor(ageMs / hourMs)} h`;
  return `${Math.floor(ageMs / dayMs)} d`;
}

const two = (part: number) => String(part).padStart(2, '0');

/** `2026-11-21`, in the reader's zone. */
export function formatDay(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** `21:14`, in the reader's zone. */
export function formatMinute(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** `21:14:09`, in the reader's zone. */
export function formatSecond(at: Date): string {
  return `${formatMinute(at)}:${two(at.getSeconds())}`;
}

/** `2026-11-21 21:14 GMT+9`: the wall clock with its zone. */
export function formatWall(at: Date): string {
  return `${formatDay(at)} ${formatMinute(at)} ${formatZone(at)}`;
}

/** `21:14` today, `2026-11-21 21:14` on another day. */
export function formatMoment(at: Date, now: Date): string {
  return formatDay(at) === formatDay(now) ? formatMinute(at) : `${formatDay(at)} ${formatMinute(at)}`;
}

/** `Saturday 21 November 2026`, for the head of a day in a timeline. */
export function formatLongDay(at: Date): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(at);
}

/** `GMT+9`: the reader's zone at that moment. */
export function formatZone(at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
