import type { z } from 'zod';
import { type Path, valueAt } from './schema-walk.ts';
import { sayIssue } from './shape-words.ts';
import type { Slip } from './slip.ts';
import type { YamlSource } from './yaml-source.ts';

export interface Shaped<Data> {
  /** Null where something does not fit. */
  data: Data | null;
  /** The value as the file has it, with text where the schema wants text. */
  value: unknown;
  slips: Slip[];
}

type Issue = z.core.$ZodIssue;

/**
 * Fits a value of a file to a schema and says everything that does not fit, with its place.
 *
 * Where the schema wants text and the file has a number or a boolean, the text that was written is meant: a version
 * `1.0` is not the number 1.
 */
export function fitShape<Schema extends z.ZodType>(
  schema: Schema,
  source: YamlSource,
  path: Path,
  value: unknown,
): Shaped<z.output<Schema>> {
  let current = value;
  let result = schema.safeParse(current);
  while (!result.success) {
    const replaced = new Map<string, { path: Path; text: string }>();
    for (const below of wantsText(result.error.issues, [])) {
      const text = source.written([...path, ...below]);
      if (text !== null && typeof valueAt(current, below) !== 'string') {
        replaced.set(JSON.stringify(below), { path: below, text });
      }
    }
    if (replaced.size === 0) break;
    for (const { path: below, text } of replaced.values()) current = withValueAt(current, below, text);
    result = schema.safeParse(current);
  }
  if (result.success) return { data: result.data, value: current, slips: [] };
  const slips = result.error.issues.flatMap((issue) => sayIssue(issue, schema, current, path));
  return { data: null, value: current, slips };
}

/** Paths at which some branch of the schema would take text. */
function wantsText(issues: readonly Issue[], base: Path): Path[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...(issue.path as Path)];
    if (issue.code === 'invalid_type') return issue.expected === 'string' ? [path] : [];
    if (issue.code === 'invalid_union') return issue.errors.flatMap((branch) => wantsText(branch, path));
    return [];
  });
}

function withValueAt(value: unknown, path: Path, text: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return text;
  const child = withValueAt(valueAt(value, [key]), rest, text);
  if (Array.isArray(value)) return value.with(Number(key), child);
  return { ...(value as Record<string, unknown>), [key]: child };
}
