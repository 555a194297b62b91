import type { Measured } from '../../shared/contract/common.ts';
import { figureWords, type MetricsAnswer, measuredOf } from '../compute/index.ts';

/** What a file of returns shows, for rules to be held against. */
export interface MeasuredReturns {
  periods: number;
  from: string;
  to: string;
  /** SHA-256 of the file. */
  sha256: string;
  /** By the names that rules give them: `Sharpe ratio`, with its interval where it is an estimate. */
  figures: Measured[];
}

/** Pure: what is no number is left out. A drawdown is judged by its size, as documents write it. */
export function measuredReturns({ metrics, periods, from, to, input }: MetricsAnswer): MeasuredReturns {
  const figures = Object.entries(metrics).flatMap(([name, { value, interval, ...figure }]) => {
    const [title] = figureWords[name] ?? [];
    if (value === null || title === undefined) return [];
    const isLoss = name === 'maxDrawdown' && value < 0;
    const size = (one: number) => (isLoss ? -one : one);
    const bounds = interval?.map(size).toSorted((a, b) => a - b) as [number, number] | undefined;
    return [measuredOf(title, { ...figure, value: size(value), ...(bounds ? { interval: bounds } : {}) })];
  });
  return { periods, from, to, sha256: input, figures };
}
