import { formatDay, formatMinute } from '../../ui/index.ts';

/** `2026-11-24 09:00` in the reader's zone; empty for none. */
export function toLocalInput(instant: string | null): string {
  if (!instant) return '';
  const at = new Date(instant);
  return `${formatDay(at)} ${formatMinute(at)}`;
}

/** The instant a person wrote as local time; null where it is none. */
export function fromLocalInput(text: string): string | null {
  const match = /^\s*(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})\s*$/.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const at = new Date(year, month - 1, day, hour, minute);
  const isReal = at.getMonth() === month - 1 && at.getDate() === day && at.getHours() === hour && minute < 60;
  return isReal ? at.toISOString() : null;
}
