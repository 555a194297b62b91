import type { ToSign } from '../../shared/contract/signoff.ts';
import { counted } from '../../shared/units.ts';
import { digestOf, type RolePolicy, type SeenItem, type Sight, subjectsFor } from '../signoff/index.ts';

const mostDoubts = 200;

/** What is neither proven nor done, the worst first. */
const doubtful = [
  'fail',
  'failed',
  'error',
  'disputed',
  'blocked',
  'unproven',
  'stale',
  'overridden',
  'waived',
  'open',
  'active',
  'claimed',
];

/** What a role's signature would be about, in words: each subject with its digest, and all that speaks against it. */
export function toSignOf(sight: Sight, { sections }: Pick<RolePolicy, 'sections'>): ToSign {
  const isCovered = (section: string) => sections === null || sections.has(section);
  const items = sight.items.filter(({ section }) => isCovered(section));
  const texts = sight.sections.filter(({ id }) => isCovered(id));
  const words: Record<string, string> = {
    checklist: `The text of ${counted(texts.length, 'section')} of the checklist, word for word`,
    items: `The state of ${counted(items.length, 'item')} and what was measured for them: ${statesOf(items)}`,
    policy: 'Who decides, the criteria of the decision, and when to roll back',
    runbooks: `${counted(sight.runbooks.length, 'runbook')}: ${sight.runbooks.map(({ file }) => file).join(', ') || 'none'}`,
    artifacts: `${counted(sight.artifacts.length, 'other file')} of the pack: ${sight.artifacts.map(({ name }) => name).join(', ') || 'none'}`,
  };
  const doubts = items
    .filter(({ status }) => doubtful.includes(status))
    .sort((a, b) => doubtful.indexOf(a.status) - doubtful.indexOf(b.status));
  return {
    subjects: subjectsFor(sight, sections).map(({ name, bytes }) => ({
      name,
      sha256: digestOf(bytes),
      text: words[name] ?? name,
    })),
    doubts: doubts.slice(0, mostDoubts).map((item) => ({
      item: item.id,
      title: item.title,
      status: item.status as ToSign['doubts'][number]['status'],
      text: knownOf(item),
    })),
    doubted: doubts.length,
  };
}

function statesOf(items: readonly SeenItem[]): string {
  const counts = Map.groupBy(items, ({ status }) => status);
  return [...counts].map(([status, some]) => `${some.length} ${status}`).join(', ') || 'none';
}

function knownOf({ override, reason, evidence }: SeenItem): string {
  return override || reason || evidence.flatMap(({ measured }) => measured).join(', ');
}
