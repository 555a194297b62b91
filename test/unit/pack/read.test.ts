import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPack } from '../../../electron/pack/index.ts';
import { fixture, kinds, packIn, packOf, readFiles, smallest } from './support.ts';

const complete = fixture('complete');

describe('a pack without mistakes', () => {
  it('is read whole: roles, criteria, targets, duties, rollback, contacts', async () => {
    const { launch } = await packIn(complete);
    expect({ ...launch, checks: [] }).toEqual({
      system: 'Ranker',
      version: '1.0',
      checklist: 'checklist.md',
      t0: '2026-11-24T09:00+09:00',
      roles: [
        {
          id: 'ml-engineer',
          title: 'Ml engineer',
          covers: ['Before'],
          deploys: false,
          notAlso: [],
          silenceNoGoMs: 90 * 60_000,
        },
        { id: 'devops', title: 'DevOps', covers: null, deploys: true, notAlso: [], silenceNoGoMs: null },
        {
          id: 'manager',
          title: 'Manager',
          covers: null,
          deploys: false,
          notAlso: ['devops'],
          silenceNoGoMs: null,
        },
      ],
      signing: [{ role: 'manager', signers: ['*@example.com'], approvals: 2, deployerMaySign: true }],
      criteria: { go: 'Launch > Before', noGo: 'After' },
      afterLaunch: ['After'],
      targets: [
        {
          name: 'staging',
          hosts: ['stg-1'],
          rehearsal: true,
          batches: [{ percent: 100 }],
          vars: {},
          hostVars: {},
        },
        {
          name: 'production',
          hosts: ['prd-1', 'prd-2', 'prd-3'],
          rehearsal: false,
          batches: [{ count: 1 }, { percent: 67 }],
          vars: { root: '/srv/ranker', port: '8000', debug: 'false' },
          hostVars: { 'prd-2': { port: '08001' } },
        },
      ],
      checks: [],
      duties: [
        { items: ['After > Look'], title: 'Look', everyMs: 2 * 3_600_000, forMs: 24 * 3_600_000 },
        { items: ['After'], title: 'Daily round', everyMs: 86_400_000, forMs: 7 * 86_400_000 },
      ],
      rollback: {
        runbook: 'rollback',
        triggers: [
          { rule: 'error rate > 10 %', overMs: 300_000, action: 'offer' },
          { rule: 'Somebody says so', overMs: null, action: 'ask' },
        ],
      },
      contacts: [
        {
          id: 'devops',
          title: 'DevOps',
          fields: [
            { name: 'name', value: '' },
            { name: 'email', value: 'ops@example.org' },
            { name: 'phone', value: '0123' },
          ],
        },
        { id: 'hosting', title: 'Hosting company', fields: [{ name: 'url', value: '' }] },
      ],
    });
  });

  it('gives each check its items, its own keys, its place and a name', async () => {
    const { launch } = await packIn(complete);
    const [disk, answers, settled] = launch.checks;
    expect(disk).toEqual({
      id: 'disk-room',
      kind: 'disk',
      items: ['Before > Room'],
      spec: { disk: '{root}' },
      on: ['production'],
      rules: [],
      freshMs: 86_400_000,
      timeoutMs: null,
      place: { file: 'launch.yaml', line: 36, column: 5, path: 'checks[0]' },
    });
    expect(answers).toMatchObject({
      id: 'answers',
      items: ['Before > Answers', 'After > Look'],
      spec: { http: { get: 'http://127.0.0.1:{port}/healthz', within: 5000, expect: [200] } },
      on: ['staging', 'prd-2'],
      rules: ['latency p95 < 5 s', 'error rate < 1 %'],
      timeoutMs: 30_000,
    });
    expect(settled).toMatchObject({ id: 'settled-answers', spec: { settled: ['After', 'Before > Room'] } });
  });

  it('gives each step what all steps have, and its own keys', async () => {
    const { runbooks } = await packIn(complete);
    const [deploy, rollback] = runbooks;
    expect(deploy).toMatchObject({
      name: 'deploy',
      file: 'runbooks/deploy.yaml',
      title: 'Deploy',
      does: 'deploy',
      needs: { version: 'from launch', bundle: 'dist/ranker.tar.gz' },
      secrets: ['API_KEYS'],
    });
    expect(deploy?.steps.map(({ kind }) => kind)).toEqual([
      'run',
      'upload',
      'write',
      'switch',
      'check',
      'hold',
      'record',
    ]);
    const [run, upload, write, switchLink] = deploy?.steps ?? [];
    expect(run).toEqual({
      kind: 'run',
      spec: { run: 'Back up', script: 'tar -czf "$ROOT/$RUN.tar.gz" data\n', shell: 'sh -eu' },
      hosts: null,
      once: true,
      batched: null,
      timeoutMs: 600_000,
      retry: 2,
      idempotent: false,
      doneWhen: 'test -e "$ROOT/$RUN.tar.gz"',
      undo: { none: 'Backups stay.' },
      pointOfNoReturn: false,
      place: { file: 'runbooks/deploy.yaml', line: 6, column: 5, path: 'steps[0]' },
    });
    expect(upload).toMatchObject({ hosts: ['first'], undo: null });
    expect(write).toMatchObject({
      hosts: ['prd-1', 'prd-3'],
      undo: { script: 'rm "$ROOT/.env"' },
      spec: { write: { mode: '600' } },
    });
    expect(switchLink).toMatchObject({ batched: false, pointOfNoReturn: true });
    expect(rollback).toMatchObject({ name: 'rollback', does: 'rollback', needs: {}, secrets: [] });
  });

  it('says every address in the checklist, in file order, with what it must match', async () => {
    const read = await readPack(complete, kinds);
    const addresses = read.ok ? read.addresses : [];
    expect(addresses.map(({ address, means, place }) => `${place.line} ${means} ${address}`)).toEqual([
      '9 heading Before',
      '20 heading Launch > Before',
      '21 heading After',
      '23 heading After',
      '36 item Before > Room',
      '40 item Before > Answers',
      '40 item After > Look',
      '46 item Before > Answers',
      '47 items After',
      '47 items Before > Room',
      '50 items After > Look',
      '53 items After',
      '27 item Before > Answers',
    ]);
    expect(addresses[0]?.place).toEqual({
      file: 'launch.yaml',
      line: 9,
      column: 14,
      path: 'roles.ml-engineer.covers[0]',
    });
  });

  it('has the SHA-256 of every file that decides', async () => {
    const { digests } = await packIn(complete);
    const sha256 = (file: string) =>
      createHash('sha256')
        .update(readFileSync(join(complete, file)))
        .digest('hex');
    const files = ['launch.yaml', 'checklist.md', 'runbooks/deploy.yaml', 'runbooks/rollback.yaml'];
    expect(digests).toEqual(
      Object.fromEntries([...files, 'templates/env'].map((file) => [file, sha256(file)])),
    );
  });

  it('needs nothing but a system, a version and a checklist', async () => {
    const folder = packOf({ 'launch.yaml': smallest });
    const pack = await packIn(folder);
    expect(pack.runbooks).toEqual([]);
    expect(pack.checklistPath).toBe(join(folder, 'checklist.md'));
    expect(pack.launch).toMatchObject({ t0: null, roles: [], targets: [], checks: [], rollback: null });
  });

  it('does not look for files that runbooks need: they may not be built yet', async () => {
    const deploy = 'runbook: Deploy\nneeds: { bundle: dist/no-such.tar.gz }\nsteps:\n  - lock: {}\n';
    const read = await readFiles({ 'launch.yaml': smallest, 'runbooks/deploy.yaml': deploy });
    expect(read.ok).toBe(true);
  });

  it('takes a file name for data, whatever is in it', async () => {
    const name = '-rf $(touch x) "quoted" {version} 発売';
    const runbook = 'runbook: Odd\nsteps:\n  - lock: {}\n';
    const rest = `rollback: { runbook: ${JSON.stringify(name)} }\n`;
    const read = await readFiles({
      'launch.yaml': smallest + rest,
      [`runbooks/${name}.yaml`]: `does: rollback\n${runbook}`,
      'runbooks/.hidden.yaml': 'not: [a runbook',
      'runbooks/notes.txt': 'not a runbook',
    });
    expect(read).toMatchObject({ ok: true, pack: { runbooks: [{ name, file: `runbooks/${name}.yaml` }] } });
  });

  it('may have a byte order mark and Windows line ends', async () => {
    const text = `\uFEFF${smallest.replaceAll('\n', '\r\n')}`;
    expect((await readFiles({ 'launch.yaml': text })).ok).toBe(true);
  });
});

