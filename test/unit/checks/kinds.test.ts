import { describe, expect, it } from 'vitest';
import { checkKinds } from '../../../electron/checks/index.ts';
import { toJsonSchema } from '../../../electron/pack/index.ts';

/** Keys that every check has, whatever its kind. */
const common = ['item', 'items', 'name', 'on', 'rule', 'fresh', 'timeout'];

interface Node {
  additionalProperties?: unknown;
  properties?: Record<string, Node>;
  anyOf?: Node[];
  examples?: unknown[];
  description?: string;
}

describe.each(checkKinds.map((kind) => [kind.kind, kind] as const))('the kind %s', (name, kind) => {
  const schema = toJsonSchema(kind.schema) as Node;

  it('has its own key, and none that means something else in a check', () => {
    const keys = Object.keys(kind.schema.shape);
    const others = [...common, ...checkKinds.filter((other) => other !== kind).map((other) => other.kind)];
    expect(keys).toContain(name);
    expect(keys.filter((key) => others.includes(key))).toEqual([]);
  });

  it('passes over no key, all the way down', () => {
    const open: string[] = [];
    const walk = (node: Node, path: string): void => {
      const isObject = node.properties !== undefined;
      if (isObject && node.additionalProperties !== false) open.push(path);
      for (const [key, child] of Object.entries(node.properties ?? {})) walk(child, `${path}.${key}`);
      for (const child of node.anyOf ?? []) walk(child, path);
    };
    walk(schema, name);
    expect(open).toEqual([]);
  });

  it('is described, with examples that it takes', () => {
    const { description, examples = [] } = schema.properties?.[name] ?? {};
    expect(description).toBeTruthy();
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const prepared = kind.prepare(kind.schema.parse({ [name]: example }));
      expect(prepared.title).toBeTruthy();
      expect(prepared.timeoutMs).toBeGreaterThan(0);
    }
  });
});

describe('a mistake in a check’s keys', () => {
  const mistakes: [string, unknown, string][] = [
    ['gpu', { gpu: { memory: 'much' } }, 'is not a size. Write a number and B'],
    ['http', { http: { get: 'http://h/', within: 'soon' } }, 'is not a duration. Write a number and ms'],
    [
      'http',
      { http: { get: 'http://h/', post: 'http://h/' } },
      'exactly one of get, post, put, delete, head',
    ],
    ['http', { http: {} }, 'exactly one of get, post, put, delete, head'],
    [
      'command',
      { command: { run: 'x', measure: 'no group' } },
      'is neither "last line" nor a regular expression',
    ],
    ['command', { command: { run: 'x', measure: '(' } }, 'is neither "last line" nor a regular expression'],
    ['file', { file: { path: 'x', sha256: 'abc' } }, '64 hexadecimal digits'],
  ];
  for (const [kind, spec, message] of mistakes) {
    it(`${JSON.stringify(spec)} says what to write`, () => {
      const schema = checkKinds.find((one) => one.kind === kind)?.schema;
      expect(JSON.stringify(schema?.safeParse(spec).error?.issues)).toContain(
        JSON.stringify(message).slice(1, -1),
      );
    });
  }
});
