import { type Document, isAlias, isMap, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml';
import type { Problem } from '../../shared/contract/common.ts';
import { lineFinder } from './lines.ts';
import { formatPath } from './problems.ts';
import type { Path } from './schema-walk.ts';
import type { Place } from './types.ts';
import { findYamlMistakes } from './yaml-mistakes.ts';

/** A YAML file as a value, with the place of everything in it. */
export interface YamlSource {
  file: string;
  value: unknown;
  /** Where the value or key at a path stands; for what is missing, where its parent does. */
  place(path: Path, part?: 'key' | 'value'): Place;
  /** A number or boolean as it is written in the file: `1.0`, `0600`. Null for anything else. */
  written(path: Path): string | null;
}

/** Aliases may repeat this many values in all; more is an attack or a mistake. */
const maxAliasCount = 100;

/** Reads a file's text. With a syntax error there is no source: what it would say of the rest is guesswork. */
export function readYaml(file: string, text: string): { source: YamlSource | null; problems: Problem[] } {
  const find = lineFinder(text);
  const placeAt = (offset: number, path: Path): Place => ({
    file,
    ...find(offset),
    path: formatPath(path),
  });
  const document = parseDocument<ParsedNode>(text, {
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  const mistakes = findYamlMistakes(document);
  const problems = mistakes.map(({ offset, message, hint }) => ({
    ...placeAt(offset, []),
    message,
    ...(hint && { hint }),
  }));
  if (mistakes.some(({ harmless }) => !harmless))
    return { source: null, problems: firstOfEachLine(problems) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount });
  } catch {
    const message = `The aliases (*name) repeat more than ${maxAliasCount} values.`;
    return { source: null, problems: [{ ...placeAt(0, []), message, hint: 'Write the values out.' }] };
  }
  const source: YamlSource = {
    file,
    value,
    place: (path, part = 'value') => placeAt(offsetOf(document, path, part), path),
    written: (path) => {
      const found = follow(document, path).node;
      const node = isAlias(found) ? found.resolve(document) : found;
      const plain = isScalar(node) && (typeof node.value === 'number' || typeof node.value === 'boolean');
      return plain ? (node.source ?? String(node.value)) : null;
    },
  };
  return { source, problems };
}

/** One slip often gives several errors on its line, of which the first says what it is. */
function firstOfEachLine(problems: Problem[]): Problem[] {
  const lines = new Set<number>();
  return problems.filter(({ line }) => !lines.has(line) && lines.add(line));
}

interface Followed {
  /** The node at the path, or the deepest one on the way to it. */
  node: unknown;
  /** Where the last key on the way begins; null at the top and in lists. */
  keyOffset: number | null;
  whole: boolean;
}

function follow(document: Document.Parsed, path: Path): Followed {
  let [node, keyOffset]: [unknown, number | null] = [document.contents, null];
  for (const part of path) {
    const container: unknown = isAlias(node) ? node.resolve(document) : node;
    let child: unknown;
    let childKey: number | null = null;
    if (isSeq(container)) child = container.items[Number(part)];
    else if (isMap(container)) {
      // Of a key that stands twice the last value counts.
      const pair = container.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(part));
      child = pair?.value;
      childKey = isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
      if (pair && !child) return { node: pair.key, keyOffset: childKey, whole: false };
    }
    if (!child) return { node, keyOffset, whole: false };
    [node, keyOffset] = [child, childKey];
  }
  return { node, keyOffset, whole: true };
}

function offsetOf(document: Document.Parsed, path: Path, part: 'key' | 'value'): number {
  const { node, keyOffset, whole } = follow(document, path);
  if (part === 'key' && whole && keyOffset !== null) return keyOffset;
  // A key without a value has an empty one, which begins wherever the next thing does.
  if (isScalar(node) && node.value === null && !node.source && keyOffset !== null) return keyOffset;
  return (node as ParsedNode | null)?.range?.[0] ?? 0;
}
