import { readFile } from 'node:fs/promises';
import type { Rule } from '../../../shared/contract/common.ts';
import { findRules } from '../../../shared/rule/index.ts';
import { DataError } from '../data/index.ts';
import { type Figure, type FigureVerdict, figureNameOf, ours } from '../statistics/index.ts';
import { answerForecast, type ForecastAnswer } from './forecast.ts';
import { answerMetrics, type MetricsAnswer } from './metrics.ts';
import { digestOf, type WrittenFigure } from './written.ts';

export interface ClaimsQuestion {
  /** A checklist, or any other text. */
  document: string;
  returns: string;
  /** What was predicted and what came, for claims about forecasts. */
  predictions?: string | null;
}

export interface ClaimsAnswer {
  periods: number;
  from: string;
  to: string;
  claims: JudgedClaim[];
  digest: string;
}

/** A number that a document asserts: a bar to be above, or a figure that is said to have been reached. */
export type FoundClaim = { line: number; text: string } & (
  | { kind: 'rule'; rule: Rule }
  /** `digits` is how many stand after the point. */
  | { kind: 'figure'; quantity: string; value: number; isPercent: boolean; digits: number }
);

export interface JudgedClaim {
  line: number;
  text: string;
  /** A bar to be above, or a figure that is said to have been reached. */
  asserts: FoundClaim['kind'];
  /** Bound or figure, in the unit of `ours`; as it is written where there is none. */
  theirs: number | null;
  /** The figure it is about; null where returns have none of that name. */
  figure: string | null;
  ours: (Omit<WrittenFigure, 'interval'> & { interval: [number, number] | null }) | null;
  verdict: 'pass' | 'fail' | 'unproven' | 'not-checked';
  sentence: string;
  /** Length of a record of the same quality that would prove it; null where none would, or it is proven. */
  periodsNeeded: number | null;
  yearsNeeded: number | null;
}

/** Holds every number of a document that returns or predictions can show against them. @throws DataError */
export async function answerClaims({
  document,
  returns,
  predictions,
}: ClaimsQuestion): Promise<ClaimsAnswer> {
  const text = await readFile(document, 'utf8').catch((error: Error) => {
    throw new DataError('not-readable', `${document} cannot be read (${error.message}). Check the path.`);
  });
  const claims = findClaims(text);
  const rules = claims.flatMap((claim) => (claim.kind === 'rule' ? [claim.rule] : []));
  const metrics = await answerMetrics({
    file: returns,
    convention: 'holdpoint',
    riskFree: 0,
    benchmark: 0,
    trials: { trials: 1 },
    rules,
  });
  const forecast = predictions ? await answerForecast({ file: predictions, target: null, rules }) : null;
  const { periods, from, to, input } = metrics;
  const inputs = forecast ? [input, forecast.input] : [input];
  const judged = judgeClaims(claims, evidenceOf(metrics, forecast));
  return { periods, from, to, claims: judged, digest: digestOf('claims', inputs, claims) };
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

/** All that claims are held against. */
interface ClaimEvidence {
  metrics: Record<string, WrittenFigure>;
  /** For each rule among the claims, in their order. */
  verdicts: readonly FigureVerdict[];
}

/** What returns do not show, predictions may. Where a figure is worth less than it looks, its verdict says so. */
function evidenceOf(metrics: MetricsAnswer, forecast: ForecastAnswer | null): ClaimEvidence {
  if (!forecast) return metrics;
  const doubt = forecast.findings.find(({ probe, verdict }) => probe === 'too good' && verdict !== 'pass');
  const told = (judged: FigureVerdict): FigureVerdict =>
    doubt && judged.figure === 'rSquared'
      ? { ...judged, sentence: `${judged.sentence} ${doubt.sentence}` }
      : judged;
  return {
    metrics: { ...forecast.metrics, ...metrics.metrics },
    verdicts: metrics.verdicts.map((judged, i) => {
      const other = forecast.verdicts[i];
      return judged.verdict === 'error' && other && other.verdict !== 'error' ? told(other) : judged;
    }),
  };
}

/** Pure: the claims beside what was computed. */
export function judgeClaims(claims: readonly FoundClaim[], metrics: ClaimEvidence): JudgedClaim[] {
  const verdicts = metrics.verdicts.values();
  return claims.map((claim) => {
    if (claim.kind === 'figure') return judgeFigure(claim, metrics);
    const judged = verdicts.next().value;
    const { line, text } = claim;
    if (!judged || judged.verdict === 'error') return notChecked(claim, judged?.sentence);
    const figure = metrics.metrics[judged.figure] as WrittenFigure;
    const perYear = figure.convention.periodsPerYear ?? ours.periodsPerYear;
    return {
      line,
      text,
      asserts: 'rule',
      theirs: boundOf(claim.rule, figure),
      figure: judged.figure,
      ours: oursOf(figure),
      verdict: judged.verdict,
      sentence: judged.sentence,
      periodsNeeded: judged.periodsNeeded,
      yearsNeeded: judged.periodsNeeded === null ? null : judged.periodsNeeded / perYear,
    };
  });
}

function judgeFigure(claim: FoundClaim & { kind: 'figure' }, { metrics }: ClaimEvidence): JudgedClaim {
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
  const computed = (name === 'maxDrawdown' ? Math.abs(figure.value) : figure.value) * scale;
  const theirs = name === 'maxDrawdown' ? Math.abs(claim.value) : claim.value;
  const isSame = Math.abs(computed - theirs) <= 0.5 * 10 ** -claim.digits * (1 + 1e-9);
  const unit = claim.isPercent ? ' %' : '';
  const is = `${computed.toFixed(Math.max(claim.digits, 2))}${unit}`;
  return {
    line: claim.line,
    text: claim.text,
    asserts: 'figure',
    theirs: theirs / scale,
    figure: name,
    ours: oursOf(metrics[name]),
    verdict: isSame ? 'pass' : 'fail',
    sentence: isSame
      ? `The data give ${is}, too.`
      : `The document says ${theirs}${unit}, and the data give ${is}. Correct the document, or show the data it comes from.`,
    periodsNeeded: null,
    yearsNeeded: null,
  };
}

function notChecked(claim: FoundClaim, why?: string): JudgedClaim {
  const { line, text, kind } = claim;
  return {
    line,
    text,
    asserts: kind,
    theirs: kind === 'figure' ? claim.value : boundOf(claim.rule),
    figure: null,
    ours: null,
    verdict: 'not-checked',
    sentence: why ?? 'The data have no figure of that name.',
    periodsNeeded: null,
    yearsNeeded: null,
  };
}

/** A bound in the unit of a figure: rules count shares in percent. Null for a version. */
function boundOf({ bound }: Rule, figure?: WrittenFigure): number | null {
  if ('version' in bound) return null;
  const isFraction = figure?.unit === 'fraction' || figure?.unit === 'probability';
  return bound.unit === '%' && isFraction ? bound.value / 100 : bound.value;
}

function oursOf(figure: WrittenFigure | undefined): JudgedClaim['ours'] {
  return figure ? { ...figure, interval: figure.interval ?? null } : null;
}
