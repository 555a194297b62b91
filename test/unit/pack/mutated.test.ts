import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPack, renderProblems } from '../../../electron/pack/index.ts';
import { fixture, kinds, packOf } from './support.ts';

const complete = fixture('complete');
const files: Record<string, string> = Object.fromEntries(
  ['launch.yaml', 'checklist.md', 'templates/env', 'runbooks/deploy.yaml', 'runbooks/rollback.yaml'].map(
    (file) => [file, readFileSync(join(complete, file), 'utf8')],
  ),
);

/** Reads the pack and holds what it says against the files: every place is in one of them. */
async function readAndLook(changed: Record<string, string | Buffer>): Promise<void> {
  const folder = packOf({ ...files, ...changed });
  const read = await readPack(folder, kinds);
  if (read.ok) return;
  expect(read.problems.length).toBeGreaterThan(0);
  expect(renderProblems(read.problems)).not.toMatch(/undefined|\[object|something else/);
  for (const { file, line, column, message } of read.problems) {
    const lines = String(changed[file] ?? files[file] ?? '').split('\n');
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(line).toBeLessThanOrEqual(Math.max(lines.length, 1));
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
    expect(message).toMatch(/[.?]$/);
  }
}

const anyFile = fc.constantFrom('launch.yaml', 'runbooks/deploy.yaml', 'runbooks/rollback.yaml');
/** Texts that mean something to YAML or to packs. */
const telling = fc.constantFrom(
  ...[
    '\t',
    '\n',
    ' ',
    '  ',
    '- ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '>',
    '&a ',
    '*a',
    '!t ',
    '#',
    '%',
    '@',
  ],
  ...[
    '---\n',
    '? ',
    ',',
    '~',
    'null',
    'true',
    '-1',
    '1e999',
    '.inf',
    '<<: ',
    '__proto__: ',
    'constructor: ',
    '\\',
  ],
  ...[
    '100%',
    '5 min',
    'T-00:30',
    '{name}',
    '\u0000',
    '\ufeff',
    '\u2028',
    '\ud800',
    'é',
    '{ a: [1, 2] }',
    'items: ',
  ],
);

describe('whatever a file has become', () => {
  it('reading never throws, and every problem has a place in the file (pieces cut out and put in)', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFile,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), fc.oneof(telling, fc.string({ maxLength: 8 }))), {
          minLength: 1,
          maxLength: 4,
        }),
        async (file, edits) => {
          let text = files[file] ?? '';
          for (const [place, cut, put] of edits) {
            const at = place % (text.length + 1);
            text = text.slice(0, at) + put + text.slice(at + cut);
          }
          await readAndLook({ [file]: text });
        },
      ),
      { numRuns: 80 },
    );
  });

  it('reading never throws, and says something, where any value was replaced by another', async () => {
    const launch = files['launch.yaml'] ?? '';
    const values = [...launch.matchAll(/(?<=[:[,] )[^\s,[\]{}#]+/g)];
    const other = fc.constantFrom(
      '[]',
      '{}',
      '~',
      '3',
      'true',
      '""',
      '[[]]',
      '{ a: b }',
      '-',
      '"\\0"',
      '[~]',
      '1.0',
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...values), other, async (match, value) => {
        const text = launch.slice(0, match.index) + value + launch.slice(match.index + match[0].length);
        await readAndLook({ 'launch.yaml': text });
      }),
      { numRuns: 60 },
    );
  });

  it('reading never throws on bytes that are no text', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, fc.uint8Array({ maxLength: 200 }), async (file, bytes) => {
        const read = await readPack(packOf({ ...files, [file]: Buffer.from(bytes) }), kinds);
        expect(read.ok).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('reading never throws on nesting beyond all sense', async () => {
    for (const text of [
      '['.repeat(50_000),
      '{a: '.repeat(20_000),
      '- '.repeat(50_000),
      'a:\n'.repeat(50_000),
    ]) {
      const read = await readPack(packOf({ ...files, 'launch.yaml': text }), kinds);
      expect(read).toMatchObject({ ok: false });
    }
  });

  it('the broken packs of the fixtures have every place in their files, too', async () => {
    const broken = fixture('broken');
    for (const { name } of readdirSync(broken, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )) {
      const read = await readPack(join(broken, name), kinds);
      for (const { file, line } of read.ok ? [] : read.problems) {
        const lines = readFileSync(join(broken, name, file), 'utf8').split('\n');
        expect(line).toBeLessThanOrEqual(lines.length);
      }
    }
  });
});
