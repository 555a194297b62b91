import { basename } from 'node:path';
import type { Question } from '../../../shared/contract/compute/index.ts';
import type { BacktestAnswer, CompareAnswer, SweepAnswer } from '../../compute/index.ts';
import { titleOf } from '../asking.ts';
import { countTrials, type TrialsAtEnd } from './count.ts';
import type { Ledger, Tried } from './ledger.ts';

export interface RecordedJob {
  launch: string | null;
  question: Question;
}

/**
 * Enters what a job tried into the ledger, and gives what its figure has to be held against; null where it tried nothing.
 * `onlyNew`: an answer that was given before is not a run, and counts only where the ledger does not know it.
 */
export function recordTrials(
  ledger: Ledger,
  author: string,
  { launch, question }: RecordedJob,
  answer: unknown,
  { onlyNew }: { onlyNew: boolean },
): TrialsAtEnd | null {
  const title = titleOf(question);
  const enter = (tried: Tried) => {
    if (tried.trials.length === 0 || (onlyNew && ledger.has(tried.panel, tried.trials))) return;
    ledger.record(author, tried);
  };
  if (question.kind === 'backtest') {
    const { trial, trials, digest } = answer as BacktestAnswer;
    const { panel, ...own } = trial;
    const about = { launch, by: 'backtest' as const, panelName: basename(question.panel), title, digest };
    enter({ ...about, panel, trials: [own] });
    return countTrials(ledger.sharpesOf(panel), trials);
  }
  if (question.kind === 'compare') {
    const { runs, digest } = answer as CompareAnswer;
    const about = { launch, by: 'compare' as const, panelName: basename(question.panel), title, digest };
    const trials = runs.map(({ trial: { panel: _panel, ...own } }) => own);
    enter({ ...about, panel: runs[0].trial.panel, trials });
  }
  if (question.kind === 'sweep') {
    const { panel, points, digest } = answer as SweepAnswer;
    const about = { launch, by: 'sweep' as const, panelName: basename(question.panel), title, digest };
    const trials = points.flatMap(({ trial, settings }) =>
      trial ? [{ ...trial, settings: inWords(settings) }] : [],
    );
    enter({ ...about, panel, trials });
  }
  return null;
}

/** What tells a point from the others: `top_k 35, rebalance weekly`. */
function inWords(settings: Record<string, unknown>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
