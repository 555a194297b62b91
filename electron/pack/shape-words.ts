import { z } from 'zod';
import { noteOf } from './notes.ts';
import { listed } from './problems.ts';
import { defOf, noteWithin, type Path, schemaAt, unwrap, valueAt } from './schema-walk.ts';
import type { Slip } from './slip.ts';
import { didYouMean, nearest } from './suggest.ts';

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

/** What an issue means to the person who wrote the file. `base` is the path of `value` in the file. */
export function sayIssue(issue: Issue, schema: Schema, value: unknown, base: Path): Slip[] {
  const below = issue.path as Path;
  const path = [...base, ...below];
  const at = schemaAt(schema, below);
  const found = valueAt(value, below);
  const name = nameOf(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, keysOf(at), noteOf(at ?? schema).owner));
    case 'invalid_type':
    case 'invalid_value':
      return [doesNotFit(path, at, found)];
    case 'invalid_union':
      return sayUnion(issue, at, found, path);
    case 'invalid_key':
      return issue.issues.map(({ message }) => ({ path, part: 'key', message: `${name} ${message}` }));
    case 'too_small':
      return [{ path, message: `${name} ${tooSmall(issue)}` }];
    case 'too_big':
      return [{ path, message: `${name} must be at most ${issue.maximum}.` }];
    default:
      return [{ path, message: said(issue.message, name, found) }];
  }
}

/**
 * A message of a schema's own. One in lower case is half a sentence: `is not …` and `is neither …` are said of the
 * value, anything else of the key.
 */
function said(message: string, name: string, found: unknown): string {
  const scalar = typeof found !== 'object' ? describe(found) : null;
  if (!/^\p{Ll}/u.test(message)) return sentence(message);
  if (scalar && /^is (not|neither) /.test(message)) return sentence(`${scalar} ${message}`);
  return sentence(`${name} ${message}${scalar ? `, and it is ${scalar}` : ''}`);
}

/** Says of a key that nothing knows what it may have been meant to be, and which keys there are. */
export function unknownKey(key: string, parent: Path, allowed: string[], owner = nameOf(parent)): Slip {
  const meant = nearest(key, allowed);
  return {
    path: [...parent, key],
    part: 'key',
    meant: meant === null ? null : [...parent, meant],
    message: `Unknown key ${JSON.stringify(key)}.`,
    hint: `${didYouMean(key, allowed)}${sentence(`${owner} has: ${allowed.join(', ')}`)}`,
  };
}

function doesNotFit(path: Path, at: Schema | null, found: unknown): Slip {
  const name = nameOf(path);
  const expected = at ? expectationOf(at) : 'something else';
  if (found === undefined) {
    const hint = `Add ${String(path.at(-1) ?? '')}: ${(at && exampleOf(at)) ?? expected}`;
    return { path, part: 'key', message: `${name} is missing.`, hint, missing: true };
  }
  if (found === null) {
    const canGo = at && ['optional', 'default'].includes(defOf(at).type);
    const hint = `Give it ${expected}${canGo ? ', or remove the line' : ''}.`;
    return { path, part: 'key', message: `${name} has no value.`, hint };
  }
  const choices = at ? choicesOf(at) : [];
  if (typeof found === 'string' && at && ['literal', 'enum'].includes(defOf(unwrap(at)).type)) {
    const message = `${JSON.stringify(found)} is not one of the words for ${name}.`;
    return { path, message, hint: `${didYouMean(found, choices)}Write ${expected}.` };
  }
  const hint = typeof found === 'string' ? didYouMean(found, choices).trim() : '';
  const message = `${name} must be ${expected}, and it is ${describe(found)}.`;
  return { path, message, ...(hint && { hint }) };
}

function sayUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  at: Schema | null,
  found: unknown,
  path: Path,
): Slip[] {
  const def = at && defOf(unwrap(at));
  const options = def?.type === 'union' ? def.options : [];
  // The branch that is meant: its kind of value is there, and the least of it is wrong.
  const [meant] = issue.errors
    .map((issues, index) => ({ issues, option: options[index] }))
    .filter(({ issues }) => !issues.some(isOtherKind))
    .sort((a, b) => a.issues.length - b.issues.length);
  const option = meant?.option;
  if (!option) return [doesNotFit(path, at, found)];
  return meant.issues.flatMap((inner) => sayIssue(inner, option, found, path));
}

const isOtherKind = (issue: Issue): boolean =>
  issue.path.length === 0 &&
  (issue.code === 'invalid_type' ||
    issue.code === 'invalid_value' ||
    (issue.code === 'invalid_union' && issue.errors.every((branch) => branch.some(isOtherKind))));

/** `text`, `a list`, `text or a list`: what a value of the schema is. */
function expectationOf(schema: Schema): string {
  const said = noteWithin(schema, 'expects');
  if (said) return said;
  const def = defOf(unwrap(schema));
  switch (def.type) {
    case 'string':
      return 'text';
    case 'number':
      return 'format' in def || def.checks?.length ? 'a whole number' : 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
      return groupOf(Object.keys(def.shape));
    case 'record':
      return 'a group of keys';
    case 'literal':
    case 'enum':
      return listed(
        choicesOf(schema).map((word) => JSON.stringify(word)),
        'or',
      );
    case 'union':
      return listed([...new Set(def.options.map(expectationOf))], 'or');
    default:
      return 'something else';
  }
}

function choicesOf(schema: Schema): string[] {
  const def = defOf(unwrap(schema));
  if (def.type === 'literal') return def.values.map(String);
  if (def.type === 'enum') return Object.values(def.entries).map(String);
  if (def.type === 'union') return def.options.flatMap(choicesOf);
  return [];
}

function keysOf(schema: Schema | null): string[] {
  const def = schema && defOf(unwrap(schema));
  if (def?.type === 'object') return Object.keys(def.shape);
  if (def?.type === 'union') return def.options.flatMap(keysOf);
  return [];
}

/** `a group of keys (hosts, batches, vars …)` */
function groupOf(keys: string[]): string {
  return `a group of keys (${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ' …' : ''})`;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): string {
  if (issue.origin === 'string') return 'is empty.';
  if (issue.origin === 'array') return 'is an empty list.';
  return `must be at least ${issue.minimum}.`;
}

/** `a list`, `"abc"`, `true`: what a value in a file is. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'empty';
  if (typeof value === 'object') return 'a group of keys';
  const shown = JSON.stringify(value);
  return shown.length > 40 ? `the text ${shown.slice(0, 38)}…"` : shown;
}

/** `"hosts"`, `"hosts[1]"`: what stands at a path, for the beginning of a sentence. */
function nameOf(path: Path): string {
  const key = path.findLastIndex((part) => typeof part === 'string');
  const places = path.slice(key + 1).map((part) => `[${part}]`);
  return path.length === 0 ? 'The file' : JSON.stringify(`${path[key] ?? ''}${places.join('')}`);
}

/** The first example of a schema's description, where it fits on a line. */
function exampleOf(schema: Schema): string | null {
  const [example] = (z.globalRegistry.get(schema)?.examples as unknown[] | undefined) ?? [];
  return typeof example === 'string' || typeof example === 'number' ? String(example) : null;
}

function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
