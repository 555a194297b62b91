import type { Rule } from '../../shared/contract/common.ts';
import { anyUnit, type Quantity } from './kind.ts';

/** Words that make another figure of a quantity: the p95 of a latency is not a latency. */
const figureWords =
  /^(p\d{1,3}(\.\d+)?|median|mean|average|avg|max|maximum|min|minimum|sum|rate|total|free|used|count)$/;

/**
 * The quantity a rule is about, among those a check measures; null where it measures none of it. Units must agree. A
 * rule that names a percentile, a mean, a rate and so on is only about a quantity that goes by that word: taking one
 * figure for another would prove what nobody measured. Of several, the one with most words in common.
 * @param written whether the rule was written for this very check, and not found in an item's words
 */
export function quantityOf(
  rule: Rule,
  quantities: readonly Quantity[],
  { written }: { written: boolean },
): Quantity | null {
  const unit = 'version' in rule.bound ? 'version' : rule.bound.unit;
  const asked = wordsIn(rule.quantity);
  const inUnit = quantities.filter(
    (quantity) => quantity.unit === unit || (quantity.unit === anyUnit && unit !== 'version'),
  );
  const only = inUnit.length === 1;
  const candidates = inUnit.flatMap((quantity) => {
    const known = new Set([quantity.name, ...quantity.words].flatMap(wordsIn));
    const common = asked.filter((word) => known.has(word)).length;
    const another = asked.some(
      (word) => !known.has(word) && (figureWords.test(word) || quantity.not?.includes(word)),
    );
    const fits =
      quantity.unnamed ||
      (written && only && asked.length === 0) ||
      (!another && (common > 0 || (only && !quantity.byName)));
    return fits ? [{ quantity, common }] : [];
  });
  return candidates.toSorted((a, b) => b.common - a.common)[0]?.quantity ?? null;
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}.]+/gu) ?? [];
}
