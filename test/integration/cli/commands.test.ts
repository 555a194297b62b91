import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { stopSandboxOf } from '../../support/sandbox.ts';

const root = join(import.meta.dirname, '../../..');
const worked = join(root, 'resources/packs/apex-ranker');
const seeds = join(root, '../shared/seeds');

/** A small pack that measures this machine, and whose answer is known. */
function packWith({
  rule = 'memory > 1 MB',
  checklist = '# Launch\n\n## Before\n\n- [ ] Memory\n- [x] Told\n',
} = {}): string {
  const folder = join(temporaryFolder(), 'pack');
  mkdirSync(join(folder, 'runbooks'), { recursive: true });
  writeFileSync(join(folder, 'checklist.md'), checklist);
  writeFileSync(
    join(folder, 'launch.yaml'),
    `system: Small\nversion: 1.0.0\nchecklist: checklist.md\nroles:\n  owner: { title: Owner }\nchecks:\n  - item: Before > Memory\n    name: memory\n    memory: total\n    rule: ${rule}\n`,
  );
  return folder;
}

const jsonOf = async (args: string[]) => {
  const { code, stdout, stderr } = await runCommand([...args, '--json', '--data', temporaryFolder()]);
  return { code, stderr, json: stdout === '' ? null : JSON.parse(stdout) };
};

describe('holdpoint lint', () => {
  it('says what contradicts itself, with line and column, and exits 1', async () => {
    const file = join(temporaryFolder(), 'checklist.md');
    writeFileSync(file, '# L\n\n## A\n\n- [x] Turnover limit (35%)\n\n## B\n\n- [ ] Turnover limit (20%)\n');
    const { code, json } = await jsonOf(['lint', file]);
    expect(code).toBe(1);
    expect(json).toEqual({
      items: 2,
      claimed: 1,
      findings: [
        {
          code: 'contradiction',
          line: 5,
          column: expect.any(Number),
          message: expect.stringContaining('35%'),
        },
      ],
    });
  });

  it('exits 0 where there is nothing to say, and 2 where there is no checklist', async () => {
    const file = join(temporaryFolder(), 'checklist.md');
    writeFileSync(file, '# L\n\n## A\n\n- [ ] One\n');
    expect(await jsonOf(['lint', file])).toMatchObject({
      code: 0,
      json: { items: 1, claimed: 0, findings: [] },
    });
    expect(await runCommand(['lint', `${file}.gone`])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('.gone'),
    });
  });

  it('finds what is wrong with the checklist of a real launch', async () => {
    if (!existsSync(seeds)) {
      console.log('The real checklists are not beside this repository; their lint is not tried.');
      return;
    }
    const { json } = await jsonOf(['lint', join(seeds, 'apex-ranker-checklist.md')]);
    expect([json.items, json.claimed]).toEqual([245, 34]);
    const found = (json.findings as { code: string; line: number }[]).map(
      ({ code, line }) => `${code} ${line}`,
    );
    expect(found).toEqual([
      'contradiction 18',
      'contradiction 30',
      'contradiction 31',
      'ticked-parent-open-child 72',
      'contradiction 106',
      'ticked-parent-open-child 110',
      'ticked-parent-open-child 262',
      'item-outside-section 394',
    ]);
  });
});

