import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folder.ts';
import { hostWithShell, measureHere, onlyPrograms, places } from './machines.ts';

const odd = 'a b\n$(exit 1) "q" \'s\' -n.txt';

describe.each(places)('on %s', (_name, on) => {
  it('disk measures the file system a path is on, through links', async () => {
    const folder = temporaryFolder();
    const link = join(folder, 'data');
    symlinkSync('/', link);
    const evidence = await measureHere(
      'disk',
      { disk: link },
      { on, rules: ['free space >= 1 kB', 'free share > 0 %'] },
    );
    expect(evidence).toMatchObject({
      verdict: 'pass',
      measured: [{ quantity: 'free space', unit: 'B' }, { unit: '%' }],
    });
    expect(evidence.sentence).toMatch(/ has [\d.]+ [GT]B free at /);
    expect(await measureHere('disk', { disk: link }, { on, rules: ['free space >= 999 TB'] })).toMatchObject({
      verdict: 'fail',
    });
    expect(
      await measureHere('disk', { disk: join(folder, 'none') }, { on, rules: ['free space > 1 B'] }),
    ).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('cannot tell the free space'),
    });
  });

  it('python asks the interpreter that is named', async () => {
    expect(
      await measureHere('python', { python: 'python3' }, { on, rules: ['python >= v3.0'] }),
    ).toMatchObject({
      verdict: 'pass',
      measured: [{ quantity: 'python', text: expect.stringMatching(/^3\.\d+\.\d+/) }],
    });
    expect(
      await measureHere('python', { python: 'python3' }, { on, rules: ['python >= v99.0'] }),
    ).toMatchObject({ verdict: 'fail' });
    expect(
      await measureHere('python', { python: 'python9.9' }, { on, rules: ['python >= v3.0'] }),
    ).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('has no python9.9. Install it, or name its full path.'),
    });
    expect(await measureHere('python', { python: 'true' }, { on, rules: ['python >= v3.0'] })).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('does not tell its version'),
    });
  });

  it('pytorch asks for the version, and for CUDA only where it must be there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'torch-2.8.0+cu128.dist-info'));
    mkdirSync(join(folder, 'torch'));
    const metadata = 'Metadata-Version: 2.1\nName: torch\nVersion: 2.8.0+cu128\n';
    writeFileSync(join(folder, 'torch-2.8.0+cu128.dist-info', 'METADATA'), metadata);
    const torch =
      'class version: cuda = "12.8"\nclass cuda:\n    @staticmethod\n    def is_available(): return False\n';
    writeFileSync(join(folder, 'torch', '__init__.py'), torch);
    const command = join(folder, odd);
    writeFileSync(
      command,
      `#!/bin/sh\nPYTHONDONTWRITEBYTECODE=1 PYTHONPATH='${folder}' exec python3 "$@"\n`,
      { mode: 0o755 },
    );
    const rules = ['pytorch >= v2.8'];
    expect(await measureHere('pytorch', { pytorch: command }, { on, rules })).toMatchObject({
      verdict: 'pass',
      measured: [{ quantity: 'pytorch', value: '2.8.0', convention: 'cu128' }],
    });
    expect(await measureHere('pytorch', { pytorch: command, cuda: true }, { on, rules })).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining(
        'is built for CUDA 12.8, which it cannot use here), CUDA support needed.',
      ),
    });
    expect(await measureHere('pytorch', { pytorch: 'python3' }, { on, rules })).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('has no PyTorch for python3'),
    });
  });

  it('file sees whether it is there, what is in it, how old it is and its SHA-256', async () => {
    const folder = temporaryFolder();
    const path = join(folder, odd);
    // A word that lies across the border of two chunks of a read.
    const content = `${'x'.repeat(65_530)}version 0.2.0\n-e\n`;
    writeFileSync(path, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const see = (file: object | string, rules: string[] = []) =>
      measureHere('file', { file }, { on, rules, surroundings: { folder } });

    expect(await see({ path, contains: ['version 0.2.0', '-e'], sha256, 'newer-than': '1 h' })).toMatchObject(
      { verdict: 'pass' },
    );
    expect(await see(path, ['file size > 64 kB', 'file age < 1 h'])).toMatchObject({ verdict: 'pass' });
    expect(await see({ path, contains: '0.3.0' })).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('"0.3.0" in it needed.'),
    });
    expect(await see({ path, sha256: 'a'.repeat(64) })).toMatchObject({ verdict: 'fail' });
    expect(await see({ path, exists: false })).toMatchObject({ verdict: 'fail' });
    expect(await see({ path: join(folder, 'gone') })).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('has no '),
    });
    expect(await see({ path: join(folder, 'gone'), exists: false })).toMatchObject({ verdict: 'pass' });
    const fill = (text: string) => text.replace('{value}', 'x\nnot there');
    expect(
      await measureHere(
        'file',
        { file: { path, contains: '{value}' } },
        { on, surroundings: { folder, fill } },
      ),
    ).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('"{value}" comes to no single line'),
    });
    utimesSync(path, new Date(), new Date(Date.now() - 3 * 86_400_000));
    expect(await see({ path, 'newer-than': '2 d' })).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('written 3 d ago'),
    });
    expect(await see(folder)).toMatchObject({
      verdict: 'pass',
      sentence: expect.stringContaining('(a folder, '),
    });
    expect(await see({ path: folder, contains: 'x' })).toMatchObject({ verdict: 'error' });
  });

  it('command has its exit status, and a figure in what it prints', async () => {
    const run = (command: object, rules: string[] = []) => measureHere('command', { command }, { on, rules });
    expect(await run({ run: 'exit 0' })).toMatchObject({ verdict: 'pass' });
    expect(await run({ run: 'echo no such table >&2; exit 3' })).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('with exit status 3 (no such table), exit status 0 needed.'),
    });
    expect(await run({ run: 'exit 3', expect: 3 })).toMatchObject({ verdict: 'pass' });
    expect(await run({ run: 'false; echo after' })).toMatchObject({ verdict: 'fail' });
    expect(
      await run({ run: 'echo start; echo "lag 350 ms"', measure: 'lag (.*)', unit: 's' }, ['lag < 0.5 s']),
    ).toMatchObject({
      verdict: 'pass',
      measured: [{ value: 0.35, unit: 's', text: '350 ms' }, { text: 'exit 0' }],
    });
    expect(
      await run({ run: 'echo 7; echo 12', measure: 'last line', unit: 'min' }, ['lag < 10 min']),
    ).toMatchObject({
      verdict: 'fail',
      measured: [{ value: 720 }, {}],
    });
    expect(
      await run({ run: 'echo nginx/1.24.0', measure: 'nginx/(.*)', unit: 'version' }, ['nginx >= v1.22']),
    ).toMatchObject({ verdict: 'pass' });
    // Without a word of where and in what, the last line counts, with the unit it holds.
    for (const [line, text] of [
      ['2 %', 'position = 2 %'],
      ['100 req/hour', 'limit = 100 1/h'],
      ['90 min', 'age < 24 h'],
      ['1.5', 'sharpe > 1'],
      ['7 jobs', 'jobs > 6'],
    ] as const) {
      const evidence = await run({ run: `echo '${line}'` }, [text]);
      expect(evidence).toMatchObject({ verdict: 'pass', measured: [{ text: line }, { text: 'exit 0' }] });
    }
    expect(await run({ run: 'echo all is well' })).toMatchObject({
      verdict: 'pass',
      measured: [{ value: 'all is well' }, {}],
    });
    expect(await run({ run: 'echo all is well' }, ['jobs > 1'])).toMatchObject({ verdict: 'error' });
    expect(await run({ run: 'echo none', measure: 'last line' }, ['jobs > 1'])).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('"none" holds no number'),
    });
    // Reads nothing that was meant for the shell.
    expect(await run({ run: 'cat; echo 5', measure: 'last line' }, ['jobs > 1'])).toMatchObject({
      verdict: 'pass',
    });
  });

  it('command ends with its time, and so does what it started', async () => {
    const marker = join(temporaryFolder(), 'went-on');
    const startedAt = performance.now();
    const evidence = await measureHere(
      'command',
      { command: { run: `sleep 2; touch '${marker}'` } },
      { on, timeoutMs: 1_200 },
    );
    expect(evidence).toMatchObject({
      verdict: 'error',
      sentence: expect.stringMatching(/within 1\.2 s|longer than 1 s/),
    });
    await delay(Math.max(0, 2_500 - (performance.now() - startedAt)));
    expect(existsSync(marker)).toBe(false);
  });

  it('values reach a script as data, whatever they hold', async () => {
    const value = fc.string({
      unit: fc.constantFrom(...'ab"\'\\ \n\t$`(){};&|<>*?[]~#!%-=é✓'),
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        const command = {
          run: 'printf %s "$VALUE" | od -An -tx1 | tr -d " \\n"; echo .',
          measure: '^([0-9a-f]*)\\.$',
          unit: 'version',
        };
        const surroundings = { env: () => ({ VALUE: text }) };
        const { measured, sentence } = await measureHere(
          'command',
          { command },
          { on, surroundings, rules: ['x >= v0'] },
        );
        const hex = Buffer.from(text).toString('hex');
        if (hex) expect(measured[0]?.value, sentence).toBe(hex);
      }),
      { numRuns: 25 },
    );
  });

  it('a value that no program can be given is an error, not half a value', async () => {
    const surroundings = { env: () => ({ VALUE: 'a\0b' }) };
    expect(await measureHere('command', { command: { run: 'true' } }, { on, surroundings })).toMatchObject({
      verdict: 'error',
      sentence: 'The value of VALUE holds a NUL byte, which no program can be given; remove it.',
    });
  });

  it('printing without end is an error, and is stopped', async () => {
    const evidence = await measureHere('command', { command: { run: 'yes' } }, { on });
    expect(evidence).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('printed more than 4 MB'),
    });
  });
});

