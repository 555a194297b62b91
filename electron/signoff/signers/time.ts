/**
 * Reads `YYYYMMDD[Z]` or `YYYYMMDDHHMM[SS][Z]`. A time without Z is meant in UTC here, so that it is the same moment on
 * every machine; `ssh-keygen` does the same under `TZ=UTC0`. Null where it is no time.
 */
export function parseTimestamp(text: string): Date | null {
  const match = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return formatTimestamp(date).startsWith(text.replace('Z', '')) ? date : null;
}

/** `YYYYMMDDHHMMSS` in UTC. */
export function formatTimestamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace(/[-:T]/g, '');
}