describe('holdpoint check', () => {
  for (const [rule, code, verdict] of [
    ['memory > 1 MB', 0, 'pass'],
    ['memory > 900 TB', 1, 'fail'],
    ['latency < 1 s', 3, 'error'],
  ] as const) {
    it(`exits ${code} when the check says ${verdict}`, async () => {
      const result = await jsonOf(['check', packWith({ rule })]);
      expect(result).toMatchObject({ code, json: { checks: [{ check: 'memory', host: null, verdict }] } });
    });
  }

  it('names the checks there are when one is asked for that is not there', async () => {
    expect(await jsonOf(['check', packWith(), '--only', 'disk'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There are: memory'),
    });
  });
});

describe('holdpoint board', () => {
  it('says no-go and why, with exit 1', async () => {
    const { code, json } = await jsonOf(['board', packWith()]);
    expect(code).toBe(1);
    expect(json).toEqual({
      decision: 'no-go',
      reasons: [
        { code: 'gate', status: 'open', text: 'Memory: Not measured yet.' },
        { code: 'role-missing', status: 'open', text: 'Owner: has not answered' },
      ],
      roles: [
        { role: 'owner', title: 'Owner', answer: null, by: null, signed: false, lacks: 'has not answered' },
      ],
      gates: [{ item: 'Memory', verdict: null, measured: '', at: null, overridden: false }],
      progress: { done: 0, claimed: 1, open: 1, total: 2 },
    });
  });
});

describe('holdpoint plan', () => {
  it('shows host and step, the scripts, and the way back, and changes nothing', async () => {
    const data = temporaryFolder();
    onTestFinished(() => stopSandboxOf(data));
    const args = ['plan', worked, 'deploy', '--target', 'production', '--rehearsal', '--data', data];
    const { code, stdout } = await runCommand([...args, '--json']);
    expect(code).toBe(0);
    const plan = JSON.parse(stdout);
    expect(plan.batches).toEqual([['prd-1'], ['prd-2']]);
    expect(plan.rollback).toMatchObject({ possible: true, to: '0.1.9', hosts: ['prd-1', 'prd-2'] });
    expect(plan.steps.find((step: { kind: string }) => step.kind === 'switch').scripts).toHaveLength(2);
    expect(stdout).not.toContain(
      readFileSync(join(data, 'sandbox/sandbox.json'), 'utf8').match(/"key":\s*"([^"]+)"/)?.[1] ?? 'no key',
    );
    const words = await runCommand(args);
    expect(words.stdout).toContain('If it fails: back to 0.1.9 on prd-1, prd-2');
  });

  it('asks for a target where there are several', async () => {
    const { code, stderr } = await runCommand(['plan', worked, 'deploy', '--data', temporaryFolder()]);
    expect(code).toBe(2);
    expect(stderr).toContain('--target: staging or production');
  });
});

describe('bad input', () => {
  it('of a pack is told all at once with line and column, and exits 2', async () => {
    const folder = packWith();
    writeFileSync(
      join(folder, 'launch.yaml'),
      'system: Small\nversion: 1\nchecklist: gone.md\nchekcs: []\nroles:\n  owner: { titel: Owner }\n',
    );
    const { code, stderr } = await runCommand(['board', folder, '--data', temporaryFolder()]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/launch\.yaml:3:\d+ .*gone\.md/);
    expect(stderr).toMatch(/launch\.yaml:4:\d+ .*chekcs/);
    expect(stderr).toMatch(/launch\.yaml:6:\d+ .*titel/);
  });

  it('of an address that matches nothing names the place and what was meant', async () => {
    const folder = packWith({
      checklist: '# Launch\n\n## Before\n\n- [ ] Memory of the host\n- [ ] Memory of the GPU\n',
    });
    const { code, stderr } = await runCommand(['board', folder, '--data', temporaryFolder()]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/launch\.yaml:7:\d+ .*"Before > Memory" matches 2 items/);
  });

  for (const [what, bytes, told] of [
    ['not UTF-8', Buffer.from([0x2d, 0x20, 0x5b, 0x20, 0x5d, 0x20, 0xff, 0xfe]), 'UTF-8'],
    ['10 MB long', Buffer.from(`# L\n\n${'- [ ] one more item of many\n'.repeat(360_000)}`), 'MB'],
  ] as const) {
    it(`of a checklist that is ${what} is a sentence`, async () => {
      const folder = packWith();
      writeFileSync(join(folder, 'checklist.md'), bytes);
      const { code, stderr } = await runCommand(['board', folder, '--data', temporaryFolder()]);
      expect(code).toBe(2);
      expect(stderr).toContain('checklist.md');
      expect(stderr).toContain(told);
    });
  }

  it('of a pack folder that is not there is a sentence', async () => {
    const { code, stderr } = await runCommand([
      'board',
      join(temporaryFolder(), 'gone'),
      '--data',
      temporaryFolder(),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('gone');
  });

  it('of an unknown command or option exits 2', async () => {
    expect((await runCommand(['launch'])).code).toBe(2);
    expect((await runCommand(['board', worked, '--jsno'])).code).toBe(2);
  });
});

it('a pack is read where its folder name holds quotes, spaces and what a shell would run', async () => {
  const folder = join(temporaryFolder(), `it's a $(touch pwned) "pack"`);
  cpSync(packWith(), folder, { recursive: true });
  expect((await jsonOf(['check', folder])).code).toBe(0);
});

it('the pack that the README shows opens as it stands there', async () => {
  const folder = join(temporaryFolder(), 'pack');
  mkdirSync(folder);
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  writeFileSync(join(folder, 'launch.yaml'), yaml);
  writeFileSync(join(folder, 'checklist.md'), '# L\n\n## Machines\n\n- [ ] 500GB+ available\n');
  const { code, json } = await jsonOf(['board', folder]);
  expect(code).toBe(1);
  expect(json.gates).toEqual([
    expect.objectContaining({ item: expect.stringContaining('500GB+ available') }),
  ]);
});
