import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../../../electron/hosts/index.ts';
import { addingSums } from '../../../electron/report/bundle-files.ts';
import {
  auditBundle,
  auditBundleInTurns,
  verifyBundle,
  writeBundle,
} from '../../../electron/report/index.ts';
import { atOnce, digestOf, readBundleFiles } from '../../../electron/signoff/index.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { turnsDuring } from '../../support/turns.ts';
import { auditLaunch } from './audit-launch.ts';
import { Oracle } from './oracle.ts';

const now = new Date('2026-11-24T12:00:00Z');

/** A PATH with these programs and nothing else. */
function pathOf(...programs: string[]): string {
  const folder = temporaryFolder();
  for (const program of programs) symlinkSync(findProgram(program) ?? program, join(folder, program));
  return folder;
}

function writtenBundle() {
  const facts = auditLaunch(new Oracle(temporaryFolder()));
  const files = auditBundle(facts);
  const folder = join(temporaryFolder(), 'bundle');
  writeBundle(folder, files);
  return { facts, files, folder };
}

function runScript(folder: string, path: string): { ok: boolean; said: string } {
  const { status, stdout, stderr } = spawnSync('/bin/sh', [join(folder, 'verify.sh')], {
    // A script that was tampered with may write where it stands.
    cwd: temporaryFolder(),
    env: { PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
  });
  return { ok: status === 0, said: `${stdout}${stderr}` };
}

/** A small generator with a seed, so that a failure can be run again. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const stock = () => pathOf('ssh-keygen', 'sha256sum', 'cut', 'ls');

describe('the audit bundle', () => {
  it('verifies with coreutils and OpenSSH alone, by a script of 30 readable lines, and here', () => {
    const { folder, files } = writtenBundle();
    const { ok, said } = runScript(folder, stock());
    expect(said).toContain('Every file and every signature verifies.');
    expect(said.match(/Good "holdpoint-signoff" signature/g)).toHaveLength(4);
    expect(ok).toBe(true);
    for (const script of ['verify.sh', 'verify.cmd']) {
      const lines = files.get(script)?.toString().trimEnd().split('\n') ?? [];
      expect(lines.length).toBeLessThanOrEqual(30);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(150);
    }
    const report = verifyBundle(readBundleFiles(folder), now);
    expect(report).toMatchObject({ ok: true, findings: [], files: files.size });
    expect(report.entries.map(({ author, role, keyType }) => [author, role, keyType])).toEqual([
      ['ada@example.com', '', 'ssh-ed25519'],
      ['ada@example.com', 'ml-engineer', 'ssh-ed25519'],
      ['bob@example.com', 'devops', 'ecdsa-sha2-nistp256'],
      ['eve@example.com', 'lead', 'ssh-rsa'],
    ]);
  });

  it('is refused by the script and here after any of 500 changes of one byte, each time naming the file', () => {
    const { folder } = writtenBundle();
    const path = stock();
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.includes('.') || !['entries', 'seen', 'attachments'].includes(name),
    );
    const left = new Set(readdirSync(folder));
    const sizes = new Map(names.map((name) => [name, readFileSync(join(folder, name)).length]));
    const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const random = randomNumbers(20261124);
    /** Half of the changes go anywhere; half to a file first, so that the small ones have their share. */
    const pick = (round: number): [string, number] => {
      if (round % 2 === 0) {
        const name = names[random(names.length)] ?? '';
        return [name, random(sizes.get(name) ?? 0)];
      }
      let at = random(all);
      for (const [name, size] of sizes) {
        if (at < size) return [name, at];
        at -= size;
      }
      throw new Error('unreachable');
    };
    for (let round = 0; round < 500; round += 1) {
      const [name, at] = pick(round);
      const file = join(folder, name);
      const whole = readFileSync(file);
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (1 + random(255));
      writeFileSync(file, changed);
      const what = `byte ${at} of ${name} is ${changed[at]} instead of ${whole[at]}`;
      const { ok, said } = runScript(folder, path);
      expect(ok, `${what}: ${said}`).toBe(false);
      expect(said, what).toContain(name);
      const report = verifyBundle(readBundleFiles(folder), now);
      expect(report.ok, what).toBe(false);
      expect(JSON.stringify(report.findings), what).toContain(name);
      writeFileSync(file, whole);
      for (const stray of readdirSync(folder)) {
        if (!left.has(stray)) rmSync(join(folder, stray), { recursive: true });
      }
    }
    expect(runScript(folder, path).ok).toBe(true);
  });

  it.each<[name: string, change: (folder: string) => void, words: string]>([
    ['a file is gone', (folder) => rmSync(join(folder, 'report.md')), 'report.md'],
    ['a file was added', (folder) => writeFileSync(join(folder, 'entries', 'x.json'), '{}'), 'x.json'],
    [
      'a file has another name',
      (folder) => {
        writeFileSync(join(folder, 'report.txt'), readFileSync(join(folder, 'report.md')));
        rmSync(join(folder, 'report.md'));
      },
      'report.md',
    ],
    [
      'a file is cut off',
      (folder) =>
        writeFileSync(join(folder, 'report.html'), readFileSync(join(folder, 'report.html')).subarray(9)),
      'report.html',
    ],
    [
      'line ends were converted',
      (folder) => {
        const file = join(folder, 'allowed_signers');
        writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
      },
      'allowed_signers',
    ],
    [
      'the list of files is cut off',
      (folder) => {
        const file = join(folder, 'SHA256SUMS');
        writeFileSync(file, readFileSync(file, 'utf8').slice(0, -120));
      },
      'SHA256SUMS',
    ],
  ])('is refused by both when %s', (_name, change, words) => {
    const { folder } = writtenBundle();
    change(folder);
    const { ok, said } = runScript(folder, stock());
    expect(ok).toBe(false);
    const report = verifyBundle(readBundleFiles(folder), now);
    expect(report.ok).toBe(false);
    expect(JSON.stringify(report.findings)).toContain(words);
    expect(`${said} SHA256SUMS`).toContain(words === 'x.json' ? 'signatures.txt' : words);
  });

  it('is not called good by the script where ssh-keygen is missing or cannot verify, and the reason is said', () => {
    const { folder } = writtenBundle();
    const missing = runScript(folder, pathOf('sha256sum', 'cut', 'ls'));
    expect(missing.ok).toBe(false);
    expect(missing.said).toContain('ssh-keygen is not in PATH. Install OpenSSH 8.8 or newer.');
    const old = temporaryFolder();
    writeFileSync(
      join(old, 'ssh-keygen'),
      '#!/bin/sh\necho "Unsupported operation for -Y: verify" >&2; exit 1\n',
      {
        mode: 0o755,
      },
    );
    const unable = runScript(folder, `${old}:${pathOf('sha256sum', 'cut', 'ls')}`);
    expect(unable.ok).toBe(false);
    expect(unable.said).toMatch(/Unsupported operation(.|\n)*entries\/000001.* does not verify/);
    expect(verifyBundle(readBundleFiles(folder), now).ok).toBe(true);
  });

  it('is refused by both when somebody rewrites an entry and all the sums with it', () => {
    const { files } = writtenBundle();
    const forged = new Map(files);
    const [name = ''] = [...files.keys()].filter((one) => one.includes('-answer-') && one.endsWith('.json'));
    forged.set(name, Buffer.from(String(files.get(name)).replace('"answer":"go"', '"answer":"abstain"')));
    const sums = [...forged]
      .filter(([one]) => one !== 'SHA256SUMS')
      .map(([one, bytes]) => `${digestOf(bytes)}  ${one}\n`);
    forged.set('SHA256SUMS', Buffer.from(sums.join('')));
    const folder = join(temporaryFolder(), 'forged');
    writeBundle(folder, forged);
    const { ok, said } = runScript(folder, stock());
    expect(ok).toBe(false);
    expect(said).toContain(`${name}: its signature by ada@example.com does not verify.`);
    expect(verifyBundle(forged, now).findings[0]).toMatchObject({ level: 'wrong', file: name });
  });

  it('tells here what the script cannot see: entries that are missing, two histories, keys that expired since', () => {
    const oracle = new Oracle(temporaryFolder());
    const facts = auditLaunch(oracle);
    const [ada] = facts.writers;
    const later = ada?.mark('alarms', 'failed');
    const lines = (bundle: ReturnType<typeof auditBundle>, at = now) =>
      verifyBundle(bundle, at).findings.map(({ level, text }) => `${level}: ${text}`);
    const without = facts.entries.filter((_entry, index) => index !== 1);
    expect(lines(auditBundle({ ...facts, entries: [...without, ...(later ? [later] : [])] }))).toEqual([
      'note: Its author had entry 2 of ada@example.com laptop, which is not here.',
      'note: Its author had entry 2 of ada@example.com laptop, which is not here.',
      'note: It is number 3 of ada@example.com laptop; the entry before it is not here.',
    ]);
    const { documents, ...rest } = facts;
    expect(lines(auditBundle({ ...rest, documents: () => null }))).toHaveLength(12);
    const expiring = Buffer.from(
      facts.allowedSigners.toString().replaceAll('namespaces=', 'valid-before="20261201Z",namespaces='),
    );
    expect(lines(auditBundle({ ...facts, allowedSigners: expiring }))).toEqual([]);
    const nextYear = lines(auditBundle({ ...facts, allowedSigners: expiring }), new Date('2027-11-24'));
    expect(nextYear).toHaveLength(4);
    expect(nextYear[0]).toMatch(/^note: The key counted at the time that was claimed, and does not today/);
  });

  it('says on top of the report that a key was revoked after signing, and the script refuses it', () => {
    const facts = auditLaunch(new Oracle(temporaryFolder()));
    const [, bob] = facts.trust.signers;
    const revokedKeys = Buffer.from(`${bob?.key.type} ${bob?.key.blob.toString('base64')}\n`);
    const trust = {
      ...facts.trust,
      revoked: { has: (key: { blob: Buffer }) => bob?.key.blob.equals(key.blob) ?? false },
    };
    const files = auditBundle({ ...facts, trust, revokedKeys });
    const html = String(files.get('report.html'));
    expect(html.indexOf('is revoked')).toBeGreaterThan(0);
    expect(html.indexOf('is revoked')).toBeLessThan(html.indexOf('Sign-offs'));
    const folder = join(temporaryFolder(), 'revoked');
    writeBundle(folder, files);
    expect(runScript(folder, stock())).toMatchObject({
      ok: false,
      said: expect.stringContaining('bob@example.com'),
    });
    expect(verifyBundle(files, now).findings).toMatchObject([
      { level: 'wrong', text: expect.stringContaining('revoked') },
      {},
    ]);
  });

  it('has a report that needs nothing else, runs nothing, and shows what people wrote as they wrote it', () => {
    const { files } = writtenBundle();
    const html = String(files.get('report.html'));
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).toContain('@media print');
    expect(html).toContain('APEX &amp; &lt;Ranker&gt;');
    expect(html).not.toMatch(/<script|https?:|src=|href=|url\(/);
    const markdown = String(files.get('report.md'));
    for (const words of ['GO', 'ml-engineer', 'bob@example.com', 'production', 'SHA256:']) {
      expect(html).toContain(words);
      expect(markdown).toContain(words);
    }
  });

  it('is made in turns with whatever else there is to do, and is the same', async () => {
    const facts = auditLaunch(new Oracle(temporaryFolder()));
    const whole = auditBundle(facts);
    let made = new Map<string, Buffer>();
    const making = async () => {
      made = await auditBundleInTurns(facts);
    };
    // Each entry is verified in its own turn, and each file digested.
    expect(await turnsDuring(making)).toBeGreaterThan(facts.entries.length + whole.size / 2);
    expect(made).toEqual(whole);
  });

  it('carries the files of its reviews, names each beside its review, and says which are missing', () => {
    const facts = auditLaunch(new Oracle(temporaryFolder()));
    const plot = Buffer.from('a plot of the drift\n');
    const name = `attachments/${digestOf(plot)}`;
    const review = 'entries/000001-review-';
    const files = auditBundle(facts);
    expect(files.get(name)).toEqual(plot);
    expect(String(files.get('SHA256SUMS'))).toContain(`${digestOf(plot)}  ${name}\n`);
    const rowIn = (bundle: typeof files) =>
      String(bundle.get('report.md'))
        .split('\n')
        .find((line) => line.includes(review));
    expect(rowIn(files)).toContain(`plot.svg (The drift), 20 B: ${name}`);
    expect(String(files.get('report.html'))).toContain(name);

    const documents = (digest: string) => (digest === digestOf(plot) ? null : facts.documents(digest));
    const without = auditBundle({ ...facts, documents });
    expect(without.has(name)).toBe(false);
    expect(rowIn(without)).toContain(`NOT in this bundle, known only by its SHA-256 ${digestOf(plot)}`);
    expect(verifyBundle(without, now)).toMatchObject({
      ok: true,
      findings: [
        { level: 'note', file: expect.stringContaining(review), text: expect.stringContaining('plot.svg') },
      ],
    });

    const exchanged = atOnce(addingSums(new Map([...files, [name, Buffer.from('another plot\n')]])));
    expect(verifyBundle(exchanged, now).findings).toMatchObject([
      { level: 'wrong', file: name, text: expect.stringContaining('not the plot.svg that was signed') },
    ]);
  });

  it('is the same as a zip, which other programs can read', () => {
    const { files, folder } = writtenBundle();
    const zip = join(folder, '..', 'bundle.zip');
    writeBundle(zip, files);
    expect(readBundleFiles(zip)).toEqual(files);
    expect(verifyBundle(readBundleFiles(zip), now).ok).toBe(true);
    expect(() => writeBundle(zip, files)).toThrow(/already/);
    const unpacked = join(folder, '..', 'unpacked');
    mkdirSync(unpacked);
    const unzip = findProgram('unzip');
    if (!unzip) {
      console.log('unzip is not installed: whether it reads the zip is not tested.');
      return;
    }
    expect(spawnSync(unzip, ['-q', zip, '-d', unpacked]).status).toBe(0);
    expect(runScript(unpacked, stock()).ok).toBe(true);
  });

  it('is verified by the command line, which exits 0 for yes, 1 for no and 2 for what is no bundle', async () => {
    const { folder } = writtenBundle();
    const good = await runCommand(['verify', folder, '--json']);
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({
      ok: true,
      entries: [{ author: 'ada@example.com' }, {}, {}, {}],
    });
    writeFileSync(join(folder, 'report.md'), 'GO');
    const bad = await runCommand(['verify', folder]);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/does NOT verify(.|\n)*wrong +report\.md +It is not what SHA256SUMS lists/);
    writeFileSync(join(folder, '..', 'cut.zip'), 'PK');
    const none = await runCommand(['verify', join(folder, '..', 'cut.zip')]);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('The zip cannot be read') });
  });
});
