/** Durations and sizes as people write them in packs and checklists: `10 min`, `24 h`, `5s`, `500GB`, `3 x bundle`. */

const msPerUnit: Record<string, number> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
};

const bytesPerUnit: Record<string, number> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** Milliseconds of a duration such as `10 min`, `24 h`, `1.5 s`; null where it is none. */
export function parseDurationMs(text: string): number | null {
  return parseWithUnit(text, msPerUnit);
}

/** Bytes of a size such as `500GB`, `3 GiB`, `812 MB`; null where it is none. */
export function parseBytes(text: string): number | null {
  return parseWithUnit(text, bytesPerUnit);
}

function parseWithUnit(text: string, units: Record<string, number>): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text);
  if (!match) return null;
  const word = (match[2] ?? '').toLowerCase();
  const factor = units[word] ?? units[word.replace(/s$/, '')];
  return factor === undefined ? null : Number(match[1]) * factor;
}

/** `41 s`, `2 min 5 s`, `3 h 10 min`, `2 d 4 h`: the two largest parts. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** `812 MB`, `1.5 GB`: decimal units, as disks are sold and checklists are written. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let [value, index] = [bytes, 0];
  while (value >= 1000 && index < units.length - 1) [value, index] = [value / 1000, index + 1];
  return `${value >= 100 || index === 0 ? Math.round(value) : value.toFixed(1).replace(/\.0$/, '')} ${units[index]}`;
}

/** A number with what it counts: `1 step`, `1,200 steps`, `0 entries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
