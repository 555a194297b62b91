import { stringify } from 'yaml';
import type { JsonSchema } from '../../electron/pack/index.ts';

/** A row for each key, those inside groups and lists under their whole path. Neighbours that differ in name alone share one. */
export function keyTable(schema: JsonSchema, { examples = true } = {}): string {
  const rows = rowsOf(schema, '').map(({ key, required, schema: each }) => ({
    key,
    cells: [
      typeOf(each),
      each.default === undefined ? (required ? 'required' : '') : code(each.default),
      ...(examples ? [each.examples?.[0] === undefined ? '' : code(each.examples[0])] : []),
      each.description ?? '',
    ],
  }));
  const joined: { keys: string[]; cells: string[] }[] = [];
  for (const { key, cells } of rows) {
    const last = joined.at(-1);
    if (last && String(last.cells) === String(cells)) last.keys.push(key);
    else joined.push({ keys: [key], cells });
  }
  return table(
    ['Key', 'Value', 'Default', ...(examples ? ['Example'] : []), 'Meaning'],
    joined.map(({ keys, cells }) => [keys.map((key) => `\`${key}\``).join(', '), ...cells]),
  );
}

export function table(heads: string[], rows: string[][]): string {
  return [heads, heads.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

interface Row {
  key: string;
  required: boolean;
  schema: JsonSchema;
}

function rowsOf(schema: JsonSchema, prefix: string): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const child = value as JsonSchema;
    const key = `${prefix}${name}`;
    const row = { key, required: schema.required?.includes(name) ?? false, schema: child };
    const isEntryList = name === 'checks' || name === 'steps';
    return [row, ...(isEntryList && prefix === '' ? [] : rowsBelow(child, key))];
  });
}

function rowsBelow(schema: JsonSchema, key: string): Row[] {
  const named = schema.additionalProperties;
  return [
    ...rowsOf(schema, `${key}.`),
    ...(schema.anyOf ?? []).flatMap((branch) => rowsBelow(branch as JsonSchema, key)),
    ...(typeof named === 'object' && !schema.properties ? rowsBelow(named as JsonSchema, `${key}.NAME`) : []),
    ...(schema.items ? rowsBelow(schema.items as JsonSchema, `${key}[]`) : []),
  ];
}

function typeOf(schema: JsonSchema): string {
  if (schema.title) return schema.title;
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return either(schema.enum.map(code));
  if (schema.anyOf) return unionOf(schema.anyOf.map((branch) => typeOf(branch as JsonSchema)));
  if (Array.isArray(schema.type)) return schema.type.includes('null') ? 'text or nothing' : 'text';
  switch (schema.type) {
    case 'array':
      return schema.items && Object.keys(schema.items).length > 0
        ? `list of ${typeOf(schema.items as JsonSchema)}`
        : 'list';
    case 'object':
      return schema.properties ? 'keys below' : 'names and values';
    case 'string':
      return 'text';
    case 'integer':
      return 'whole number';
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'nothing';
    default:
      return schema.type ?? 'anything';
  }
}

function unionOf(types: string[]): string {
  const [one] = types;
  const isOneOrMore = types.length === 2 && types[1] === `list of ${one}`;
  return isOneOrMore ? `${one}, or a list` : either([...new Set(types)]);
}

/** `a, b or c` */
export function either(words: string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? '');
}

/** A value as one line of YAML. */
function code(value: unknown): string {
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0, nullStr: '' });
  return `\`${text.trim().replaceAll('[ ', '[').replaceAll(' ]', ']')}\``;
}
