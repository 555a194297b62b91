import { z } from 'zod';
import { commonCheckSchema, launchSchema } from './launch-schema.ts';
import type { Kinds } from './read.ts';
import { commonStepSchema, runbookSchema } from './runbook-schema.ts';
import { defOf } from './schema-walk.ts';
import type { KindSchema } from './types.ts';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * JSON Schemas of the pack's files, for editors. Draft 7, which every editor's YAML support knows. References between
 * files and what no schema can say are left to the reader.
 */
export function packSchemas({ checkKinds, stepKinds }: Kinds): { launch: JsonSchema; runbook: JsonSchema } {
  const launch = toJsonSchema(launchSchema);
  const runbook = toJsonSchema(runbookSchema);
  return {
    launch: titled(
      withItems(launch, 'checks', ofKinds(commonCheckSchema, checkKinds)),
      'launch.yaml of a launch pack',
    ),
    runbook: titled(
      withItems(runbook, 'steps', ofKinds(commonStepSchema, stepKinds)),
      'A runbook of a launch pack',
    ),
  };
}

/** What a value of one schema looks like in a file. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const {
    $schema: _,
    '~standard': __,
    ...json
  } = z.toJSONSchema(schema, {
    target: 'draft-07',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // The reader takes a number or boolean for the text that was written; a pattern says that only text will do.
      const isText = defOf(zodSchema).type === 'string' && jsonSchema.type === 'string';
      if (isText) jsonSchema.type = ['string', 'number', 'boolean'] as never;
      if (jsonSchema.pattern !== undefined && Array.isArray(jsonSchema.type)) jsonSchema.type = 'string';
      if (typeof jsonSchema.propertyNames === 'object') jsonSchema.propertyNames.type = 'string';
      // Zod leaves these out where a value is changed while it is read; in ours they are as they stand in the file.
      const { examples, default: standard } = z.globalRegistry.get(zodSchema) ?? {};
      if (examples) jsonSchema.examples = examples as unknown[];
      if (standard !== undefined) jsonSchema.default = standard;
    },
  }) as JsonSchema;
  return json;
}

const titled = (schema: JsonSchema, title: string): JsonSchema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title,
  ...schema,
});

function withItems(schema: JsonSchema, key: string, items: JsonSchema): JsonSchema {
  const list = schema.properties?.[key] as JsonSchema;
  return { ...schema, properties: { ...schema.properties, [key]: { ...list, items } } };
}

/** Entries that have the common keys, exactly one kind, and only keys that go with it. */
function ofKinds(common: z.ZodObject, kinds: readonly KindSchema[]): JsonSchema {
  const commonJson = toJsonSchema(common);
  const parts = kinds.map(({ kind, about, schema }) => ({ kind, about, json: toJsonSchema(schema) }));
  const properties: Record<string, JsonSchema> = {};
  const dependencies: Record<string, string[] | JsonSchema> = {};
  for (const { kind, about, json } of parts) {
    const own = json.properties?.[kind] as JsonSchema;
    properties[kind] = { ...own, description: [about, own.description].filter(Boolean).join(' ') };
    const required = (json.required ?? []).filter((key) => key !== kind);
    if (required.length > 0) dependencies[kind] = required;
  }
  const accompanying = new Set(
    parts.flatMap(({ kind, json }) => Object.keys(json.properties ?? {}).filter((key) => key !== kind)),
  );
  for (const key of accompanying) {
    const owners = parts.filter(({ json }) => json.properties?.[key] !== undefined);
    const shapes = [
      ...new Map(
        owners
          .map(({ json }) => json.properties?.[key] as JsonSchema)
          .map((shape) => [JSON.stringify(shape), shape]),
      ).values(),
    ];
    properties[key] = shapes.length === 1 && shapes[0] ? shapes[0] : { anyOf: shapes };
    dependencies[key] = { anyOf: owners.map(({ kind }) => ({ required: [kind] })) };
  }
  return {
    type: 'object',
    properties: { ...properties, ...commonJson.properties },
    additionalProperties: false,
    oneOf: parts.map(({ kind }) => ({ required: [kind] })),
    ...(Object.keys(dependencies).length > 0 && { dependencies }),
  } as JsonSchema;
}
