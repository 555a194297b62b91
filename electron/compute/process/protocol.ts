import type { JobName } from '../jobs.ts';
import type { SentError } from './errors.ts';

/** What is asked of the compute process. One job at a time; the next is sent when the last has been answered. */
export interface AskMessage {
  kind: 'ask';
  job: JobName;
  question: unknown;
  /** Compute it even where the store has it. */
  fresh: boolean;
}

/** Asks that the job at hand ends what it has running elsewhere, and then itself. */
export interface StopMessage {
  kind: 'stop';
}

/** What the compute process says of the job it was asked. */
export type ComputeMessage =
  | { kind: 'progress'; phase: string; share: number }
  /** What is known so far of an answer that comes bit by bit. */
  | { kind: 'partial'; answer: unknown }
  /** `stored` is when the answer was computed, where it comes from the store; `key` is where it lies there. */
  | { kind: 'answer'; answer: unknown; stored: string | null; key: string }
  | { kind: 'failure'; error: SentError };

/** The compute process's end of the wire between the two. */
export interface ComputePort {
  post(message: ComputeMessage): void;
  onMessage(listener: (message: AskMessage | StopMessage) => void): void;
}

/** The other end of the wire: the process as whoever started it sees it. */
export interface ComputeChild {
  readonly pid?: number | undefined;
  post(message: AskMessage | StopMessage): void;
  onMessage(listener: (message: ComputeMessage) => void): void;
  /** Called once, with how it ended as the end of a sentence: `was killed by SIGSEGV`. */
  onEnd(listener: (how: string) => void): void;
  kill(): void;
}
