import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { Problem } from '../../shared/contract/common.ts';
import { formatPath } from './problems.ts';
import type { Path } from './schema-walk.ts';
import type { Place } from './types.ts';
import { isLost, sayYamlError } from './yaml-words.ts';

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
  const lines = new LineCounter();
  const placeAt = (offset: number, path: Path): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: formatPath(path) };
  };
  const document = parseDocument<ParsedNode>(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  const problems = [
    ...[...untilLost(document.errors), ...document.warnings].map((error) => ({
      ...placeAt(error.pos[0], []),
      ...sayYamlError(error),
    })),
    ...aliasProblems(document).map(({ offset, message }) => ({ ...placeAt(offset, []), message })),
  ];
  if (problems.length > 0) {
    const onlyDoubles = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
    if (!onlyDoubles || problems.length > document.errors.length) {
      return { source: null, problems: firstOfEachLine(problems) };
    }
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount });
  } catch {
    const message = `The aliases (*name) repeat more than ${maxAliasCount} values. Write the values out.`;
    return { source: null, problems: [{ ...placeAt(0, []), message }] };
  }
  const source: YamlSource = {
    file,
    value,
    place: (path, part = 'value') => placeAt(offsetOf(document, path, part), path),
    written: (path) => {
      const node = follow(document, path).node;
      const plain = isScalar(node) && (typeof node.value === 'number' || typeof node.value === 'boolean');
      return plain ? (node.source ?? String(node.value)) : null;
    },
  };
  return { source, problems };
}

/** After a token that belongs nowhere the parser passes over the rest of the file, a line at a time. */
function untilLost(errors: readonly YAMLError[]): readonly YAMLError[] {
  const lost = errors.findIndex(isLost);
  return lost < 0 ? errors : errors.slice(0, lost + 1);
}

/** One slip often gives several errors on its line, of which the first says what it is. */
function firstOfEachLine(problems: Problem[]): Problem[] {
  const lines = new Set<number>();
  return problems.filter(({ line }) => !lines.has(line) && lines.add(line));
}

function aliasProblems(document: Document.Parsed): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = [];
  visit(document, {
    Alias: (_, alias, ancestors) => {
      const target = alias.resolve(document);
      const offset = alias.range?.[0] ?? 0;
      if (!target) {
        found.push({
          offset,
          message: `*${alias.source} repeats nothing: no &${alias.source} stands before it.`,
        });
      } else if (ancestors.includes(target)) {
        found.push({ offset, message: `*${alias.source} stands inside the value that it repeats.` });
      }
    },
  });
  return found;
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
  const range = (node as ParsedNode | null)?.range;
  return range?.[0] ?? 0;
}
