import type { z } from 'zod';
import type { Fitted } from './kinds.ts';
import type { commonCheckSchema } from './launch-schema.ts';
import type { Slip } from './slip.ts';

type Common = z.output<typeof commonCheckSchema>;
type Entry = NonNullable<Fitted<Common>['entry']>;

/**
 * The name of a check, or one made of its kind and its first item, so that its evidence stays with it when checks
 * are added before it: `disk-room-for-the-data-set`. A second one of the same words gets a number.
 */
export function checkIds(entries: Entry[]): string[] {
  const taken = new Set(entries.flatMap(({ common }) => common.name ?? []));
  return entries.map(({ kind, common }) => {
    if (common.name !== undefined) return common.name;
    const base = `${kind}-${slug(common.item ?? common.items?.[0] ?? '')}`;
    let id = base;
    for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
    taken.add(id);
    return id;
  });
}

/** The innermost part of an address in letters and digits. */
function slug(address: string): string {
  const words = (address.split(' > ').at(-1) ?? '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, 6).join('-');
}

export function findCheckSlips(fitted: Fitted<Common>[]): Slip[] {
  const firstOf = new Map<unknown, number>();
  return fitted.flatMap(({ keys, slips }, index): Slip[] => {
    const path = ['checks', index];
    if (!keys) return [];
    const { item, items, name } = keys;
    if (item !== undefined && items !== undefined) {
      const message = 'This check has both "item" and "items".';
      const hint = 'Put the one into the list of the others.';
      return [{ path: [...path, 'items'], part: 'key', message, hint }];
    }
    if (
      item === undefined &&
      items === undefined &&
      name === undefined &&
      !slips.some(({ meant }) => meant)
    ) {
      const message = 'This check decides nothing: it has neither an item nor a name.';
      return [{ path, message, hint: 'Give it the item it decides, or a name for a step to run it by.' }];
    }
    const first = firstOf.get(name);
    if (name !== undefined && first === undefined) firstOf.set(name, index);
    if (first !== undefined) {
      const message = `The name ${JSON.stringify(name)} is taken by checks[${first}].`;
      return [{ path: [...path, 'name'], message, hint: 'Give one of the two another name.' }];
    }
    return [];
  });
}
