import type { Problem } from '../../shared/contract/common.ts';
import type { Path } from './schema-walk.ts';
import type { YamlSource } from './yaml-source.ts';

/** NUL ends a text for every shell and file system: what follows it would be lost without a word. */
export function findNul(source: YamlSource): Problem[] {
  return nulPaths(source.value, []).map((path) => ({
    ...source.place(path),
    message: 'This has a NUL character, which no shell or file name can take.',
    hint: 'Remove it, or write the bytes from a script.',
  }));
}

function nulPaths(value: unknown, path: Path): Path[] {
  if (typeof value === 'string') return value.includes('\0') ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((element, index) => nulPaths(element, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...(key.includes('\0') ? [[...path, key]] : []),
    ...nulPaths(child, [...path, key]),
  ]);
}
