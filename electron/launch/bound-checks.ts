import { parseRule } from '../../shared/rule/index.ts';
import type { OpenChecklist } from '../checklist/index.ts';
import { bindChecks } from '../checks/index.ts';
import type { Pack } from '../pack/index.ts';
import { itemsAt } from './addresses.ts';

/** The checks of a pack, each with the items of the checklist that it proves and the hosts that it measures. */
export function boundChecks({ launch }: Pack, checklist: OpenChecklist): ReturnType<typeof bindChecks> {
  const { targets, checks } = launch;
  const items = new Map(checklist.items.map((item) => [item.id, item]));
  return bindChecks({
    checks,
    itemsOf: ({ items: addresses }) =>
      addresses.flatMap((address) => itemsAt(checklist, address).flatMap((id) => items.get(id) ?? [])),
    hostsOf: (place) => targets.find(({ name }) => name === place)?.hosts ?? [place],
    parseRule,
  });
}
