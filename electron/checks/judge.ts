import type { Measured, Rule, Verdict } from '../../shared/contract/common.ts';
import { formatBytes, formatDuration } from '../../shared/units.ts';
import type { BoundRule } from './bind.ts';
import type { Found } from './kind.ts';

/** What a measurement can come to; only time makes evidence stale. */
export type Finding = Exclude<Verdict, 'stale'>;

/** Holds one measured value against one rule; with an interval, the whole interval. */
export type Evaluate = (rule: Rule, measured: Measured) => { verdict: Finding; sentence: string };

export interface Judgement {
  verdict: Finding;
  /** `quantity`: the measured one that the rule is about. */
  rules: { rule: Rule; verdict: Finding; quantity: string | null }[];
  sentence: string;
}

/** One certain failure decides, however much could not be measured beside it. */
const decisive: readonly Finding[] = ['fail', 'error', 'unproven', 'pass'];

export function worst<One extends string>(verdicts: readonly One[], order: readonly One[]): One | undefined {
  return order.find((verdict) => verdicts.includes(verdict));
}

/**
 * All rules and all conditions must hold. Nothing to hold the figures against is no pass: the sentence then says what
 * to add to the pack.
 */
export function judge(
  subject: string,
  found: Found,
  bound: readonly BoundRule[],
  evaluate: Evaluate,
): Judgement {
  const rules = bound.map(({ rule, quantity }) => {
    const unit = 'version' in rule.bound ? '' : rule.bound.unit;
    const named = found.measured.filter((one) => one.quantity === quantity);
    const measured = named.find((one) => one.unit === unit) ?? named[0];
    if (measured) {
      const figure = `${measured.quantity} of ${measured.text}`;
      return { rule, quantity, ...evaluate(rule, measured), figure };
    }
    const sentence = `${subject} gave no figure for "${rule.text}".`;
    return { rule, quantity: null, verdict: 'error' as const, sentence, figure: null };
  });
  const conditions = found.conditions.map(({ holds, needs }) => ({
    verdict: holds ? ('pass' as const) : ('fail' as const),
    needs,
  }));
  const parts = [...rules, ...conditions];
  const figures = found.tellsAsked ? [...new Set(rules.flatMap(({ figure }) => figure ?? []))] : [];
  const withFigures = figures.length > 0 ? `, with ${listed(figures.map(withArticle))}` : '';
  const says = `${subject} ${found.says}${withFigures}`;
  const given = rules.map(({ rule, verdict, quantity }) => ({ rule, verdict, quantity }));
  if (parts.length === 0) {
    const sentence = `${says}, but nothing says how much is needed. Add a rule to the check, or a bound to the item's words.`;
    return { verdict: 'error', rules: given, sentence };
  }
  const verdict = worst(
    parts.map((part) => part.verdict),
    decisive,
  ) as Finding;
  return { verdict, rules: given, sentence: sentenceOf() };

  function sentenceOf(): string {
    const deciding = parts.filter((part) => part.verdict === verdict);
    const broken = rules.find((rule) => rule.verdict === 'error');
    if (verdict === 'error' && broken) return broken.sentence;
    const named = (verdict === 'pass' ? rules : parts).length > 1;
    // What was met and is no figure need not be said again.
    const told = verdict === 'pass' ? deciding.filter((part) => !('needs' in part)) : deciding;
    const needs = told.map((part) => ('needs' in part ? part.needs : needOf(part.rule, named)));
    const asked = needs.length > 0 ? `${says}, ${listed(needs)} needed` : says;
    return verdict === 'unproven'
      ? `${asked}: not proven, because the bound lies inside the interval.`
      : `${asked}.`;
  }
}

const comparisons: Record<Rule['comparator'], (bound: string) => string> = {
  '<': (bound) => `less than ${bound}`,
  '<=': (bound) => `${bound} at most`,
  '>': (bound) => `more than ${bound}`,
  '>=': (bound) => bound,
  '=': (bound) => `exactly ${bound}`,
};
const versionComparisons: Record<Rule['comparator'], (bound: string) => string> = {
  '<': (bound) => `older than ${bound}`,
  '<=': (bound) => `${bound} or older`,
  '>': (bound) => `newer than ${bound}`,
  '>=': (bound) => `${bound} or newer`,
  '=': (bound) => `exactly ${bound}`,
};

/** `500 GB`, `less than 5 s`, `3.12 or newer`; with the quantity's name where there are several. */
function needOf({ quantity, comparator, bound }: Rule, named: boolean): string {
  const asked =
    'version' in bound
      ? versionComparisons[comparator](bound.version)
      : comparisons[comparator](boundText(bound.value, bound.unit));
  return named && quantity ? `${quantity} ${asked}` : asked;
}

function boundText(value: number, unit: string): string {
  if (unit === 'B') return formatBytes(value);
  if (unit === 's') return formatDuration(value * 1000).replace('.0 ', ' ');
  return unit ? `${value} ${unit}` : String(value);
}

const withArticle = (words: string) => `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`;

function listed(parts: readonly string[]): string {
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '');
}
