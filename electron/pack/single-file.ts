import { basename, dirname } from 'node:path';
import type { z } from 'zod';
import type { Problem } from '../../shared/contract/common.ts';
import { inFileOrder } from './problems.ts';
import type { Path } from './schema-walk.ts';
import { fitShape } from './shape.ts';
import { placeSlips } from './slip.ts';
import type { Place } from './types.ts';
import { readYamlFile } from './yaml-file.ts';

export type SingleFile<Data> =
  | { ok: true; data: Data; place(path: Path): Place }
  | { ok: false; problems: Problem[] };

/** Reads a YAML file that belongs to no pack, as strictly as those that do. Build the schema from `fields`. */
export async function readSingleFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<SingleFile<z.output<Schema>>> {
  const file = basename(path);
  const { source, problems } = await readYamlFile(dirname(path), file);
  if (!source) return { ok: false, problems };
  const { data, slips } = fitShape(schema, source, [], source.value);
  if (data === null || problems.length > 0)
    return { ok: false, problems: inFileOrder([...problems, ...placeSlips(source, slips)], [file]) };
  return { ok: true, data, place: (at) => source.place(at) };
}
