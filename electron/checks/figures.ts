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

function figureText(value: number, unit: string): string {
  if (unit === 'B' && value >= 0) return formatBytes(value);
  if (unit === 's' && value >= 0) return formatDuration(value * 1000);
  const shown = Number(value.toPrecision(6));
  return unit ? `${shown} ${unit}` : String(shown);
}

/** `350`, `ms` → 0.35 `s`; `100`, `req/hour` → 100 `1/h`. What is no unit (`7 jobs`) leaves a plain number. */
export function canonical(value: number, unit: string): { value: number; unit: string } {
  const time = parseDurationMs(`1 ${unit}`);
  if (time !== null) return { value: (value * time) / 1000, unit: 's' };
  const bytes = parseBytes(`1 ${unit}`);
  if (bytes !== null) return { value: value * bytes, unit: 'B' };
  const [, counted = '', per = ''] = /^(\w*)\s?\/\s?(\w+)$/.exec(unit) ?? [];
  const perMs = parseDurationMs(`1 ${per}`);
  if (perMs !== null) {
    const size = parseBytes(`1 ${counted}`);
    if (size !== null) return { value: (value * size * 1000) / perMs, unit: 'B/s' };
    return { value: (value * 3_600_000) / perMs, unit: '1/h' };
  }
  return { value, unit: unit === '%' ? unit : '' };
}

const figurePattern = /([-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)\s*(%|[a-z]*\s?\/\s?[a-z]+|[a-z]+)?/i;

/** The first number of a text with the unit behind it, if any: `lag: 1,250 ms`; null where there is none. */
export function readFigure(text: string): { value: number; unit: string } | null {
  const match = figurePattern.exec(text);
  if (!match) return null;
  const value = Number(match[1]?.replaceAll(',', ''));
  return Number.isFinite(value) ? { value, unit: match[2] ?? '' } : null;
}
