import type { Rule } from '../../../shared/contract/common.ts';
import { readReturns } from '../data/index.ts';
import {
  type Convention,
  considered,
  conventions,
  type FigureVerdict,
  judgeRule,
  maxDrawdown,
  type ReturnFigureName,
  returnFigures,
  sharpeSample,
  type TrialCount,
  type ValidityName,
  validityFigures,
} from '../statistics/index.ts';
import { digestOf, type WrittenFigure, writtenAll } from './written.ts';

export interface MetricsQuestion {
  file: string;
  convention: keyof typeof conventions;
  periodsPerYear?: number;
  /** Annual, as a fraction. */
  riskFree: number;
  /** Annual Sharpe ratio that the probabilities are about. */
  benchmark: number;
  trials: TrialCount;
  rules: readonly Rule[];
}

export interface MetricsAnswer {
  periods: number;
  from: string;
  to: string;
  metrics: Record<ReturnFigureName, WrittenFigure>;
  validity: Record<ValidityName, WrittenFigure>;
  /** The deepest one: before its first falling return, at its lowest, and where it was made good, null if never. */
  drawdown: { peak: string; trough: string; recovered: string | null };
  verdicts: FigureVerdict[];
  /** SHA-256 of the file's bytes. */
  input: string;
  digest: string;
}

/** Every figure of a file of returns. @throws DataError */
export async function answerMetrics(question: MetricsQuestion): Promise<MetricsAnswer> {
  const { dates, returns, sha256 } = await readReturns(question.file);
  const base: Convention = conventions[question.convention];
  const periodsPerYear = question.periodsPerYear ?? base.periodsPerYear;
  const convention = { ...base, periodsPerYear, riskFreePerPeriod: question.riskFree / periodsPerYear };
  const [from, to] = [dates[0] as string, dates.at(-1) as string];
  const years = (Date.parse(to) - Date.parse(from)) / (365.25 * 864e5);
  const figures = returnFigures(returns, convention, years);
  const kept = considered(returns, convention);
  const context = {
    periods: kept.length,
    periodsPerYear,
    sample: sharpeSample(kept, convention.riskFreePerPeriod),
  };
  const deepest = maxDrawdown(returns, convention);
  const { file, rules, ...settings } = question;
  return {
    periods: returns.length,
    from,
    to,
    metrics: writtenAll(figures),
    validity: writtenAll(validityFigures(returns, convention, question.trials, question.benchmark)),
    drawdown: {
      peak: deepest.peak === 0 ? `before ${from}` : (dates[deepest.peak - 1] as string),
      trough: dates[Math.max(0, deepest.trough - 1)] as string,
      recovered: deepest.recovered === null ? null : (dates[Math.max(0, deepest.recovered - 1)] as string),
    },
    verdicts: rules.map((rule) => judgeRule(rule, figures, context)),
    input: sha256,
    digest: digestOf('metrics', [sha256], { ...settings, rules: rules.map(({ text }) => text) }),
  };
}
