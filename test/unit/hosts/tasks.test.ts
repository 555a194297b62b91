import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStartArguments } from '../../../electron/hosts/index.ts';
import { benchTable, formatRow, parseRow } from '../../../scripts/support/bench-rows.ts';
import { root } from '../../../scripts/support/root.ts';
import { asArguments } from '../../../scripts/support/start-arguments.ts';

describe('the arguments that a task passes on', () => {
  it('are read by the host as they were meant, whatever a folder is called', () => {
    const folder = fc.string({ minLength: 1 }).map((name) => `/packs/${name.replaceAll('\0', '')}`);
    fc.assert(
      fc.property(folder, folder, fc.boolean(), fc.nat(65_535), (pack, dataFolder, window, port) => {
        const given = readStartArguments([`--data=${dataFolder}`, '--', pack]);
        const meant = { ...given, window, port, mode: 'rehearsal' as const };
        expect(readStartArguments(asArguments(meant))).toEqual(meant);
      }),
    );
  });
});

describe('the rows of a bench', () => {
  it('are read with their figures, and commas in the name', () => {
    expect(parseRow('mark, durable, 0.90 ms, 0.60 ms, 1.50×, ≤ 2×')).toEqual({
      name: 'mark, durable',
      ours: '0.90 ms',
      baseline: '0.60 ms',
      ratio: '1.50×',
      goal: '≤ 2×',
      met: true,
    });
  });

  it.each([
    ['a, 3, 1, 3.00, 2', false],
    ['a, 2, 1, 2, 2', true],
    ['a, 2 ms, 1 ms, 2x, <= 2.5x', true],
  ])('%s meets its goal: %s', (line, met) => {
    expect(parseRow(line)?.met).toBe(met);
  });

  it.each(['', 'warming up', 'a, b, c, d, e', 'one, two, three, 1.0×', ', 1, 1, 1, 1'])(
    '%j is no row',
    (line) => {
      expect(parseRow(line)).toBeNull();
    },
  );

  it('that a bench prints are read back, and shown in columns with what was missed', () => {
    const rows = [formatRow('fast', 12.4, 10, 'ms', 1.5), formatRow('slow', 31, 10, 'ms', 1.5)].map(
      (line) => {
        const row = parseRow(line);
        if (!row) throw new Error(`${line} is no row.`);
        return row;
      },
    );
    expect(benchTable(rows).split('\n')).toEqual([
      'name   ours  baseline  ratio    goal',
      'fast  12 ms     10 ms  1.24×  ≤ 1.5×  met',
      'slow  31 ms     10 ms  3.10×  ≤ 1.5×  MISSED',
    ]);
  });
});

describe('what runs on any Node', () => {
  it.each(['bin/holdpoint.cjs'])('%s uses no syntax that an old one does not know', (file) => {
    const code = readFileSync(join(root, file), 'utf8')
      .replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')
      .replace(/'(?:[^'\\]|\\.)*'/g, "''");
    for (const newer of [
      /=>/,
      /`/,
      /\b(?:const|let|class|async|await|import)\b/,
      /\.\.\./,
      /\?\./,
      /\?\?/,
      /\*\*/,
    ]) {
      expect(code).not.toMatch(newer);
    }
  });
});
