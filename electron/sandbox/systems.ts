import type { System } from './memory.ts';

/** The systems of the worked packs, with the version that runs before their launch. */
export const workedSystems: readonly System[] = [
  { name: 'apex-ranker', version: '0.2.0-production', previous: '0.1.9' },
  { name: 'neural-trading', version: '1.4.0', previous: '1.3.2' },
];

/** A system the sandbox did not know gets a version to go back to as well. */
export const unknownPrevious = '0.0.1';

/** A system's name as it stands in paths: `APEX-Ranker` → `apex-ranker`. */
export function systemName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return plain || 'system';
}
