import { z } from 'zod';

/** What a name in a pack's file points at. */
export type ReferenceKind =
  | 'role'
  | 'target'
  | 'host'
  /** A target or one of its hosts. */
  | 'place'
  | 'runbook'
  /** A check by its `name`. */
  | 'check'
  /** One of the runbook's own `needs`. */
  | 'need'
  /** A file in the pack's folder that must be there. */
  | 'file'
  /** A heading of the checklist. */
  | 'heading'
  /** One item of the checklist. */
  | 'item'
  /** Items of the checklist: one of them, or a heading for all that stand below it. */
  | 'items';

/** What the reader of a pack knows of a schema beyond its shape; none of it reaches the JSON Schema. */
export interface Note {
  /** What a value of it is, for `must be …`: `a duration such as 10 min`. */
  expects?: string;
  refersTo?: ReferenceKind;
  /** What the keys of an object belong to, for `… has: a, b, c`: `a role`. */
  owner?: string;
}

const notes = z.registry<Note>();

/** Adds to what is known of a schema. Lasts through `.meta()` and `.describe()`, which copy the schema. */
export function note<Schema extends z.ZodType>(schema: Schema, added: Note): Schema {
  notes.add(schema, { ...notes.get(schema), ...added });
  return schema;
}

export function noteOf(schema: z.core.$ZodType): Note {
  return notes.get(schema) ?? {};
}