describe('text', () => {
  it('is what was written, where YAML would read a number or a boolean', async () => {
    const written = ['1.0', '0600', '0x1F', '1e3', 'true', '1_000', '.5', '+1'];
    const vars = written.map((value, index) => `v${index}: ${value}`).join(', ');
    const read = await readFiles({
      'launch.yaml': `${smallest}targets:\n  a: { hosts: [h], vars: { ${vars} } }\n`,
    });
    expect(read.ok && Object.values(read.pack.launch.targets[0]?.vars ?? {})).toEqual(written);
  });

  it('is what was written also through an alias', async () => {
    const rest = 'targets:\n  a: { hosts: [h], vars: &v { port: 08000 } }\n  b: { hosts: [i], vars: *v }\n';
    const read = await readFiles({ 'launch.yaml': smallest + rest });
    expect(read.ok && read.pack.launch.targets.map(({ vars }) => vars.port)).toEqual(['08000', '08000']);
  });

  it('stays a number where a number is wanted', async () => {
    const check =
      'checks:\n  - item: A\n    http: { get: /a, expect: 401, json: { a.b: 0.50, c: "1", d: true } }\n';
    const read = await readFiles({ 'launch.yaml': smallest + check });
    expect(read.ok && read.pack.launch.checks[0]?.spec).toMatchObject({
      http: { expect: [401], json: { 'a.b': 0.5, c: '1', d: true } },
    });
  });
});

describe('the id of a check', () => {
  const idsOf = async (checks: string) => {
    const read = await readFiles({ 'launch.yaml': `${smallest}checks:\n${checks}` });
    return read.ok ? read.pack.launch.checks.map(({ id }) => id) : read.problems;
  };

  it('does not change when checks are added before it, so that its evidence stays with it', async () => {
    const room = '  - item: Storage > Room for data (500 GB+)\n    disk: /data\n';
    const [alone] = (await idsOf(room)) as string[];
    expect(alone).toBe('disk-room-for-data-500-gb');
    expect(await idsOf(`  - item: Memory\n    memory: total\n${room}`)).toContain(alone);
  });

  it('is unique, also beside a name that looks like one', async () => {
    const check = '  - item: Room\n    disk: /data\n';
    expect(await idsOf(`${check}${check}  - name: disk-room-2\n    disk: /x\n`)).toEqual([
      'disk-room',
      'disk-room-3',
      'disk-room-2',
    ]);
  });

  it('keeps the letters of every script', async () => {
    expect(await idsOf('  - item: 保存 > 空き容量\n    disk: /data\n')).toEqual(['disk-空き容量']);
  });
});
