import type { Rule } from '../../../shared/contract/common.ts';
import { evaluate, renderRule, sameQuantity } from '../../../shared/rule/index.ts';
import { type Figure, measuredOf } from './figure.ts';
import { minimumTrackRecord, probabilisticSharpe, type SharpeSample } from './sharpe-uncertainty.ts';

/** What a rule makes of a figure. */
export interface FigureVerdict {
  /** The words of the rule. */
  rule: string;
  figure: string;
  verdict: 'pass' | 'fail' | 'unproven' | 'error';
  /** Why, and where it is not proven, how long a record would prove it. */
  sentence: string;
  value: number | null;
  interval: [number, number] | null;
  /** Probability that the true value meets the rule, where it is known. */
  probability: number | null;
  /** Length of a record of the same quality that would prove it; null where none would, or it is proven. */
  periodsNeeded: number | null;
}

/** What figures are called in rules, beside their own names. */
export const figureWords: Readonly<Record<string, readonly string[]>> = {
  totalReturn: ['total return', 'return'],
  annualisedReturn: ['annualised return', 'annualized return', 'annual return', 'CAGR'],
  volatility: ['volatility'],
  sharpe: ['Sharpe ratio', 'Sharpe'],
  sortino: ['Sortino ratio', 'Sortino'],
  calmar: ['Calmar ratio', 'Calmar'],
  maxDrawdown: ['max drawdown', 'drawdown', 'MDD'],
  winRate: ['win rate'],
  profitFactor: ['profit factor'],
  turnover: ['turnover'],
  costShare: ['transaction cost', 'cost', 'transaction cost of capital'],
  precisionAtK: ['P@K', 'precision at K'],
  rSquared: ['R² score', 'R²', 'R2 score', 'R2'],
  meanAbsoluteError: ['MAE'],
  rootMeanSquareError: ['RMSE'],
  meanAbsolutePercentageError: ['MAPE'],
  directionAccuracy: ['direction accuracy'],
  overfittingGap: ['overfitting gap'],
  calibrationError: ['calibration error', 'ECE'],
};

/** The figure a rule is about; null where there is none of that name. */
export function figureNameOf(rule: Rule, available: Record<string, Figure>): string | null {
  const known = Object.keys(available).find((name) =>
    [name, ...(figureWords[name] ?? [])].some((word) => sameQuantity(word, rule.quantity)),
  );
  return known ?? null;
}

export interface JudgeContext {
  periods: number;
  periodsPerYear: number;
  /** For rules on the Sharpe ratio. */
  sample: SharpeSample;
}

/** Holds one rule against the figures. A drawdown is judged by its size, whatever its sign. */
export function judgeRule(rule: Rule, figures: Record<string, Figure>, context: JudgeContext): FigureVerdict {
  const text = rule.text || renderRule(rule);
  const name = figureNameOf(rule, figures);
  const found = name === null ? undefined : figures[name];
  const none = { value: null, interval: null, probability: null, periodsNeeded: null };
  if (name === null || !found) {
    const known = Object.keys(figures)
      .map((one) => figureWords[one]?.[0] ?? one)
      .join(', ');
    const sentence = `No figure is called "${rule.quantity}". There are: ${known}.`;
    return { rule: text, figure: rule.quantity, verdict: 'error', sentence, ...none };
  }
  const figure = name === 'maxDrawdown' ? inSize(found) : found;
  if (!Number.isFinite(figure.value)) {
    const sentence = `${capital(rule.quantity)} cannot be computed from ${context.periods} periods like these.`;
    return { rule: text, figure: name, verdict: 'error', sentence, ...none };
  }
  const { verdict, sentence } = evaluate(rule, measuredOf(rule.quantity, figure));
  const proof = name === 'sharpe' ? ofSharpe(rule, context) : ofInterval(rule, figure, context);
  return {
    rule: text,
    figure: name,
    verdict,
    sentence: verdict === 'unproven' ? `${sentence} ${tell(proof, context)}` : sentence,
    value: found.value,
    interval: found.interval ?? null,
    probability: proof.probability,
    periodsNeeded: verdict === 'unproven' ? proof.periodsNeeded : null,
  };
}

interface Proof {
  probability: number | null;
  periodsNeeded: number | null;
}

/** As such records are counted; and where one is long enough by that already, as the end of the interval has to be. */
const oneSided = [0.95, 0.975] as const;

function ofSharpe({ comparator, bound }: Rule, { sample, periodsPerYear }: JudgeContext): Proof {
  if ('version' in bound) return { probability: null, periodsNeeded: null };
  const benchmark = bound.value / Math.sqrt(periodsPerYear);
  const above = probabilisticSharpe(sample, benchmark);
  const upwards = comparator.startsWith('>');
  const needed =
    oneSided
      .map((confidence) => minimumTrackRecord(sample, benchmark, confidence))
      .find((record) => record > sample.periods) ?? Number.POSITIVE_INFINITY;
  return {
    probability: upwards ? above : 1 - above,
    periodsNeeded: upwards && Number.isFinite(needed) ? Math.ceil(needed) : null,
  };
}

/** An interval shrinks with the root of the record: how long until its nearer end passes the bound. */
function ofInterval(rule: Rule, figure: Figure, { periods }: JudgeContext): Proof {
  const measured = measuredOf('', figure);
  const none = { probability: null, periodsNeeded: null };
  if ('version' in rule.bound || !measured.interval || typeof measured.value !== 'number') return none;
  const upwards = rule.comparator.startsWith('>');
  const margin = (measured.value - rule.bound.value) * (upwards ? 1 : -1);
  const half = Math.abs(measured.value - measured.interval[upwards ? 0 : 1]);
  return margin > 0 ? { probability: null, periodsNeeded: Math.ceil(periods * (half / margin) ** 2) } : none;
}

function tell({ probability, periodsNeeded }: Proof, { periods, periodsPerYear }: JudgeContext): string {
  const chance =
    probability === null ? '' : `It is met with a probability of ${(100 * probability).toFixed(0)} %. `;
  if (periodsNeeded === null) return `${chance}A longer record of the same quality would not prove it.`;
  const years = periodsNeeded / periodsPerYear;
  const more = Math.max(0, periodsNeeded - periods);
  return `${chance}To show it takes ${grouped(periodsNeeded)} days of the same quality (${years.toFixed(years < 10 ? 1 : 0)} years), ${grouped(more)} more than there are.`;
}

const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function inSize(figure: Figure): Figure {
  const { value, interval } = figure;
  if (value >= 0 || !interval) return { ...figure, value: Math.abs(value) };
  return { ...figure, value: -value, interval: [-interval[1], -interval[0]] };
}
