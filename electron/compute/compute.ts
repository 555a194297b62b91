import { answerBacktest, type BacktestAnswer, type BacktestQuestion } from './answers/backtest.ts';
import { answerDrift, type DriftAnswer, type DriftQuestion } from './answers/drift.ts';
import { answerMetrics, type MetricsAnswer, type MetricsQuestion } from './answers/metrics.ts';

/**
 * What can be asked of compute. Questions and answers are plain data and name files by their paths, so that who answers
 * may live in another process.
 */
export interface Compute {
  /** @throws DataError */
  metrics(question: MetricsQuestion): Promise<MetricsAnswer>;
  /** @throws DataError, BacktestError */
  backtest(question: BacktestQuestion): Promise<BacktestAnswer>;
  /** @throws DataError */
  drift(question: DriftQuestion): Promise<DriftAnswer>;
}

/** Answers in this process. Long questions keep it busy. */
export const computeHere: Compute = {
  metrics: answerMetrics,
  backtest: answerBacktest,
  drift: answerDrift,
};
