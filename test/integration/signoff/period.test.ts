import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLaptop } from '../../../electron/hardware/index.ts';
import { findProgram, localHost } from '../../../electron/hosts/index.ts';
import { openBlobs, openJournal } from '../../../electron/journal/index.ts';
import { Changes } from '../../../electron/launch/changes.ts';
import { type OpenLaunch, openLaunch } from '../../../electron/launch/open-launch.ts';
import { Secrets } from '../../../electron/launch/secrets.ts';
import { projections } from '../../../electron/recorded.ts';
import { addingSums } from '../../../electron/report/bundle-files.ts';
import { type PeriodIndex, verifyAudit, writeBundle } from '../../../electron/report/index.ts';
import { atOnce, readBundleFiles } from '../../../electron/signoff/index.ts';
import type { Mode } from '../../../shared/contract/common.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { createSshLab, type SshLab } from '../../support/sshd.ts';
import { Oracle } from './oracle.ts';

const now = new Date('2027-01-01T00:00:00Z');

const launchYaml = (version: string) => `system: Apex
version: ${version}
checklist: checklist.md
roles:
  devops: { title: DevOps, signers: bob@example.com, deployer-may-sign: false }
  lead: { title: Lead }
targets:
  production: { hosts: [prd-1] }
checks:
  - item: Launch > Free space
    name: space
    command: { run: cat space.txt, measure: last line, quantity: free space, unit: GB }
    rule: free space > 100 GB
`;

const runbook = (command: string) =>
  `runbook: Deploy\ndoes: deploy\nsteps:\n  - run: Do it\n    script: ${command}\n`;

const folderIn = (work: string) => mkdtempSync(join(work, 'f-'));

