import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPack, renderProblems } from '../../../electron/pack/index.ts';
import { fixture, kinds, packOf, problemsOf, smallest } from './support.ts';

const broken = fixture('broken');

async function rendered(folder: string): Promise<string> {
  const read = await readPack(folder, kinds);
  return read.ok ? 'no problems\n' : `${renderProblems(read.problems)}\n`;
}

describe('a pack with mistakes', () => {
  const cases = readdirSync(broken, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of cases) {
    it(`says all of them at once, each in its place and in words: ${name}`, async () => {
      await expect(await rendered(join(broken, name))).toMatchFileSnapshot(join(broken, `${name}.txt`));
    });
  }

  it('is told in file order, and in each file from top to bottom', async () => {
    const read = await readPack(join(broken, 'syntax'), kinds);
    const places = read.ok ? [] : read.problems.map(({ file, line }) => [file, line] as const);
    const files = [...new Set(places.map(([file]) => file))];
    expect(files[0]).toBe('launch.yaml');
    expect(files.slice(1)).toEqual(files.slice(1).toSorted());
    for (const file of files) {
      const lines = places.filter(([each]) => each === file).map(([, line]) => line);
      expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    }
  });

  it('says of a misspelt key that is required only that it is misspelt', async () => {
    const folder = packOf({ 'launch.yaml': 'sytem: Ranker\nversion: "1"\nchecklist: checklist.md\n' });
    const read = await readPack(folder, kinds);
    expect(read.ok ? [] : read.problems.map(({ message }) => message)).toEqual(['Unknown key "sytem".']);
  });

  it('does not call names unknown that a broken part may define', async () => {
    const runbook =
      'runbook: D\nsteps:\n  - hold: Look.\n    by: [devops]\n  - lock: {}\n    hosts: [prd-1]\n';
    const files = { 'runbooks/deploy.yaml': runbook };
    const said = await problemsOf('roles: [devops]\ntargets:\n  production: { hots: [prd-1] }\n', files);
    expect(said.map(({ path }) => path)).toEqual(['roles', 'targets.production.hots']);
    expect((await problemsOf('', files)).map(({ path }) => path)).toEqual([
      'steps[0].by[0]',
      'steps[1].hosts[0]',
    ]);
  });

  it('is not read further where it is not YAML: what follows would be guesswork', async () => {
    const [only, ...others] = await problemsOf('roles: { a: b }c\ncolour: red\n');
    expect(others).toEqual([]);
    expect(only).toMatchObject({ line: 4, column: 16 });
  });

  it('says where a quote or bracket was opened, not where the file ends', async () => {
    const [quote] = await problemsOf('t0: "2026\nroles: {}\nduties: []\n');
    expect(quote).toMatchObject({ line: 4, column: 5, message: 'A quoted text is not closed.' });
    const [bracket] = await problemsOf('duties: [\n  { every: 2 h }\nroles: {}\n');
    expect(bracket).toMatchObject({ line: 4, column: 9, message: 'A [ is not closed.' });
  });

  it('reports the mistake of a shared value once, where it is written', async () => {
    const rest = 'targets:\n  a: { hosts: [h], vars: &v { PATH: x } }\n  b: { hosts: [i], vars: *v }\n';
    const said = await problemsOf(rest);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ line: 5, column: 31 });
  });

  it('may name keys as JavaScript names its own, and still is told what is wrong', async () => {
    const contact = 'contacts:\n  a: { title: A, constructor: [1], toString: 2, hasOwnProperty: 3 }\n';
    expect((await problemsOf(contact)).map(({ path }) => path)).toEqual(['contacts.a.constructor']);
    const [said] = await problemsOf('targets:\n  a: { hosts: [h], vars: { __proto__: x } }\n');
    expect(said?.message).toBe('A key cannot be called __proto__.');
  });

  it('cannot make the reader repeat a value without end', async () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const inner = level === 0 ? 'x' : `*a${level - 1}`;
      return `b${level}: &a${level} [${Array(10).fill(inner).join(', ')}]`;
    });
    const said = await problemsOf(`${levels.join('\n')}\n`);
    expect(said[0]?.message).toBe('The aliases (*name) repeat more than 100 values.');
  });
});

describe('rendering', () => {
  it('lines the remedy up under the message', () => {
    const problem = { file: 'launch.yaml', line: 31, column: 9, path: 'checks[2].item' };
    expect(
      renderProblems([
        { ...problem, message: 'It matches nothing.', hint: 'Did you mean "Room"?' },
        { ...problem, path: '', message: 'The file is empty.' },
      ]),
    ).toBe(
      [
        'launch.yaml:31:9  checks[2].item  It matches nothing.',
        '                  Did you mean "Room"?',
        'launch.yaml:31:9  The file is empty.',
      ].join('\n'),
    );
  });

  it('shows control characters, so that a name cannot draw lines or turn the text around', () => {
    const file = 'runbooks/a\nlaunch.yaml:1:1  all is well\u202e\u001b[2K.yaml';
    const text = renderProblems([{ file, line: 1, column: 1, path: '', message: 'The file is empty.' }]);
    expect(text).toBe(
      'runbooks/a\\u000alaunch.yaml:1:1  all is well\\u202e\\u001b[2K.yaml:1:1  The file is empty.',
    );
  });

  it('keeps keys with odd characters apart from the path', async () => {
    const [said] = await problemsOf('targets:\n  "a b.c": { hosts: [] }\n');
    expect(said?.path).toBe('targets["a b.c"].hosts');
    expect(smallest.split('\n')).toHaveLength(4);
  });
});
