import { type Document, isMap, isScalar, isSeq, visit, type YAMLError } from 'yaml';
import { isLost, sayYamlError, unclosedBy } from './yaml-words.ts';

export interface YamlMistake {
  offset: number;
  message: string;
  hint?: string;
  /** The rest of the file can be understood all the same. */
  harmless?: true;
}

/** No place of a pack has near as many keys; looking through more would take its time. */
const maxKeys = 2000;
/** Each costs a search from the top of the file. */
const maxAliases = 1000;
/** Nobody mends more of a file at once. */
const maxErrors = 100;

/** Everything that is wrong with a file as YAML. */
export function findYamlMistakes(document: Document.Parsed): YamlMistake[] {
  const errors = [...untilLost(document.errors), ...document.warnings].slice(0, maxErrors);
  const spans = errors.some(unclosedBy) ? spansOf(document) : [];
  return [
    ...errors.map((error) => ({ offset: opening(spans, error) ?? error.pos[0], ...sayYamlError(error) })),
    ...aliasMistakes(document),
    ...keyMistakes(document),
  ];
}

/** After a token that belongs nowhere the parser passes over the rest of the file, a line at a time. */
function untilLost(errors: readonly YAMLError[]): readonly YAMLError[] {
  const lost = errors.findIndex(isLost);
  return lost < 0 ? errors : errors.slice(0, lost + 1);
}

interface Span {
  start: number;
  end: number;
  opens: 'quote' | 'bracket';
}

/** Where quoted texts and bracketed values begin and end; those inside stand after those around them. */
function spansOf(document: Document.Parsed): Span[] {
  const spans: Span[] = [];
  visit(document, {
    Node: (_, node) => {
      const [start = 0, end = 0] = node.range ?? [];
      if (isScalar(node) && /^QUOTE/.test(node.type ?? '')) spans.push({ start, end, opens: 'quote' });
      if ((isMap(node) || isSeq(node)) && node.flow) spans.push({ start, end, opens: 'bracket' });
    },
  });
  return spans;
}

/** Where the quote or bracket stands that an error finds unclosed, often many lines further down. */
function opening(spans: readonly Span[], error: YAMLError): number | undefined {
  const unclosed = unclosedBy(error);
  const [at] = error.pos;
  return spans.findLast(({ start, end, opens }) => opens === unclosed && start < at && at <= end)?.start;
}

function aliasMistakes(document: Document.Parsed): YamlMistake[] {
  const found: YamlMistake[] = [];
  let count = 0;
  visit(document, {
    Alias: (_, alias, ancestors) => {
      count += 1;
      if (count > maxAliases) {
        const message = `The file has more than ${maxAliases} aliases (*name).`;
        found.push({ offset: alias.range?.[0] ?? 0, message, hint: 'Write the values out.' });
        return visit.BREAK;
      }
      const { source: name } = alias;
      const offset = alias.range?.[0] ?? 0;
      const target = alias.resolve(document);
      if (!target) {
        const hint = 'Put the value in quotes, if the * belongs to it.';
        found.push({ offset, message: `*${name} repeats nothing: no &${name} stands before it.`, hint });
      } else if (ancestors.includes(target)) {
        found.push({ offset, message: `*${name} stands inside the value that it repeats.` });
      }
    },
  });
  return found;
}

/** Keys that stand twice, or cannot stand. The parser's own look for the former takes time that grows with the square of their number. */
function keyMistakes(document: Document.Parsed): YamlMistake[] {
  const found: YamlMistake[] = [];
  visit(document, {
    Map: (_, { items, range }) => {
      if (items.length > maxKeys) {
        const message = `More than ${maxKeys} keys stand side by side.`;
        found.push({ offset: range?.[0] ?? 0, message, hint: 'Check whether this is a file of a pack.' });
        return visit.SKIP;
      }
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (key.value === '__proto__') {
          const hint = 'Choose another word.';
          found.push({ offset: key.range?.[0] ?? 0, message: 'A key cannot be called __proto__.', hint });
        }
        if (seen.has(key.value)) {
          const hint = 'Remove one of the two, or join their values.';
          found.push({
            offset: key.range?.[0] ?? 0,
            message: 'This key stands twice.',
            hint,
            harmless: true,
          });
        }
        seen.add(key.value);
      }
    },
  });
  return found;
}