/** A folder in which five launches were gone through, and whose packs are not all there any more. */
async function history(work: string, lab: SshLab) {
  const keys = new Oracle(folderIn(work));
  const bob = keys.makeKey('bob', 'ed25519');
  const data = folderIn(work);
  const packOf = (version: string, command = 'echo deployed') => {
    const folder = join(folderIn(work), `apex-${version}`);
    const files = {
      'checklist.md': '# Launch\n\n- [ ] Free space > 100 GB\n',
      'launch.yaml': launchYaml(version),
      allowed_signers: `bob@example.com namespaces="holdpoint-signoff" ${bob}\n`,
      'space.txt': '12\n',
      'runbooks/deploy.yaml': runbook(command),
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  };
  await lab.addHost('prd-1');
  const journal = openJournal(data, { projections });
  const [host, laptop, changes] = [localHost('headless'), createLaptop(), new Changes()];
  const parts = { journal, blobs: openBlobs(join(data, 'blobs')), dataFolder: data, host, laptop, changes };
  const people = { secrets: new Secrets(host.secrets), author: () => 'Dora', now: () => new Date() };
  const measureReturns = () => Promise.reject(new Error('No returns here.'));
  const overlay = {
    ...{ sshConfig: lab.configFile, hosts: ['prd-1'], hostVars: {}, needs: { bundle: '' } },
    secret: () => '',
  };
  let launch: OpenLaunch | null = null;
  const opened = () => launch ?? expect.fail('No launch is open.');
  const open = async (folder: string, mode: Mode = 'live') => {
    await launch?.close();
    const asked = { folder, mode, overlay, copy: null };
    const made = await openLaunch({ ...parts, ...people, measureReturns }, asked);
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    launch = made.launch;
    await launch.checks.run({});
  };
  const approve = async () => {
    const by = { as: 'bob@example.com', keyFile: join(keys.folder, 'bob'), ask: async () => null };
    await opened().signoffs.answer('Bob', { role: 'devops', value: 'go', condition: '' }, by);
    opened().board.answer('Dora', { role: 'lead', value: 'go', condition: '' });
  };
  const override = () => {
    const { checklist } = opened();
    return checklist.override('Dora', checklist.items[0]?.id ?? '', 'the disk is grown on Monday');
  };
  const deploy = async () => {
    const { runs } = opened();
    const { digest } = await runs.plan({ runbook: 'deploy', target: 'production' });
    const { id } = await runs.start({ digest });
    const state = async () => (await runs.get(id)).state;
    await vi.waitUntil(async () => /done|failed|asking/.test(await state()), { timeout: 20_000 });
    if ((await state()) !== 'asking') return;
    const { question } = await runs.get(id);
    if (question?.kind !== 'choice') expect.fail('Nothing is asked.');
    const { step, hosts } = question;
    await runs.choose({ run: id, step, hosts, choice: 'stop', reason: 'it cannot be mended today' });
    await vi.waitUntil(async () => /stopped|failed/.test(await state()), { timeout: 20_000 });
  };
  const proper = packOf('1.0.0');
  await open(proper);
  await override();
  await approve();
  await deploy();
  const emergency = packOf('1.0.1');
  await open(emergency);
  await deploy();
  await override();
  await approve();
  await open(packOf('1.1.0', 'exit 3'));
  await override();
  await approve();
  await deploy();
  await open(packOf('1.2.0'));
  opened().board.answer('Dora', { role: 'lead', value: 'no-go', condition: 'not this quarter' });
  await open(packOf('2.0.0'), 'rehearsal');
  await deploy();
  await opened().close();
  laptop.close();
  journal.close();
  rmSync(emergency, { recursive: true });
  return { data, keys, proper, emergency };
}

describe('the audit of all launches', () => {
  let past: Awaited<ReturnType<typeof history>>;
  let folder: string;
  const work = mkdtempSync(join(tmpdir(), 'holdpoint-test-'));
  const lab = createSshLab();
  afterAll(async () => {
    await lab.close();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  });
  beforeAll(async () => {
    past = await history(work, lab);
    folder = join(folderIn(work), 'audit');
    const written = await runCommand(['audit', '--all', folder, '--data', past.data]);
    expect(written, written.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^5 launches\./),
    });
  });

  const index = () => JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as PeriodIndex;

  it('says of each what was decided, what became of it, who approved and who deployed, and which came first', () => {
    const { launches } = index();
    expect(
      launches.map(({ version, decision, outcome, emergency, deployments }) => [
        ...[version, decision, outcome, emergency],
        ...deployments.map(({ approval, by }) => `${by}: ${approval}`),
      ]),
    ).toEqual([
      ['1.0.0', 'go', 'deployed', false, 'Dora: before'],
      ['1.0.1', 'no-go', 'deployed', true, 'Dora: after'],
      ['1.1.0', 'go', 'aborted', false, 'Dora: before'],
      ['1.2.0', 'no-go', 'not deployed', false],
      ['2.0.0', 'no-go', 'deployed', false, 'Dora: never'],
    ]);
    const [proper, emergency] = launches;
    const [before, after] = [proper?.deployments[0], emergency?.deployments[0]];
    expect(Date.parse(before?.approvedAt ?? '')).toBeLessThanOrEqual(Date.parse(before?.startedAt ?? ''));
    expect(Date.parse(after?.approvedAt ?? '')).toBeGreaterThan(Date.parse(after?.startedAt ?? ''));
    expect(after?.lacking).toEqual(['DevOps: has not answered', 'Lead: has not answered']);
    expect(emergency).toMatchObject({
      pack: { folder: past.emergency, there: false },
      decidedBy: 'board at deployment',
    });
    expect(emergency?.reasons.join()).toMatch(/Free space/);
    expect(proper?.answers).toMatchObject([
      { role: 'devops', by: 'bob@example.com', answer: 'go', claimedAt: expect.any(String), over: '' },
      { role: 'lead', by: 'Dora', answer: 'go', claimedAt: null, over: '' },
    ]);
    expect(proper?.overrides).toMatchObject([{ by: 'Dora', reason: 'the disk is grown on Monday' }]);
    expect(launches.map(({ mode }) => mode)).toEqual(['live', 'live', 'live', 'live', 'rehearsal']);
    expect(launches[3]).toMatchObject({
      reasons: expect.arrayContaining(['Lead: says no-go: not this quarter']),
    });
  });

  it('is one page for people that runs nothing and says emergencies and packs that are gone aloud', () => {
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script|https?:|src=|href=|url\(/);
    expect(html).toContain('@media print');
    const markdown = readFileSync(join(folder, 'index.md'), 'utf8');
    for (const words of [
      'EMERGENCY',
      'Its pack is gone',
      'the disk is grown on Monday',
      'aborted',
      'bob@example.com',
    ]) {
      expect(html).toContain(words);
      expect(markdown).toContain(words);
    }
  });

  it('verifies with stock tools by a script of 30 readable lines, each launch by itself too, and here', async () => {
    const path = temporaryFolder();
    for (const program of ['ssh-keygen', 'sha256sum', 'cut', 'ls'])
      symlinkSync(findProgram(program) ?? program, join(path, program));
    const run = (at: string) =>
      spawnSync('/bin/sh', [join(at, 'verify.sh')], { cwd: path, env: { PATH: path }, encoding: 'utf8' });
    const whole = run(folder);
    expect(`${whole.stdout}${whole.stderr}`).toContain(
      'Every file and every signature of every launch verifies.',
    );
    expect(whole.status).toBe(0);
    expect(whole.stdout.match(/Good "holdpoint-signoff" signature/g)).toHaveLength(3);
    for (const launch of readdirSync(join(folder, 'launches')))
      expect(run(join(folder, 'launches', launch)).status, launch).toBe(0);
    for (const script of ['verify.sh', 'verify.cmd']) {
      const lines = readFileSync(join(folder, script), 'utf8').trimEnd().split('\n');
      expect(lines.length, script).toBeLessThanOrEqual(30);
    }
    const verified = await runCommand(['verify', folder]);
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/Apex@1\.0\.1 +verifies/) });
    expect(JSON.parse((await runCommand(['verify', folder, '--json'])).stdout)).toMatchObject({
      ok: true,
      findings: [],
      launches: [{ id: 'Apex@1.0.0', ok: true, entries: 1 }, {}, {}, {}, {}],
    });
    for (const name of readBundleFiles(folder).keys()) {
      const file = join(folder, name);
      const bytes = readFileSync(file);
      if (bytes.length === 0) continue;
      const changed = Buffer.from(bytes);
      changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(file, changed);
      const { status, stdout, stderr } = run(folder);
      expect(status, name).not.toBe(0);
      expect(`${stdout}${stderr}`, name).toContain(name);
      expect(verifyAudit(readBundleFiles(folder), now).ok, name).toBe(false);
      writeFileSync(file, bytes);
    }
    expect(run(folder).status).toBe(0);
  });

  it('is refused here when its index, with all the sums made anew, says what nobody signed', () => {
    const files = new Map(readBundleFiles(folder));
    const forge = (name: string, from: string, to: string) => {
      const bytes = Buffer.from(String(files.get(name)).replace(from, to));
      const forged = atOnce(addingSums(new Map(files).set(name, bytes)));
      return verifyAudit(forged, now).findings.filter(({ level }) => level === 'wrong');
    };
    expect(forge('index.json', '"by": "bob@example.com"', '"by": "eve@example.com"')).toMatchObject([
      { file: 'index.json', text: expect.stringMatching(/says that eve@example.com signed go as devops/) },
    ]);
    expect(forge('index.json', '/0004-', '/0009-')).toHaveLength(2);
    expect(forge('index.json', '"launches"', '"lunches"')).toMatchObject([
      { text: 'It is not an index of launches.' },
    ]);
    expect(forge('launches/0001-Apex-1.0.0/report.md', 'GO', 'NO')).not.toEqual([]);
  });

  it('takes those of some days alone, as a zip, and with a PDF of every report', async () => {
    const [today] = new Date().toISOString().split('T');
    const at = join(temporaryFolder(), 'audit.zip');
    const args = ['audit', '--all', at, '--data', past.data];
    const none = await runCommand([...args, '--to', '2001-01-01']);
    expect(none).toMatchObject({ code: 0, stdout: expect.stringMatching(/^0 launches\./) });
    expect(verifyAudit(readBundleFiles(at), now)).toMatchObject({ ok: true, launches: [] });
    rmSync(at);
    const all = await runCommand([...args, '--from', today ?? '', '--to', today ?? '', '--pdf']);
    expect(all, all.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/^5 launches\./) });
    const files = readBundleFiles(at);
    expect(verifyAudit(files, now)).toMatchObject({ ok: true, findings: [] });
    const textOf = (name: string) =>
      spawnSync('pdftotext', ['-', '-'], { input: files.get(name), encoding: 'utf8' }).stdout;
    expect(textOf('index.pdf')).toContain('Apex 1.0.1: NO-GO, deployed');
    expect(textOf('launches/0001-Apex-1.0.0/report.pdf')).toContain('Apex 1.0.0: GO');
    expect(await runCommand(['audit', '--all', at, '--from', '2026-13-01'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('2026-13-01 is no day.'),
    });
  });

  it('keeps signatures of a key that was revoked since the pack was read last, and says that they do not count', async () => {
    writeFileSync(join(past.proper, 'revoked_keys'), readFileSync(join(past.keys.folder, 'bob.pub')));
    await runCommand(['board', past.proper, '--data', past.data]);
    const at = join(temporaryFolder(), 'after');
    expect(await runCommand(['audit', '--all', at, '--data', past.data])).toMatchObject({ code: 0 });
    const { launches } = JSON.parse(readFileSync(join(at, 'index.json'), 'utf8')) as PeriodIndex;
    expect(launches.map(({ refused, answers }) => [refused, answers.length])).toEqual([
      [1, 1],
      [0, 2],
      [0, 2],
      [0, 1],
      [0, 0],
    ]);
    expect(launches[0]?.deployments).toMatchObject([
      { approval: 'never', lacking: ['DevOps: has not answered'] },
    ]);
    expect(readFileSync(join(at, 'launches/0001-Apex-1.0.0/report.md'), 'utf8')).toMatch(
      /does not count: The key/,
    );
    writeBundle(join(at, '..', 'copy.zip'), readBundleFiles(at));
    expect(verifyAudit(readBundleFiles(join(at, '..', 'copy.zip')), now).ok).toBe(true);
  });
});
