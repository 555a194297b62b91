import type { Measured } from '../../shared/contract/common.ts';
import { formatBytes, formatDuration, parseBytes, parseDurationMs } from '../../shared/units.ts';

/** A figure in its canonical unit, with the text a person reads. */
export function figure(
  quantity: string,
  value: number,
  unit: string,
  text = figureText(value, unit),
): Measured {
  return { quantity, value, unit, text };
}

export function words(quantity: string, value: string): Measured {
  return { quantity, value, unit: '', text: value };
}

export function figureText(value: number, unit: string): string {
  if (unit === 'B' && value >= 0) return formatBytes(value);
  if (unit === 's' && value >= 0) return formatDuration(value * 1000);
  const shown = Number(value.toPrecision(6));
  return unit ? `${shown} ${unit}` : String(shown);
}

/** `350`, `ms` → 0.35 `s`. Units that are neither times nor sizes stay as they are. */
export function canonical(value: number, unit: string): { value: number; unit: string } {
  const time = parseDurationMs(`1 ${unit}`);
  if (time !== null) return { value: (value * time) / 1000, unit: 's' };
  const bytes = parseBytes(`1 ${unit}`);
  if (bytes !== null) return { value: value * bytes, unit: 'B' };
  return { value, unit };
}

/** The first number of a text with the unit behind it, if any: `lag: 1,250 ms`; null where there is none. */
export function readFigure(text: string): { value: number; unit: string } | null {
  const match = /([-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)\s*(%|[a-z]+)?/i.exec(text);
  if (!match) return null;
  const value = Number(match[1]?.replaceAll(',', ''));
  return Number.isFinite(value) ? { value, unit: match[2] ?? '' } : null;
}
