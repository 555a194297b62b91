import type { Rule } from '../contract/common.ts';
import { type Bound, shownUnits } from './unit.ts';
import { isProgram } from './version.ts';

/** `latency p95 < 5 s`: the same rule when it is read again. */
export function renderRule(rule: Rule): string {
  const version = 'version' in rule.bound && !isPlainlyVersion(rule);
  const bound = `${rule.comparator} ${version ? 'v' : ''}${renderBound(rule.bound)}`;
  return rule.quantity ? `${rule.quantity} ${bound}` : bound;
}

function isPlainlyVersion({ quantity, bound }: Rule): boolean {
  if (!('version' in bound)) return false;
  return bound.version.split('.').length > 2 || isProgram(quantity.split(' ').at(-1) ?? '');
}

/** `5 s`, `500 GB`, `20 %`, `3.12`. */
export function renderBound(bound: Bound): string {
  return 'version' in bound ? bound.version : renderNumber(bound.value, bound.unit);
}

/** A canonical value in the unit people would write it in, without losing a digit. */
export function renderNumber(value: number, unit: string): string {
  for (const { name, multiply, divide } of shownUnits[unit] ?? []) {
    const shown = Number(((value * divide) / multiply).toPrecision(12));
    const wellSized = Math.abs(shown) >= (name === 'd' ? 2 : 1);
    const readable =
      name === 'd' || name === 'h' || name === 'min' ? Number.isInteger(shown) : isShort(shown);
    if (wellSized && readable && (shown * multiply) / divide === value) return `${shown} ${name}`;
  }
  const smallest = unit === '1/h' ? '/h' : unit;
  return smallest ? `${value} ${smallest}` : String(value);
}

function isShort(value: number): boolean {
  return String(value).replace('.', '').length <= 6;
}
