import type { z } from 'zod';
import { type Note, noteOf, type ReferenceKind } from './notes.ts';

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes['_zod']['def'];
export type Path = (string | number)[];

export const defOf = (schema: Schema): Def => (schema as z.core.$ZodTypes)._zod.def;

/** The schema inside `.optional()`, `.nullable()`, `.default()` and the like: what a value in the file must fit. */
export function unwrap(schema: Schema): Schema {
  const inner = innerOf(schema);
  return inner ? unwrap(inner) : schema;
}

/** What is known of a schema, or else of what is inside its wrappers, the outermost first. */
export function noteWithin<Key extends keyof Note>(schema: Schema, key: Key): Note[Key] {
  const inner = innerOf(schema);
  return noteOf(schema)[key] ?? (inner ? noteWithin(inner, key) : undefined);
}

/** The schema one wrapper further in; null where there is none. */
function innerOf(schema: Schema): Schema | null {
  const def = defOf(schema);
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return def.innerType;
    case 'pipe':
      return def.in;
    case 'lazy':
      return def.getter();
    default:
      return null;
  }
}

/** The schema of what stands at `path` below a schema; null where the schema does not say. */
export function schemaAt(schema: Schema, path: Path): Schema | null {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const def = defOf(unwrap(schema));
  if (def.type === 'array') return schemaAt(def.element, rest);
  if (def.type === 'record') return schemaAt(def.valueType, rest);
  if (def.type === 'union') {
    for (const option of def.options) {
      const found = schemaAt(option, path);
      if (found) return found;
    }
    return null;
  }
  if (def.type !== 'object') return null;
  const child = Object.hasOwn(def.shape, key) ? def.shape[String(key)] : def.catchall;
  return child ? schemaAt(child, rest) : null;
}

/** What stands at `path` below a value; undefined where nothing does. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (container, key) =>
      typeof container === 'object' && container !== null && Object.hasOwn(container, key)
        ? (container as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

export interface Found {
  refersTo: ReferenceKind;
  name: string;
  path: Path;
  /** The name is the key at `path`, not the value. */
  isKey: boolean;
}

/** Every name in a value that its schema says refers to something. Values that do not fit are passed over. */
export function findReferences(schema: Schema, value: unknown, path: Path): Found[] {
  if (value === null || value === undefined) return [];
  const refersTo = noteWithin(schema, 'refersTo');
  if (refersTo) return typeof value === 'string' ? [{ refersTo, name: value, path, isKey: false }] : [];
  const def = defOf(unwrap(schema));
  switch (def.type) {
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((element, index) => findReferences(def.element, element, [...path, index]))
        : [];
    case 'object':
      return entriesOf(value).flatMap(([key, child]) => {
        const childSchema = Object.hasOwn(def.shape, key) ? def.shape[key] : def.catchall;
        return childSchema ? findReferences(childSchema, child, [...path, key]) : [];
      });
    case 'record': {
      const keysReferTo = noteWithin(def.keyType, 'refersTo');
      return entriesOf(value).flatMap(([key, child]) => [
        ...(keysReferTo ? [{ refersTo: keysReferTo, name: key, path: [...path, key], isKey: true }] : []),
        ...findReferences(def.valueType, child, [...path, key]),
      ]);
    }
    case 'union': {
      const fitting = def.options.find((option) => (option as z.ZodType).safeParse(value).success);
      return fitting ? findReferences(fitting, value, path) : [];
    }
    default:
      return [];
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
