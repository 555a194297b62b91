import { parseRule } from '../../shared/rule/index.ts';
import type { PackThreshold } from '../checklist/index.ts';
import type { Pack } from '../pack/index.ts';

/** The thresholds a pack states in its checks, for comparing with those of the checklist. */
export function packThresholds(pack: Pack, itemsOf: (address: string) => readonly string[]): PackThreshold[] {
  return pack.launch.checks.flatMap(({ rules, items, place }) =>
    rules.flatMap((text): PackThreshold[] => {
      const parsed = parseRule(text);
      if (!parsed.ok) return [];
      const [item = null] = items.flatMap(itemsOf);
      return [
        {
          rule: parsed.rule,
          where: `${place.file}:${place.line}`,
          line: place.line,
          column: place.column,
          trigger: false,
          item,
        },
      ];
    }),
  );
}
