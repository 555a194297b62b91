import type { Rule } from '../contract/common.ts';

export type Bound = Rule['bound'];

/** A written unit: `value * multiply / divide` is in the canonical unit. Two integers, because 1/1000 is no double. */
interface Unit {
  canonical: string;
  multiply: number;
  divide: number;
}

const unit = (canonical: string, multiply: number, divide = 1): Unit => ({ canonical, multiply, divide });

const seconds: Record<string, Unit> = {
  ns: unit('s', 1, 1e9),
  µs: unit('s', 1, 1e6),
  μs: unit('s', 1, 1e6),
  ms: unit('s', 1, 1000),
  msec: unit('s', 1, 1000),
  millisecond: unit('s', 1, 1000),
  s: unit('s', 1),
  sec: unit('s', 1),
  second: unit('s', 1),
  min: unit('s', 60),
  minute: unit('s', 60),
  h: unit('s', 3600),
  hr: unit('s', 3600),
  hour: unit('s', 3600),
  d: unit('s', 86_400),
  day: unit('s', 86_400),
  w: unit('s', 604_800),
  week: unit('s', 604_800),
};

const bytes: Record<string, Unit> = {
  byte: unit('B', 1),
  kb: unit('B', 1e3),
  mb: unit('B', 1e6),
  gb: unit('B', 1e9),
  tb: unit('B', 1e12),
  pb: unit('B', 1e15),
  kib: unit('B', 2 ** 10),
  mib: unit('B', 2 ** 20),
  gib: unit('B', 2 ** 30),
  tib: unit('B', 2 ** 40),
};

const parts: Record<string, Unit> = {
  '%': unit('%', 1),
  percent: unit('%', 1),
  pct: unit('%', 1),
  bp: unit('%', 1, 100),
  bps: unit('%', 1, 100),
  'basis point': unit('%', 1, 100),
};

const perSecond: Record<string, Unit> = {
  rps: unit('1/h', 3600),
  qps: unit('1/h', 3600),
  tps: unit('1/h', 3600),
};

const plain: Record<string, Unit> = { ...seconds, ...bytes, ...parts, ...perSecond };

const words = (units: Record<string, Unit>) =>
  Object.keys(units)
    .sort((a, b) => b.length - a.length)
    .join('|');
const rate = String.raw`(?:([\p{L}]{3,20}) ?)?(?:\/ ?|per )(${words(seconds)})s?`;
const byteRate = String.raw`(${words(bytes)}|b)(?:\/ ?| per )s(?:ec|econd)?`;
const ends = String.raw`(?![\p{L}\p{N}_])`;
const written = {
  byteRate: new RegExp(String.raw`^\s?${byteRate}${ends}`, 'iu'),
  rate: new RegExp(String.raw`^\s?${rate}${ends}`, 'iu'),
  plain: new RegExp(String.raw`^\s?(?:(%)|(${words(plain)})s?${ends})`, 'iu'),
  /** Only apart from its figure: `7B` is seven billion parameters. */
  byte: new RegExp(`^ B${ends}`, 'u'),
};

export interface WrittenUnit extends Unit {
  /** How many characters of the text it takes, with the space before it. */
  length: number;
  /** What is counted by a rate: `req` in `100 req/hour`; empty otherwise. */
  counted: string;
}

/** The unit a text begins with, `/hour` and `req/hour` among them; null where it begins with none. */
export function readUnit(text: string): WrittenUnit | null {
  const bytesPerSecond = written.byteRate.exec(text);
  if (bytesPerSecond?.[1]) {
    const size = bytes[bytesPerSecond[1].toLowerCase()] ?? unit('B', 1);
    return { ...size, canonical: 'B/s', length: bytesPerSecond[0].length, counted: '' };
  }
  if (written.byte.test(text)) return { ...unit('B', 1), length: 2, counted: '' };
  const perTime = written.rate.exec(text);
  if (perTime?.[2] && !(perTime[1] && perTime[1].toLowerCase() in plain)) {
    const time = seconds[perTime[2].toLowerCase()];
    if (time) {
      const [multiply, divide] = reduce(3600 * time.divide, time.multiply);
      return { canonical: '1/h', multiply, divide, length: perTime[0].length, counted: perTime[1] ?? '' };
    }
  }
  const one = written.plain.exec(text);
  const known = plain[(one?.[1] ?? one?.[2] ?? '').toLowerCase()];
  return one && known ? { ...known, length: one[0].length, counted: '' } : null;
}

function reduce(a: number, b: number): [number, number] {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  const by = divisor(a, b);
  return [a / by, b / by];
}

export function toCanonical(value: number, { multiply, divide }: Unit): number {
  return (value * multiply) / divide;
}

/** Units a canonical value may be shown in, largest first. */
export const shownUnits: Record<string, readonly { name: string; multiply: number; divide: number }[]> = {
  s: [
    { name: 'd', multiply: 86_400, divide: 1 },
    { name: 'h', multiply: 3600, divide: 1 },
    { name: 'min', multiply: 60, divide: 1 },
    { name: 's', multiply: 1, divide: 1 },
    { name: 'ms', multiply: 1, divide: 1000 },
    { name: 'µs', multiply: 1, divide: 1e6 },
  ],
  B: [
    { name: 'TB', multiply: 1e12, divide: 1 },
    { name: 'GB', multiply: 1e9, divide: 1 },
    { name: 'MB', multiply: 1e6, divide: 1 },
    { name: 'kB', multiply: 1e3, divide: 1 },
  ],
  'B/s': [
    { name: 'GB/s', multiply: 1e9, divide: 1 },
    { name: 'MB/s', multiply: 1e6, divide: 1 },
    { name: 'kB/s', multiply: 1e3, divide: 1 },
  ],
  '1/h': [
    { name: '/s', multiply: 3600, divide: 1 },
    { name: '/min', multiply: 60, divide: 1 },
  ],
};

/** Whether two bounds are the same figure; a share may be written `2 %` or `0.02`. Null where they cannot be compared. */
export function compareBounds(a: Bound, b: Bound): 'same' | 'different' | null {
  if ('version' in a || 'version' in b) {
    if (!('version' in a && 'version' in b)) return null;
    return a.version === b.version ? 'same' : 'different';
  }
  if (a.unit === b.unit) return a.value === b.value ? 'same' : 'different';
  const [share, plainOne] = a.unit === '%' ? [a, b] : [b, a];
  if (share.unit !== '%' || plainOne.unit !== '') return null;
  return Math.abs(share.value / 100 - plainOne.value) < 1e-9 ? 'same' : 'different';
}
