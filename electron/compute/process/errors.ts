import { BacktestError, type BacktestErrorCode } from '../backtest/index.ts';
import { DataError, type DataErrorCode } from '../data/index.ts';
import { InferenceError, type InferenceErrorCode } from '../inference/index.ts';
import { SweepError, type SweepErrorCode } from '../sweep/errors.ts';

export type ComputeErrorCode =
  | 'cancelled'
  /** Cancelled, and what ran elsewhere is ended: the message says what became of it. */
  | 'stopped'
  /** The process ended in the middle of the job. */
  | 'crashed'
  /** The job found an error that is none of the data's. */
  | 'failed'
  | 'closed';

/** A job without an answer, for a reason that lies not in its data. The message says what became of it. */
export class ComputeError extends Error {
  override readonly name = 'ComputeError';
  readonly code: ComputeErrorCode;

  constructor(code: ComputeErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** An error as it travels between processes. */
export interface SentError {
  name: string;
  code: string;
  message: string;
}

export function sentError(error: unknown): SentError {
  const { name = 'Error', code = '', message = String(error) } = error as Partial<SentError>;
  return { name, code: String(code), message };
}

/** The error as it was thrown over there, so that whoever asked need not know where the job ran. */
export function receivedError({ name, code, message }: SentError): Error {
  if (name === 'DataError') return new DataError(code as DataErrorCode, message);
  if (name === 'BacktestError') return new BacktestError(code as BacktestErrorCode, message);
  if (name === 'InferenceError') return new InferenceError(code as InferenceErrorCode, message);
  if (name === 'SweepError') return new SweepError(code as SweepErrorCode, message);
  return new ComputeError(code === 'stopped' ? code : 'failed', message);
}
