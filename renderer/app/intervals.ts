import type { Evidence } from '../../shared/contract/checklist.ts';
import type { Comparator, Measured, Rule, Verdict } from '../../shared/contract/common.ts';

/** A rule with what was measured for it. */
export interface RuledMeasure {
  rule: Rule;
  verdict: Verdict;
  measured: Measured | null;
}

/** Rule and estimate as numbers of one unit, for an interval bar. */
export interface BarFigures {
  comparator: Comparator;
  bound: number;
  estimate: number;
  interval?: readonly [number, number];
  verdict: Verdict;
  /** The same in words. */
  label: string;
}

const worstFirst: readonly Verdict[] = ['fail', 'error', 'unproven', 'stale', 'pass'];

/** The rules of a piece of evidence, each with the value it judged. */
export function ruledMeasures(evidence: Evidence): RuledMeasure[] {
  return evidence.rules.map(({ rule, verdict, quantity = rule.quantity }) => {
    const named = evidence.measured.filter((one) => one.quantity === quantity);
    const unit = 'value' in rule.bound ? rule.bound.unit : '';
    return { rule, verdict, measured: named.find((one) => one.unit === unit) ?? named[0] ?? null };
  });
}

/** The figures that rules ask for; all of them where none does. */
export function askedOf(evidence: Evidence): Measured[] {
  const asked = ruledMeasures(evidence).flatMap(({ measured }) => measured ?? []);
  return asked.length > 0 ? [...new Set(asked)] : evidence.measured;
}

/** What decides: of the newest evidence, the rule with the worst verdict whose figures can be drawn. */
export function barFiguresOf(evidence: readonly Evidence[]): BarFigures | null {
  const newest = evidence[0];
  if (!newest) return null;
  return (
    ruledMeasures(newest)
      .flatMap((one) => toFigures(one) ?? [])
      .sort((a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict))[0] ?? null
  );
}

export function toFigures({ rule, verdict, measured }: RuledMeasure): BarFigures | null {
  const { bound } = rule;
  if (!measured || typeof measured.value !== 'number' || !('value' in bound)) return null;
  if (measured.unit !== bound.unit) return null;
  return {
    comparator: rule.comparator,
    bound: bound.value,
    estimate: measured.value,
    interval: measured.interval,
    verdict,
    label: `rule ${rule.text}; measured ${measured.text}`,
  };
}
