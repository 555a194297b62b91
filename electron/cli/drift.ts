import type { Compute, DriftAnswer } from '../compute/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { table } from './text.ts';

/** Compares two data sets column by column. @throws InputError, DataError */
export async function driftOf(
  compute: Compute,
  reference: string,
  current: string,
  bins: number,
): Promise<DriftAnswer> {
  if (!(Number.isInteger(bins) && bins >= 2 && bins <= 1000)) {
    throw new InputError(`--bins is a whole number from 2 to 1000, not ${bins}.`);
  }
  return compute.drift({ reference, current, bins });
}

/** The stable shape of `drift --json`: the answer as it is. */
export function driftReport(answer: DriftAnswer): DriftAnswer {
  return answer;
}

export function driftText({ features, rows, unmatched, skipped }: DriftAnswer): string {
  const figure = (value: number) => value.toFixed(4);
  const only = (names: readonly string[], where: string) =>
    names.length > 0 ? [`only in the ${where}: ${names.join(', ')}`] : [];
  return [
    `${rows.reference} rows of reference, ${rows.current} now`,
    table([
      ['feature', '', 'PSI', 'critical', 'KS', 'p', 'JS', 'dates beyond'],
      ...features.map(({ feature, psi, ks, jensenShannon, drifted, chunks }) => [
        feature,
        drifted ? 'drifted' : 'same',
        figure(psi.index),
        figure(psi.critical),
        figure(ks.distance),
        ks.probability.toPrecision(2),
        figure(jensenShannon),
        chunks ? `${chunks.current.filter(({ beyond }) => beyond).length} of ${chunks.current.length}` : '',
      ]),
    ]),
    ...skipped.map(({ feature, why }) => `${feature}: ${why}`),
    ...only(unmatched.reference, 'reference'),
    ...only(unmatched.current, 'current file'),
  ].join('\n');
}

/** A feature that drifted is a no; a column that could not be compared leaves it open. */
export function driftExit({ features, skipped }: DriftAnswer): ExitCode {
  if (features.some(({ drifted }) => drifted)) return exitCodes.no;
  return skipped.length > 0 ? exitCodes.unknown : exitCodes.asked;
}
