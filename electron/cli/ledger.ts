import { type BacktestAnswer, deflate } from '../compute/index.ts';
import { createLedger, type RecordedJob, recordTrials, type TrialsAtEnd } from '../compute-desk/index.ts';
import { openJournal } from '../journal/index.ts';
import { projections } from '../recorded.ts';
import { createSettings } from '../settings/index.ts';

/**
 * Enters what a command tried into the ledger of a data folder, and gives what its figure has to be held against. Where
 * the journal cannot be written that is said, and the command goes on: it has computed what it was asked for.
 */
export function recordInLedger(
  dataFolder: string,
  job: Omit<RecordedJob, 'launch'>,
  answer: unknown,
  say: (line: string) => void,
): TrialsAtEnd | null {
  try {
    const journal = openJournal(dataFolder, { projections });
    try {
      const author = createSettings(journal).get().name;
      const recorded = { ...job, launch: null };
      return recordTrials(createLedger(journal), author, recorded, answer, { onlyNew: false });
    } finally {
      journal.close();
    }
  } catch (error) {
    say(`Not entered in the ledger of trials: ${(error as Error).message}`);
    return null;
  }
}

/** The answer with its Sharpe ratio held against every trial that the ledger knows. */
export function heldAgainst(
  answer: BacktestAnswer,
  { count, deviation, words }: TrialsAtEnd,
): BacktestAnswer {
  const others = { trials: count, ...(deviation === null ? {} : { deviation }) };
  return { ...answer, metrics: { ...answer.metrics, ...deflate(answer.trial, others, words) } };
}
