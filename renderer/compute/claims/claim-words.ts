import type { ClaimsView } from '../../../shared/contract/compute/index.ts';
import { formatBound, formatNumber, formatValue } from '../figures/format.ts';

export type Claim = ClaimsView['claims'][number];

/** `0.75`, `30 %`: what the document says, as it would be measured. */
export function theirsWords({ theirs, ours }: Claim): string {
  const bound = boundOf({ theirs, ours });
  if (bound === null) return '';
  return ours ? formatBound(bound, ours.unit) : formatNumber(bound);
}

/** `20,395 d, 81 y`: how long a record as good would have to be. */
export function neededWords({ periodsNeeded, yearsNeeded }: Claim): string {
  return [
    periodsNeeded === null ? '' : formatValue(periodsNeeded, 'days'),
    yearsNeeded === null ? '' : formatValue(yearsNeeded, 'years'),
  ]
    .filter(Boolean)
    .join(', ');
}

/** How much longer it would take, in a sentence. Empty where no length would do, or the claim's own sentence says it. */
export function longerSentence(
  { periodsNeeded, yearsNeeded, sentence }: Pick<Claim, 'periodsNeeded' | 'yearsNeeded' | 'sentence'>,
  periods: number,
): string {
  if (periodsNeeded === null || periodsNeeded <= periods) return '';
  if (sentence.includes(periodsNeeded.toLocaleString('en'))) return '';
  const years =
    yearsNeeded === null ? '' : `, ${formatValue(yearsNeeded, 'years').replace(' y', ' years')} in all`;
  const more = (periodsNeeded - periods).toLocaleString('en');
  return `${more} more days as good as these would prove it${years}. There are ${periods.toLocaleString('en')}.`;
}

/** What the document says, on the side of zero where the figure lies: a drawdown is written with either sign. */
export function boundOf({ theirs, ours }: Pick<Claim, 'theirs' | 'ours'>): number | null {
  if (theirs === null || ours?.name !== 'maxDrawdown' || ours.value === null) return theirs;
  return Math.abs(theirs) * (ours.value < 0 ? -1 : 1);
}

/** How many claims of each verdict, in the order in which they matter. */
export function summaryOf(claims: readonly Claim[]): { verdict: Claim['verdict']; count: number }[] {
  const order: Claim['verdict'][] = ['fail', 'error', 'unproven', 'pass', 'not-checked'];
  return order
    .map((verdict) => ({ verdict, count: claims.filter((claim) => claim.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
}
