import type { Rule } from '../../../shared/contract/common.ts';
import { findRules } from '../../../shared/rule/index.ts';
import { type Figure, figureNameOf } from '../statistics/index.ts';
import type { MetricsAnswer } from './metrics.ts';
import type { WrittenFigure } from './written.ts';

/** A number that a document asserts: a bar to be above, or a figure that is said to have been reached. */
export type FoundClaim = { line: number; text: string } & (
  | { kind: 'rule'; rule: Rule }
  /** `digits` is how many stand after the point. */
  | { kind: 'figure'; quantity: string; value: number; isPercent: boolean; digits: number }
);

export interface JudgedClaim {
  line: number;
  text: string;
  /** The figure it is about; null where returns have none of that name. */
  figure: string | null;
  ours: { value: number | null; unit: string; interval: [number, number] | null } | null;
  verdict: 'pass' | 'fail' | 'unproven' | 'not-checked';
  sentence: string;
}

const assertion =
  /^[\s>*+-]*(?:\[.\]\s*)?\**([A-Za-z][A-Za-z@ /-]*?)\**\s*[:=]\s*\**([+-]?\d+(?:\.(\d+))?)\s*(%?)\**\s*$/;

/** Pure: every threshold in a document, and every line that gives a figure its value. Lines count from 1. */
export function findClaims(document: string): FoundClaim[] {
  return document.split('\n').flatMap((text, i): FoundClaim[] => {
    const line = i + 1;
    const match = assertion.exec(text.replace(/\r$/, ''));
    if (match) {
      const [, quantity = '', value, digits = '', percent] = match;
      return [
        {
          kind: 'figure',
          line,
          text: text.trim().replace(/^[-*+]\s*/, ''),
          quantity: quantity.trim(),
          value: Number(value),
          isPercent: percent === '%',
          digits: digits.length,
        },
      ];
    }
    return findRules(text)
      .filter(({ compares }) => compares)
      .map(({ rule }) => ({ kind: 'rule', line, text: rule.text.replaceAll('**', ''), rule }));
  });
}

/** Pure: the claims beside what was computed. `metrics` has a verdict for each rule among them, in their order. */
export function judgeClaims(claims: readonly FoundClaim[], metrics: MetricsAnswer): JudgedClaim[] {
  const verdicts = metrics.verdicts.values();
  return claims.map((claim) => {
    if (claim.kind === 'figure') return judgeFigure(claim, metrics);
    const judged = verdicts.next().value;
    const { line, text } = claim;
    if (!judged || judged.verdict === 'error') return notChecked(claim, judged?.sentence);
    const figure = metrics.metrics[judged.figure as keyof MetricsAnswer['metrics']];
    return {
      line,
      text,
      figure: judged.figure,
      ours: oursOf(figure),
      verdict: judged.verdict,
      sentence: judged.sentence,
    };
  });
}

function judgeFigure(claim: FoundClaim & { kind: 'figure' }, { metrics }: MetricsAnswer): JudgedClaim {
  const named = Object.fromEntries(
    Object.entries(metrics).map(([name, figure]): [string, Figure] => [
      name,
      { ...figure, value: figure.value ?? Number.NaN },
    ]),
  );
  const rule: Rule = {
    quantity: claim.quantity.toLowerCase(),
    comparator: '=',
    bound: { value: claim.value, unit: claim.isPercent ? '%' : '' },
    text: claim.text,
  };
  const name = figureNameOf(rule, named);
  const figure = name === null ? undefined : named[name];
  if (name === null || !figure || !Number.isFinite(figure.value)) return notChecked(claim);
  const scale = claim.isPercent && figure.unit !== '%' ? 100 : 1;
  // A drawdown is written with either sign.
  const ours = (name === 'maxDrawdown' ? Math.abs(figure.value) : figure.value) * scale;
  const theirs = name === 'maxDrawdown' ? Math.abs(claim.value) : claim.value;
  const isSame = Math.abs(ours - theirs) <= 0.5 * 10 ** -claim.digits * (1 + 1e-9);
  const unit = claim.isPercent ? ' %' : '';
  const is = `${ours.toFixed(Math.max(claim.digits, 2))}${unit}`;
  return {
    line: claim.line,
    text: claim.text,
    figure: name,
    ours: oursOf(metrics[name as keyof typeof metrics]),
    verdict: isSame ? 'pass' : 'fail',
    sentence: isSame
      ? `The returns give ${is}, too.`
      : `The document says ${theirs}${unit}, and the returns give ${is}. Correct the document, or show the returns it comes from.`,
  };
}

function notChecked({ line, text }: FoundClaim, why?: string): JudgedClaim {
  const sentence = why ?? 'Returns have no figure of that name.';
  return { line, text, figure: null, ours: null, verdict: 'not-checked', sentence };
}

function oursOf(figure: WrittenFigure | undefined): JudgedClaim['ours'] {
  return figure ? { value: figure.value, unit: figure.unit, interval: figure.interval ?? null } : null;
}
