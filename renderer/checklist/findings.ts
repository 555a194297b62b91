import type { Checklist, Finding } from '../../shared/contract/checklist.ts';

/** The findings of each section: by their item, else by the heading they stand under. */
export function groupFindings({ sections, items, findings }: Checklist): Map<string, Finding[]> {
  const ofItem = new Map(items.map(({ id, section }) => [id, section]));
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const section =
      ofItem.get(finding.item ?? '') ?? sections.findLast(({ line }) => line <= finding.line)?.id ?? '';
    groups.set(section, [...(groups.get(section) ?? []), finding]);
  }
  return groups;
}
