import type { Comparator, Measured, Rule } from '../contract/common.ts';
import { renderBound } from './render.ts';
import { compareVersions, isVersion } from './version.ts';

export interface Evaluation {
  /** `error`: the value cannot be held against the rule, which is never a pass. */
  verdict: 'pass' | 'fail' | 'unproven' | 'error';
  /** Why, in a sentence. */
  sentence: string;
}

const holds: Record<Comparator, (difference: number) => boolean> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
  '=': (difference) => difference === 0,
};

/**
 * Holds a measured value against a rule. With an interval the rule must hold at both ends to pass and fail at both to
 * fail; between them it is unproven. The value must be in the rule's unit.
 */
export function evaluate(rule: Rule, measured: Measured): Evaluation {
  const verdict = judge(rule, measured);
  if (typeof verdict !== 'string') return { verdict: 'error', sentence: verdict.problem };
  const name = capital(rule.quantity || measured.quantity || 'the value');
  const asked = `${rule.comparator} ${renderBound(rule.bound)}`;
  const sentences = {
    pass: `${name} is ${measured.text}; ${asked} is asked.`,
    fail: `${name} is ${measured.text}, but ${asked} is asked.`,
    unproven: `${name} is ${measured.text}: the bound of ${asked} lies inside the interval.`,
  };
  return { verdict, sentence: sentences[verdict] };
}

function judge(rule: Rule, measured: Measured): 'pass' | 'fail' | 'unproven' | { problem: string } {
  const { bound, comparator } = rule;
  const met = holds[comparator];
  if ('version' in bound) {
    const value = String(measured.value);
    if (!isVersion(value))
      return { problem: `"${value}" is no version, and the rule asks for one: ${rule.text}.` };
    return met(compareVersions(value, bound.version)) ? 'pass' : 'fail';
  }
  if (measured.unit !== bound.unit) {
    const [asked, given] = [unitName(bound.unit), unitName(measured.unit)];
    return { problem: `The rule "${rule.text}" asks for ${asked}, but ${given} was measured.` };
  }
  const { value, interval } = measured;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return { problem: `"${value}" is no number, and the rule asks for one: ${rule.text}.` };
  }
  const [low, high] = interval ?? [value, value];
  if (!(low <= value && value <= high)) {
    return { problem: `The interval [${low}, ${high}] does not hold the value ${value} itself.` };
  }
  const ends = [met(low - bound.value), met(value - bound.value), met(high - bound.value)];
  if (comparator === '=') {
    if (low === high) return ends[0] ? 'pass' : 'fail';
    return low <= bound.value && bound.value <= high ? 'unproven' : 'fail';
  }
  if (ends.every(Boolean)) return 'pass';
  return ends.some(Boolean) ? 'unproven' : 'fail';
}

const unitName = (unit: string) => (unit ? `a value in ${unit}` : 'a plain number');

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
