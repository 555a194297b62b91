import type { ClaimsView } from '../../../shared/contract/compute/index.ts';
import type { ClaimsAnswer } from '../../compute/index.ts';
import { figureOf } from './figures.ts';

/** An item of the checklist, for the lines that belong to it. */
export interface ItemLine {
  id: string;
  line: number;
}

/** `items` in the order of the document, and the lines its headings are in: a heading ends an item. */
export function claimsView(
  { periods, from, to, claims, digest }: ClaimsAnswer,
  itemAt: (line: number) => string | null,
): ClaimsView {
  return {
    kind: 'claims',
    ...{ periods, from, to, digest },
    claims: claims.map(({ figure, ours, ...claim }) => ({
      ...claim,
      item: itemAt(claim.line),
      ours: ours && figure !== null ? figureOf(figure, ours) : null,
    })),
  };
}

/** Pure: the item that a line stands in: the last one before it, unless a heading is between. */
export function itemByLine(
  items: readonly ItemLine[],
  headings: readonly number[],
): (line: number) => string | null {
  return (line) => {
    const item = items.findLast((one) => one.line <= line);
    const heading = headings.findLast((one) => one <= line) ?? 0;
    return item && item.line >= heading ? item.id : null;
  };
}

export function claimsOutcome({ claims }: ClaimsView): string {
  const counted = (['fail', 'unproven', 'pass'] as const).flatMap((verdict) => {
    const count = claims.filter((one) => one.verdict === verdict).length;
    return count > 0 ? [`${count} ${words[verdict]}`] : [];
  });
  return counted.join(', ') || 'nothing that returns could show';
}

const words = { fail: 'wrong', unproven: 'unproven', pass: 'hold' };
