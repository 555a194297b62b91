import { parse } from 'yaml';
import type { checkKinds } from '../../electron/checks/index.ts';
import {
  type JsonSchema,
  type KindSchema,
  type packSchemas,
  toJsonSchema,
} from '../../electron/pack/index.ts';
import { checkExamples, stepExamples } from './pack-examples.ts';
import { either, keyTable, table } from './pack-table.ts';
import { introduction, values } from './pack-words.ts';

type CheckKind = (typeof checkKinds)[number];

/** The reference page of launch packs: every key, what it takes, its default, an example. */
export function packPage(
  { launch, runbook }: ReturnType<typeof packSchemas>,
  { checkKinds, stepKinds }: { checkKinds: readonly CheckKind[]; stepKinds: readonly KindSchema[] },
): string {
  const check = entryOf(launch, 'checks');
  const step = entryOf(runbook, 'steps');
  return `${[
    introduction,
    '## launch.yaml',
    keyTable(launch),
    '## A check',
    'Each check has exactly one key that says what it measures:',
    overview('check', checkKinds),
    'and these:',
    keyTable(without(check, checkKinds)),
    ...checkKinds.flatMap((kind) => section('check', kind, checkExamples, rulesFor)),
    '## runbooks/*.yaml',
    keyTable(runbook),
    '## A step',
    'Each step has exactly one key that says what it does:',
    overview('step', stepKinds),
    'and these:',
    keyTable(without(step, stepKinds)),
    ...stepKinds.flatMap((kind) => section('step', kind, stepExamples)),
    values,
  ].join('\n\n')}\n`;
}

/** `http` is a check and a step: the word tells their headings, and so the links to them, apart. */
function overview(word: string, kinds: readonly KindSchema[]): string {
  return table(
    ['Key', 'Meaning'],
    kinds.map(({ kind, about }) => [`[${kind}](#${kind}-${word})`, about]),
  );
}

function section<Kind extends KindSchema>(
  word: string,
  kind: Kind,
  examples: Record<string, string>,
  remark: (kind: Kind, example: string) => string[] = () => [],
): string[] {
  const { kind: name, about, schema } = kind;
  const example = examples[name];
  if (example === undefined) {
    throw new Error(`The ${word} "${name}" has no example yet: add one to scripts/support/pack-examples.ts`);
  }
  const lines = example.trim().split('\n');
  const listed = lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`.trimEnd()).join('\n');
  const keys = keyTable(toJsonSchema(schema), { examples: false });
  return [`### ${name} ${word}`, about, `\`\`\`yaml\n${listed}\n\`\`\``, ...remark(kind, example), keys];
}

/** What the check of the example measures: the words a rule must use. */
function rulesFor({ schema, prepare }: CheckKind, example: string): string[] {
  const entries = Object.entries(parse(example)).filter(([key]) => Object.hasOwn(schema.shape, key));
  const { quantities } = prepare(schema.parse(Object.fromEntries(entries)));
  const words = quantities.map(({ name, unit, unnamed }) =>
    unnamed ? 'the figure it prints, whatever the rule calls it' : `\`${name}\` (${measures[unit]})`,
  );
  return [`Its rules can be about ${either(words)}.`];
}

/** What the canonical units of checks are called in a pack. */
const measures: Record<string, string> = {
  '': 'number',
  B: 'size',
  s: 'duration',
  '%': 'percentage',
  version: 'version',
};

function entryOf(schema: JsonSchema, key: string): JsonSchema {
  const list = schema.properties?.[key] as JsonSchema;
  return list.items as JsonSchema;
}

function without(schema: JsonSchema, kinds: readonly KindSchema[]): JsonSchema {
  const taken = new Set(kinds.flatMap((kind) => Object.keys(kind.schema.shape)));
  const properties = Object.entries(schema.properties ?? {}).filter(([key]) => !taken.has(key));
  return { ...schema, properties: Object.fromEntries(properties) };
}