describe('hosts that lack a tool', () => {
  it('hash a file with what they have, or say that they cannot', async () => {
    const path = join(temporaryFolder(), 'f');
    writeFileSync(path, 'x');
    const sha256 = createHash('sha256').update('x').digest('hex');
    const see = (programs: string[]) =>
      measureHere(
        'file',
        { file: { path, sha256 } },
        {
          on: ['prd-1'],
          surroundings: {
            runOnHost: hostWithShell(['/bin/dash'], onlyPrograms(['stat', 'date', 'grep', ...programs])),
          },
        },
      );
    for (const tool of ['sha256sum', 'openssl']) expect(await see([tool])).toMatchObject({ verdict: 'pass' });
    expect(await see([])).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('has no sha256sum, shasum, openssl or sha256'),
    });
  });

  it('without df have no free space to tell', async () => {
    const surroundings = { runOnHost: hostWithShell(['/bin/dash'], onlyPrograms([])) };
    expect(
      await measureHere('disk', { disk: '/' }, { on: ['prd-1'], rules: ['free space > 1 B'], surroundings }),
    ).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('df: not found'),
    });
  });

  it('work under BusyBox', async () => {
    const surroundings = { runOnHost: hostWithShell(['busybox', 'sh']) };
    const on = ['prd-1'];
    expect(
      await measureHere('disk', { disk: '/' }, { on, rules: ['free space > 1 B'], surroundings }),
    ).toMatchObject({ verdict: 'pass' });
    expect(
      await measureHere('file', { file: { path: '/etc/passwd', contains: 'root:' } }, { on, surroundings }),
    ).toMatchObject({ verdict: 'pass' });
    expect(
      await measureHere(
        'command',
        { command: { run: 'echo 5', measure: 'last line' } },
        { on, surroundings, rules: ['x > 4'] },
      ),
    ).toMatchObject({ verdict: 'pass' });
  });
});
