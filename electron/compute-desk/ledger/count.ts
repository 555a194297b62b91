import { type TrialCount, variance } from '../../compute/index.ts';

/** What a Sharpe ratio has to be held against. */
export interface TrialsAtEnd {
  count: number;
  /** Of their annual Sharpe ratios; null where it is not known. */
  deviation: number | null;
  /** `14 trials, 2 of them by the configuration`. */
  words: string;
}

/** Pure: the sample deviation of what has a ratio; null for fewer than two. */
export function deviationOf(sharpes: readonly (number | null)[]): number | null {
  const known = sharpes.filter((value) => value !== null);
  return known.length > 1 ? Math.sqrt(variance(known, 1)) : null;
}

/**
 * Pure: the distinct trials that a ledger has of a panel, the one in question among them, and those that a configuration
 * says were made elsewhere. `said` counts the one in question, too.
 */
export function countTrials(sharpes: readonly (number | null)[], said: TrialCount): TrialsAtEnd {
  const elsewhere = said.trials - 1;
  const count = sharpes.length + elsewhere;
  const trials = `${count} trial${count === 1 ? '' : 's'}`;
  return {
    count,
    deviation: deviationOf(sharpes) ?? said.deviation ?? null,
    words:
      elsewhere === 0 ? `${trials} in the ledger` : `${trials}, ${elsewhere} of them by the configuration`,
  };
}
