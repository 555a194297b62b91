import type { z } from 'zod';
import { listed } from './problems.ts';
import { type Found, findReferences, type Path } from './schema-walk.ts';
import { fitShape } from './shape.ts';
import { describe, unknownKey } from './shape-words.ts';
import type { Slip } from './slip.ts';
import type { KindSchema } from './types.ts';
import type { YamlSource } from './yaml-source.ts';

/** Something in a list whose kind is told by one of its keys: a check or a step. */
export interface KindList<Common extends z.ZodObject> {
  /** `check`, `step`. */
  word: string;
  common: Common;
  kinds: readonly KindSchema[];
}

export interface Fitted<Common> {
  /** Null where something does not fit. */
  entry: { kind: string; spec: unknown; common: Common } | null;
  /** The keys that all have, as the file has them; null where they were not looked at. */
  keys: Record<string, unknown> | null;
  references: Found[];
  slips: Slip[];
}

/** Fits one entry of such a list: the keys all have, exactly one kind, and the keys that go with it. */
export function fitKind<Common extends z.ZodObject>(
  { word, common, kinds }: KindList<Common>,
  source: YamlSource,
  path: Path,
  value: unknown,
): Fitted<z.output<Common>> {
  const failed = (slip: Slip) => ({ entry: null, keys: null, references: [], slips: [slip] });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed({
      path,
      message: `A ${word} must be a group of keys, and this is ${describe(value)}.`,
      hint: `Write key: value, such as ${kinds[0]?.kind}: …`,
    });
  }
  const [kind, ...others] = kinds.filter((each) => Object.hasOwn(value, each.kind));
  if (kind && others.length > 0) {
    const names = listed([kind, ...others].map((each) => JSON.stringify(each.kind)));
    const message = `This ${word} has ${others.length + 1} kinds: ${names}.`;
    const hint = `Make it ${others.length + 1} ${word}s.`;
    return failed({ path: [...path, others[0]?.kind ?? ''], part: 'key', message, hint });
  }
  const entries = Object.entries(value);
  const pick = (keys: string[]) => Object.fromEntries(entries.filter(([key]) => keys.includes(key)));
  const commonKeys = Object.keys(common.shape);
  const kindKeys = kind ? Object.keys(kind.schema.shape) : kinds.map((each) => each.kind);
  // Of an entry that does not say its kind, a key that goes with some kind is not the mistake.
  const passed = new Set(kind ? [] : kinds.flatMap(({ schema }) => Object.keys(schema.shape)));
  const allowed = [...kindKeys, ...commonKeys];
  const owner = kind ? `a \`${kind.kind}\` ${word}` : `a ${word}`;
  const unknown = entries
    .filter(([key]) => !allowed.includes(key) && !passed.has(key))
    .map(([key]) => unknownKey(key, path, allowed, owner));

  const commonPart = fitShape(common, source, path, pick(commonKeys));
  const keys = commonPart.value as Record<string, unknown>;
  const references = findReferences(common, keys, path);
  if (!kind) {
    const message = `This ${word} does not say its kind.`;
    const hint = `Give it one of: ${kinds.map((each) => each.kind).join(', ')}.`;
    // A key that is nearly a kind has been named already.
    const kindless = unknown.some(({ meant }) => meant) ? [] : [{ path, message, hint }];
    const slips = [...unknown, ...commonPart.slips, ...kindless];
    return { entry: null, keys, references, slips };
  }
  const kindPart = fitShape(kind.schema, source, path, pick(kindKeys));
  const slips = [...unknown, ...commonPart.slips, ...kindPart.slips];
  return {
    entry:
      commonPart.data && kindPart.data && slips.length === 0
        ? { kind: kind.kind, spec: kindPart.data, common: commonPart.data }
        : null,
    keys,
    references: [...references, ...findReferences(kind.schema, kindPart.value, path)],
    slips,
  };
}

/** @throws Error where a kind takes a key that every check or step has: the two could not be told apart. */
export function assertDistinct({ word, common, kinds }: KindList<z.ZodObject>): void {
  for (const { kind, schema } of kinds) {
    if (!Object.hasOwn(schema.shape, kind))
      throw new Error(`The ${word} kind "${kind}" has no key "${kind}"`);
    const taken = Object.keys(schema.shape).find(
      (key) =>
        Object.hasOwn(common.shape, key) || (key !== kind && kinds.some((other) => other.kind === key)),
    );
    if (taken)
      throw new Error(`The ${word} kind "${kind}" takes the key "${taken}", which means something else`);
  }
}
