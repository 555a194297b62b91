import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DataError } from '../../data/index.ts';
import type { TableColumn } from '../../tables/index.ts';
import type { FeatureProfile } from './answer.ts';

export interface FeatureList {
  version: string | null;
  /** How many there are, as the list itself says. */
  declared: number | null;
  names: string[];
}

const names = z.array(z.string().min(1)).min(1);
const text = z.union([z.string(), z.number().transform(String)]);
const listSchema = z.union([
  names.transform((list): FeatureList => ({ version: null, declared: null, names: list })),
  z
    .looseObject({
      features: names.optional(),
      feature_names: names.optional(),
      version: text.optional(),
      count: z.number().int().optional(),
      n_features: z.number().int().optional(),
    })
    .refine(({ features, feature_names }) => features || feature_names)
    .transform(
      ({ features, feature_names, version, count, n_features }): FeatureList => ({
        version: version ?? null,
        declared: count ?? n_features ?? null,
        names: features ?? (feature_names as string[]),
      }),
    ),
]);

/** Reads a list of features: JSON names, or `{ version, count, features }`. @throws DataError */
export async function readFeatureList(file: string): Promise<FeatureList> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new DataError('not-found', `${file} cannot be read. Check the path of the list of features.`);
  });
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw new DataError('bad-config', `${file} is no JSON: ${(error as Error).message}. Correct it.`);
  }
  const parsed = listSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DataError(
    'bad-config',
    `${file} is no list of features. Write a JSON list of names, or { "version", "count", "features": [names] }.`,
  );
}

/** Pure: the columns there are against those that should be. */
export function compareFeatures(list: FeatureList, columns: readonly TableColumn[]): FeatureProfile {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const listed = new Set(list.names);
  const missing = list.names.filter((name) => !types.has(name));
  const notNumbers = [...listed].filter((name) => types.has(name) && types.get(name) !== 'number');
  const twice = [...listed].filter((name) => list.names.indexOf(name) !== list.names.lastIndexOf(name));
  const countIsRight = list.declared === null || list.declared === list.names.length;
  return {
    version: list.version,
    declared: list.declared,
    listed: list.names.length,
    missing,
    unlisted: columns
      .filter(({ name, type }) => type === 'number' && !listed.has(name))
      .map(({ name }) => name),
    notNumbers,
    twice,
    ok: missing.length + notNumbers.length + twice.length === 0 && countIsRight,
  };
}
