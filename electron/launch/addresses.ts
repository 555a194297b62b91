import type { Problem } from '../../shared/contract/common.ts';
import type { OpenChecklist } from '../checklist/index.ts';
import type { Address } from '../pack/index.ts';

/** Which addresses of a pack match nothing, or more than one thing, in its checklist: where, and what was meant. */
export function addressProblems(checklist: OpenChecklist, addresses: readonly Address[]): Problem[] {
  return addresses.flatMap(({ address, means, place }) => {
    const item = means === 'heading' ? null : checklist.resolveItems(address);
    const section = means === 'item' ? null : checklist.resolveSection(address);
    if (item?.ok || section?.ok) return [];
    const message = (item ?? section)?.message ?? '';
    return [{ ...place, message }];
  });
}

/** The items an address means: the item itself, or every item under the heading. Empty where it matches nothing. */
export function itemsAt(checklist: OpenChecklist, address: string): string[] {
  const item = checklist.resolveItems(address);
  if (item.ok) return item.ids;
  const section = checklist.resolveSection(address);
  return section.ok ? checklist.itemsUnder(section.ids) : [];
}
