import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type JsonSchema, packSchemas, readPack, renderProblems } from '../../../electron/pack/index.ts';
import {
  checkExamples,
  launchExample,
  runbookExample,
  stepExamples,
} from '../../../scripts/support/pack-examples.ts';
import { packReferenceFiles } from '../../../scripts/support/pack-reference.ts';
import { root } from '../../../scripts/support/root.ts';
import { kinds, packOf, smallest } from './support.ts';

const listed = (examples: Record<string, string>) =>
  Object.values(examples)
    .map((example) => example.trim().replaceAll(/^/gm, '    ').replace(/^ {4}/, '  - '))
    .join('\n');

describe('what is made from the schemas', () => {
  for (const [file, content] of Object.entries(packReferenceFiles())) {
    it(`is up to date: ${file} (npm run schemas)`, () => {
      expect(readFileSync(join(root, file), 'utf8')).toBe(content);
    });
  }

  it('describes every key', () => {
    const { launch, runbook } = packSchemas(kinds);
    expect([...keysWithoutWords(launch, ''), ...keysWithoutWords(runbook, '')]).toEqual([]);
  });

  it('has an example of every kind that the reader takes', async () => {
    const launch = [
      smallest,
      'roles: { devops: {}, backend-engineer: {} }',
      'targets: { staging: { hosts: [stg-1], rehearsal: true }, production: { hosts: [prd-1] } }',
      `checks:\n${listed(checkExamples)}\n  - name: sample-prediction\n    disk: /`,
    ].join('\n');
    const steps = `steps:\n${listed(stepExamples)}`;
    const folder = packOf({
      'launch.yaml': launch,
      'templates/env': '',
      'runbooks/deploy.yaml': `runbook: D\nneeds: { bundle: dist/a.tar.gz }\n${steps}`,
      'runbooks/rollback.yaml': 'runbook: R\ndoes: rollback\nsteps:\n  - lock: {}\n',
    });
    const read = await readPack(folder, kinds);
    if (!read.ok) throw new Error(renderProblems(read.problems));
    expect(read.pack.launch.checks.map(({ kind }) => kind).slice(0, -1)).toEqual(
      kinds.checkKinds.map(({ kind }) => kind),
    );
    expect(read.pack.runbooks[0]?.steps.map(({ kind }) => kind)).toEqual(
      kinds.stepKinds.map(({ kind }) => kind),
    );
  });

  it('begins with a small pack that the reader takes', async () => {
    const folder = packOf({ 'launch.yaml': launchExample, 'runbooks/deploy.yaml': runbookExample });
    const read = await readPack(folder, kinds);
    expect(read.ok ? '' : renderProblems(read.problems)).toBe('');
  });

  it('takes a number where the reader takes one for text, and only there', () => {
    const { launch } = packSchemas(kinds);
    expect(launch.properties?.version).toMatchObject({ type: ['string', 'number', 'boolean'] });
    const check = entryOf(launch, 'checks');
    expect(check.properties?.fresh).toMatchObject({ type: 'string', title: 'duration' });
  });

  it('tells editors which keys go together', () => {
    const { runbook } = packSchemas(kinds);
    const step = entryOf(runbook, 'steps');
    expect(step).toMatchObject({
      additionalProperties: false,
      oneOf: kinds.stepKinds.map(({ kind }) => ({ required: [kind] })),
      dependencies: { run: ['script'], script: { anyOf: [{ required: ['run'] }, { required: ['local'] }] } },
    });
  });
});

function entryOf(schema: JsonSchema, key: string): JsonSchema {
  const list = schema.properties?.[key] as JsonSchema;
  return list.items as JsonSchema;
}

function keysWithoutWords(schema: JsonSchema, path: string): string[] {
  const inside = [
    ...Object.entries(schema.properties ?? {}).map(([key, child]) => [`${path}.${key}`, child] as const),
    ...(schema.anyOf ?? []).map((child) => [path, child] as const),
    ...(typeof schema.additionalProperties === 'object'
      ? [[`${path}.NAME`, schema.additionalProperties] as const]
      : []),
    ...(schema.items ? [[`${path}[]`, schema.items] as const] : []),
  ];
  return inside.flatMap(([at, child]) => {
    const each = child as JsonSchema;
    const isKey = /\.[a-z0-9-]+$/.test(at) && schema.properties !== undefined;
    // Several kinds may give one key to steps; each describes its own.
    const isShared = each.anyOf !== undefined && each.description === undefined;
    return [...(isKey && !isShared && !each.description ? [at] : []), ...keysWithoutWords(each, at)];
  });
}
