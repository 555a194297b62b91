import type { z } from 'zod';
import { noteOf, type ReferenceKind } from './notes.ts';

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes['_zod']['def'];
export type Path = (string | number)[];

export const defOf = (schema: Schema): Def => (schema as z.core.$ZodTypes)._zod.def;

/** The schema inside `.optional()`, `.nullable()`, `.default()` and the like: what a value in the file must fit. */
export function unwrap(schema: Schema): Schema {
  const def = defOf(schema);
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return unwrap(def.innerType);
    case 'pipe':
      return unwrap(def.in);
    case 'lazy':
      return unwrap(def.getter());
    default:
      return schema;
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
  const refersTo = referenceKindOf(schema);
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
      const keysReferTo = referenceKindOf(def.keyType);
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

/** A note may stand on a schema or on what is inside its wrappers. */
function referenceKindOf(schema: Schema): ReferenceKind | undefined {
  return noteOf(schema).refersTo ?? noteOf(unwrap(schema)).refersTo;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
