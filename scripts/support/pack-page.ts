import { stringify } from 'yaml';
import {
  type JsonSchema,
  type KindSchema,
  type Kinds,
  type packSchemas,
  toJsonSchema,
} from '../../electron/pack/index.ts';
import { checkExamples, stepExamples } from './pack-examples.ts';

/** The reference page of launch packs: every key, what it takes, its default, an example. */
export function packPage(
  { launch, runbook }: ReturnType<typeof packSchemas>,
  { checkKinds, stepKinds }: Kinds,
): string {
  const check = entryOf(launch, 'checks');
  const step = entryOf(runbook, 'steps');
  return `${[
    introduction,
    '## launch.yaml',
    table(launch),
    '## A check',
    'Each check has exactly one key that says what it measures, and these:',
    table(without(check, checkKinds)),
    ...checkKinds.flatMap((kind) => section('check', kind, checkExamples)),
    '## runbooks/*.yaml',
    table(runbook),
    '## A step',
    'Each step has exactly one key that says what it does, and these:',
    table(without(step, stepKinds)),
    ...stepKinds.flatMap((kind) => section('step', kind, stepExamples)),
    values,
  ].join('\n\n')}\n`;
}

function section(
  word: string,
  { kind, about, schema }: KindSchema,
  examples: Record<string, string>,
): string[] {
  const example = examples[kind];
  if (example === undefined) {
    throw new Error(`The ${word} "${kind}" has no example yet: add one to scripts/support/pack-examples.ts`);
  }
  const lines = example.trim().split('\n');
  const listed = lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`.trimEnd()).join('\n');
  const keys = table(toJsonSchema(schema), { examples: false });
  return [`### ${kind}`, about, `\`\`\`yaml\n${listed}\n\`\`\``, keys];
}

/** A row for each key, those inside groups and lists under their whole path. */
function table(schema: JsonSchema, { examples = true } = {}): string {
  const heads = ['Key', 'Value', 'Default', ...(examples ? ['Example'] : []), 'Meaning'];
  const rows = rowsOf(schema, '').map(({ key, required, schema: each }) => [
    `\`${key}\``,
    typeOf(each),
    each.default === undefined ? (required ? 'required' : '') : code(each.default),
    ...(examples ? [each.examples?.[0] === undefined ? '' : code(each.examples[0])] : []),
    each.description ?? '',
  ]);
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
  if (schema.enum) return schema.enum.map(code).join(' or ');
  if (schema.anyOf) return eitherOf(schema.anyOf.map((branch) => typeOf(branch as JsonSchema)));
  if (Array.isArray(schema.type)) return schema.type.includes('null') ? 'text or nothing' : 'text';
  switch (schema.type) {
    case 'array':
      return schema.items ? `list of ${typeOf(schema.items as JsonSchema)}` : 'list';
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

function eitherOf(types: string[]): string {
  const [one] = types;
  const isOneOrMore = types.length === 2 && types[1] === `list of ${one}`;
  return isOneOrMore ? `${one}, or a list` : [...new Set(types)].join(' or ');
}

/** A value as one line of YAML. */
function code(value: unknown): string {
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0, nullStr: '' });
  return `\`${text.trim().replaceAll('[ ', '[').replaceAll(' ]', ']')}\``;
}

function entryOf(schema: JsonSchema, key: string): JsonSchema {
  const list = schema.properties?.[key] as JsonSchema;
  return list.items as JsonSchema;
}

function without(schema: JsonSchema, kinds: readonly KindSchema[]): JsonSchema {
  const taken = new Set(kinds.flatMap((kind) => Object.keys(kind.schema.shape)));
  const properties = Object.entries(schema.properties ?? {}).filter(([key]) => !taken.has(key));
  return { ...schema, properties: Object.fromEntries(properties) };
}

const introduction = `# Launch packs: every key

*Made from the schemas by \`npm run schemas\`; a test fails when it is out of date.*

A launch pack is a folder in your own repository:

\`\`\`
launch.yaml          what is launched, who decides, where it runs, what is measured
checklist.md         the checklist, any GitHub-flavoured Markdown document
runbooks/*.yaml      procedures: deploy, rollback, and any of your own
templates/…          files that runbooks write, with {name} where a value goes
\`\`\`

Editors check the files as you type when their first line names the schema:
\`# yaml-language-server: $schema=…/launch.schema.json\` or \`runbook.schema.json\`.
\`holdpoint check PACK\` says every problem of every file with its line and column. Two whole packs to begin from
are in \`resources/packs/\`.`;

const values = `## How values are written

| Value | Written as |
| --- | --- |
| text | As it is. A number or \`true\` where text belongs is taken as it is written: \`version: 1.0\` is \`1.0\`. |
| duration | A number and \`ms\`, \`s\`, \`min\`, \`h\`, \`d\` or \`w\`: \`10 min\`, \`24 h\` |
| size | A number and \`B\`, \`kB\`, \`MB\`, \`GB\`, \`TB\`, \`KiB\`, \`MiB\`, \`GiB\` or \`TiB\`: \`500 GB\` |
| count or percentage | \`1\` is one host; \`25%\` is a quarter of all hosts of the target, rounded up |
| time | Date, time and offset: \`2026-11-24T09:00+09:00\` |
| rule | Quantity, comparator, number and unit, as checklists write them: \`latency p95 < 5 s\`, \`free space >= 500 GB\` |
| item, heading | Headings and text of the checklist from the outside in, joined by \` > \`. The beginning of each is enough; what matches several is an error that lists them |
| \`{name}\` | In fields of checks and steps: a value of the target or host, or \`version\`, \`release\`, \`previous\`, \`run\`, \`host\`, \`system\`, \`target\` |
| \`$NAME\` | The same in scripts, in capitals: \`{port}\` is \`$PORT\`. Values reach scripts as environment variables and are never pasted into them |`;
