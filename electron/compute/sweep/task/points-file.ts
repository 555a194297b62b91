import type { SweepPoint } from '../point.ts';

const infinite = 'Infinity';

/** Points as JSON, which knows no infinity; no setting is a word that reads like one. */
export function encodePoints(points: readonly SweepPoint[]): string {
  return JSON.stringify(points, (_, value) => (value === Number.POSITIVE_INFINITY ? infinite : value));
}

export function decodePoints(text: string): SweepPoint[] {
  return JSON.parse(text, (_, value) => (value === infinite ? Number.POSITIVE_INFINITY : value));
}
