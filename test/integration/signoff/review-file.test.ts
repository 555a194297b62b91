import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../electron/report/index.ts';
import { readBundleFiles, writeZip } from '../../../electron/signoff/index.ts';
import type { Client } from '../../../shared/contract/index.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { answering, checklist, openAt, startAt, team } from './team.ts';

const bobSigns = (keyOf: (name: string) => string) => ({ as: 'bob@example.com', keyFile: keyOf('bob') });

/** What a person sees of the items: each with its state and what was measured. */
async function itemsSeen(client: Client) {
  const { items } = await client.checklist.get();
  return items.map(({ id, title, status, gate }) => ({
    ...{ id, title, status },
    measured: gate?.measured,
    at: gate?.at,
  }));
}

async function exportTo(client: Client, name = 'review.zip'): Promise<string> {
  const path = join(temporaryFolder(), name);
  await client.signoff.export({ path });
  return path;
}

const verdictOf = async (client: Client, role: string) =>
  (await client.signoff.get()).standings.find((standing) => standing.role === role)?.verdict;

describe('a review file', () => {
  it('is all that a reviewer needs: they see the items and the evidence of home, and what they sign counts there', async () => {
    const { pack, keyOf } = team();
    const bob = bobSigns(keyOf);
    const home = await openAt(pack);
    await home.checks.run({});
    const [model] = (await home.checklist.get()).items;
    await home.checklist.override({ item: model?.id ?? '', reason: 'accepted in writing' });
    await home.checklist.withdrawOverride({ item: model?.id ?? '' });
    const file = await exportTo(home);

    const away = await openAt(file);
    const launch = await away.pack.current();
    expect(launch).toMatchObject({ id: 'Apex@1.0.0', mode: 'live', writable: false, copy: { leftOut: [] } });
    expect(await itemsSeen(away)).toEqual(await itemsSeen(home));
    const seen = await away.checklist.item({ item: model?.id ?? '' });
    expect(seen.history.map(({ text }) => text)).toEqual([
      expect.stringContaining('accepted in writing'),
      expect.stringContaining('Withdrew'),
    ]);
    expect(seen.evidence).toMatchObject([{ check: 'sharpe', verdict: 'pass' }]);
    const [here, there] = await Promise.all(
      [home, away].map((client) => client.signoff.toSign({ role: 'devops' })),
    );
    expect(here?.subjects).toEqual(there?.subjects);

    await away.signoff.sign({ ...bob, role: 'devops', value: 'go' });
    const marks = [{ item: model?.id ?? '', state: 'failed' as const, reason: 'looked at it' }];
    await away.signoff.review({ ...bob, marks });
    const back = await exportTo(away);
    const preview = await home.signoff.import({ path: back, keep: false });
    expect(preview).toMatchObject({ added: [{}, {}], refused: [], differing: [] });
    await home.signoff.import({ path: back, keep: true });
    expect(await verdictOf(home, 'devops')).toBe('go');
    expect((await home.signoff.get()).olderReviews).toEqual([]);

    writeFileSync(join(pack, 'checklist.md'), checklist.replace('> 100 GB', '> 200 GB'));
    writeFileSync(join(pack, 'launch.yaml'), `${readFileSync(join(pack, 'launch.yaml'), 'utf8')}\n# later\n`);
    await expect
      .poll(async () => (await home.signoff.import({ path: back, keep: false })).differing, {
        timeout: 10_000,
      })
      .toEqual(['checklist.md', 'launch.yaml']);
    await expect
      .poll(async () => (await home.signoff.get()).olderReviews, { timeout: 10_000 })
      .toHaveLength(1);
  });

  it('is opened again as it was left, and a newer one beside it', async () => {
    const { pack, keyOf } = team();
    const home = await openAt(pack);
    const [first, data] = [await exportTo(home), temporaryFolder()];
    const away = await openAt(first, { dataFolder: data });
    await away.signoff.sign({ ...bobSigns(keyOf), role: 'devops', value: 'go' });
    const { folder = '' } = (await away.pack.current()) ?? {};
    await home.checks.run({});
    expect(await away.pack.open({ folder: await exportTo(home), mode: 'live' })).toMatchObject({ ok: true });
    expect(await verdictOf(away, 'devops')).toBe('outdated');
    expect((await away.checklist.get()).items.map(({ status }) => status)).toEqual(['pass', 'pass']);
    expect(await away.pack.open({ folder, mode: 'live' })).toMatchObject({ ok: true });
    expect(await verdictOf(away, 'devops')).toBe('go');
    expect((await away.checklist.get()).items.map(({ status }) => status)).toEqual(['open', 'open']);
    expect(readdirSync(join(data, 'reviews'))).toHaveLength(2);
    writeFileSync(join(folder, 'checklist.md'), '# Another\n');
    await expect(away.pack.open({ folder, mode: 'live' })).rejects.toThrow(
      /checklist\.md .* was changed since/,
    );
  });

  it('lets nothing be changed, measured or run', async () => {
    const { pack } = team();
    const away = await openAt(await exportTo(await openAt(pack)));
    const item = (await away.checklist.get()).items[0]?.id ?? '';
    const copyOnly = /This is a copy to review/;
    await expect(away.checks.run({})).rejects.toThrow(copyOnly);
    await expect(away.checklist.mark({ item, state: 'failed' })).rejects.toThrow(copyOnly);
    await expect(away.runbook.plan({ runbook: 'deploy', target: 'production' })).rejects.toThrow(copyOnly);
    await expect(away.hardware.probe({ host: 'prd-1' })).rejects.toThrow(copyOnly);
    await expect(away.pack.setMode({ mode: 'rehearsal' })).rejects.toThrow(copyOnly);
    await expect(away.audit.scope({ period: null })).rejects.toThrow(copyOnly);
    await expect(away.audit.scope({ period: { from: null, to: null } })).rejects.toThrow(copyOnly);
    await expect(away.compute.start({ question: { kind: 'claims', returns: 'r.csv' } })).rejects.toThrow(
      copyOnly,
    );
    expect(await away.compute.jobs()).toEqual([]);
    expect(await away.pack.open({ folder: pack, mode: 'live' })).toMatchObject({ ok: true });
    expect(await away.checks.run({})).toHaveLength(2);
  });

  it('leaves out what is too large, by its digest, and whatever the pack does not name', async () => {
    const { pack, keyOf } = team();
    mkdirSync(join(pack, 'templates'));
    mkdirSync(join(pack, 'models'));
    writeFileSync(join(pack, 'models', 'best.onnx'), 'weights');
    writeFileSync(join(pack, '.env'), 'PASSWORD=x');
    writeFileSync(join(pack, 'templates', 'größe 1'), 'a=1\n');
    writeFileSync(join(pack, 'templates', 'large'), Buffer.alloc(9 * 1024 * 1024));
    const write = (from: string) =>
      `  - write: { file: /srv/${from.length}, from: ${JSON.stringify(from)} }\n`;
    writeFileSync(
      join(pack, 'runbooks', 'deploy.yaml'),
      `runbook: Deploy\ndoes: deploy\nsteps:\n${write('templates/größe 1')}${write('templates/large')}`,
    );
    const yaml = readFileSync(join(pack, 'launch.yaml'), 'utf8');
    writeFileSync(join(pack, 'launch.yaml'), yaml.replace('covers: [Operations], ', ''));
    const home = await openAt(pack);
    const path = join(temporaryFolder(), 'review.zip');
    const written = await home.signoff.export({ path });
    expect(written.leftOut).toMatchObject([
      { name: 'templates/large', why: expect.stringContaining('SHA-256') },
    ]);
    const names = [...readBundleFiles(path).keys()].map((name) => name.replace(/[0-9a-f]{64}$/, 'SHA-256'));
    expect(names.toSorted()).toEqual([
      '.gitattributes',
      'pack/SHA-256',
      'pack/allowed_signers',
      'pack/checklist.md',
      'pack/launch.yaml',
      'pack/runbooks/deploy.yaml',
      'records.jsonl',
      'review.json',
    ]);
    const away = await openAt(path);
    expect((await away.pack.current())?.copy).toMatchObject({
      sha256: written.sha256,
      leftOut: ['templates/large'],
    });
    await away.signoff.sign({ ...bobSigns(keyOf), role: 'devops', value: 'go' });
    await home.signoff.import({ path: await exportTo(away), keep: true });
    expect(await verdictOf(home, 'devops')).toBe('go');
  });

  it('is refused whole where it would write elsewhere, was changed, or carries no pack', async () => {
    const { pack } = team();
    const home = await openAt(pack);
    const good = readBundleFiles(await exportTo(home));
    const data = temporaryFolder();
    const away = await openAt(pack, { dataFolder: data });
    const opening = (change: (files: Map<string, Buffer>) => void) => {
      const files = new Map(good);
      change(files);
      const path = join(temporaryFolder(), 'bad.zip');
      writeFileSync(path, writeZip(files));
      return away.pack.open({ folder: path, mode: 'live' });
    };
    const manifest = good.get('review.json')?.toString('utf8') ?? '';
    const renamed = (name: string) => (files: Map<string, Buffer>) =>
      files.set('review.json', Buffer.from(manifest.replace('"checklist.md"', JSON.stringify(name))));
    await expect(opening(renamed('../../checklist.md'))).rejects.toThrow(/outside its folder/);
    await expect(opening(renamed('/etc/checklist.md'))).rejects.toThrow(/outside its folder/);
    await expect(opening(renamed('C:checklist.md'))).rejects.toThrow(/outside its folder/);
    await expect(opening(renamed('LAUNCH.yaml'))).rejects.toThrow(/two files of one name/);
    await expect(
      opening((files) => files.set('pack/checklist.md', Buffer.from('# Another\n'))),
    ).rejects.toThrow(/checklist\.md is missing or damaged/);
    await expect(opening((files) => files.set('records.jsonl', Buffer.of()))).rejects.toThrow(
      /records are missing/,
    );
    await expect(opening((files) => files.delete('review.json'))).rejects.toThrow(/carries no pack/);
    const yaml = await away.pack.open({ folder: join(pack, 'launch.yaml'), mode: 'live' });
    expect(yaml).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('a folder is needed') }],
    });
    const text = join(temporaryFolder(), 'notes.zip');
    writeFileSync(text, 'hello');
    await expect(away.pack.open({ folder: text, mode: 'live' })).rejects.toThrow(
      /notes\.zip cannot be opened.*no zip/,
    );
    expect((await away.pack.current())?.folder).toBe(pack);
    expect(() => readdirSync(join(data, 'reviews'))).toThrow(/ENOENT/);
  });

  it('is read and signed by the command line wherever a pack is', async () => {
    const { pack, keyOf } = team();
    const [here, there] = [temporaryFolder(), temporaryFolder()];
    const command = (data: string, ...args: string[]) => runCommand([...args, '--data', data]);
    const before = await startAt(pack, { dataFolder: here });
    await before.client.checks.run({});
    await before.close();
    const file = join(temporaryFolder(), 'review.zip');
    const written = await command(here, 'review', 'export', pack, file);
    expect(written).toMatchObject({ code: 0, stdout: expect.stringMatching(/SHA-256 [0-9a-f]{64}/) });
    rmSync(pack, { recursive: true });
    const shown = await command(there, 'review', 'show', file);
    expect(shown).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Apex 1\.0\.0(.|\n)*pass +Sharpe ratio/),
    });
    const by = ['--as', 'bob@example.com', '--key', keyOf('bob')];
    await command(there, 'sign', file, '--role', 'devops', ...by, '--answer', 'go');
    const back = await exportTo(await openAt(file, { dataFolder: there }));
    const home = await openAt(file, { dataFolder: here });
    expect(await home.signoff.import({ path: back, keep: true })).toMatchObject({ added: [{}], refused: [] });
    expect(await verdictOf(home, 'devops')).toBe('go');
  });
});

describe('a review', () => {
  it('is a draft that outlives the program, and goes with its files, which are those that were signed', async () => {
    const { pack, keyOf } = team();
    const home = await openAt(pack);
    const [file, data] = [await exportTo(home), temporaryFolder()];
    const before = await startAt(file, { dataFolder: data });
    const item = (await before.client.checklist.get()).items[1]?.id ?? '';
    const picture = Buffer.from('not a picture, but bytes\n');
    const attached = await before.client.signoff.attach({
      name: 'disk.png',
      bytes: picture.toString('base64'),
    });
    const about = { item, title: 'Free space > 100 GB' };
    const draft = {
      marks: [{ ...about, state: 'failed' as const, reason: 'it was 80 GB' }],
      comments: [{ ...about, text: 'see the picture' }],
      attachments: [{ ...about, ...attached }],
    };
    await before.client.signoff.saveDraft(draft);
    const large = Buffer.alloc(8 * 1024 * 1024 + 1).toString('base64');
    await expect(before.client.signoff.attach({ name: 'core', bytes: large })).rejects.toThrow(/larger than/);
    await before.close();

    const { client: away } = await startAt(file, { dataFolder: data });
    expect(await away.signoff.draft()).toEqual(draft);
    await away.signoff.signDraft(bobSigns(keyOf));
    expect(await away.signoff.draft()).toEqual({ marks: [], comments: [], attachments: [] });
    expect((await away.signoff.get()).history).toMatchObject([
      { text: 'Marks 1 item, with 1 comment and 1 file' },
    ]);

    const back = await exportTo(away);
    const files = readBundleFiles(back);
    const name = `attachments/${attached.sha256}`;
    expect(files.get(name)?.equals(picture)).toBe(true);
    const tampered = join(temporaryFolder(), 'tampered.zip');
    writeFileSync(tampered, writeZip(new Map([...files, [name, Buffer.from('another picture')]])));
    expect(await home.signoff.import({ path: tampered, keep: true })).toMatchObject({
      added: [{}],
      refused: [{ name, message: expect.stringContaining('changed, cut off or renamed') }],
    });
    expect((await home.signoff.get()).attachments).toMatchObject([{ name: 'disk.png', item, there: false }]);
    await expect(home.signoff.attachment({ sha256: attached.sha256 })).rejects.toThrow(/not here/);
    expect(await home.signoff.import({ path: back, keep: true })).toMatchObject({ known: 1, refused: [] });
    expect((await home.signoff.get()).attachments).toMatchObject([
      { there: true, author: 'bob@example.com' },
    ]);
    const { bytes } = await home.signoff.attachment({ sha256: attached.sha256 });
    expect(Buffer.from(bytes, 'base64').equals(picture)).toBe(true);

    const days = { from: null, to: null };
    for (const [period, folder] of [[null, ''] as const, [days, 'launches/0001-Apex-1.0.0/'] as const]) {
      const path = join(temporaryFolder(), 'audit.zip');
      await home.audit.write({ path, period, pdf: false });
      const audit = readBundleFiles(path);
      expect(audit.get(`${folder}${name}`)?.equals(picture)).toBe(true);
      const report = String(audit.get(`${folder}report.md`));
      expect(report).toContain(`disk.png (Free space \\> 100 GB), 25 B: ${name}`);
      expect(verifyAudit(audit, new Date())).toMatchObject({ ok: true, findings: [] });
    }
  });

  it('is written in an editor and signed by the command line as the window signs it, with its files', async () => {
    const { pack, keyOf } = team();
    const there = temporaryFolder();
    const command = (...args: string[]) => runCommand(['review', ...args, '--data', there]);
    const by = ['--as', 'bob@example.com', '--key', keyOf('bob')];
    const home = await openAt(pack);
    const [file, folder] = [await exportTo(home), temporaryFolder()];
    const [review, back] = [join(folder, 'review.yaml'), join(folder, 'back.zip')];
    writeFileSync(join(folder, 'disk.png'), 'not a picture, but bytes\n');
    writeFileSync(
      review,
      `marks:
  - { item: Operations > Free space, state: failed, reason: it was 80 GB }
  - { item: Sharpe, state: done }
comments:
  - { item: Free space, text: see the picture }
  - text: Looks good otherwise
files:
  - { item: Free space, file: disk.png }
`,
    );
    const away = await startAt(file, { dataFolder: there });
    const draft = {
      ...{ marks: [], attachments: [] },
      comments: [{ item: null, title: '', text: 'not finished yet' }],
    };
    await away.client.signoff.saveDraft(draft);
    await away.close();

    const { code, stdout } = await command('sign', file, review, back, ...by, '--json');
    expect(code).toBe(0);
    const space = 'Free space > 100 GB';
    expect(JSON.parse(stdout)).toEqual({
      author: 'bob@example.com',
      marks: [
        { item: space, state: 'failed', reason: 'it was 80 GB' },
        { item: 'Sharpe ratio > 0.75', state: 'done', reason: '' },
      ],
      comments: [
        { item: space, text: 'see the picture' },
        { item: null, text: 'Looks good otherwise' },
      ],
      attachments: [
        { item: space, name: 'disk.png', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: 25 },
      ],
      written: { files: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/), leftOut: [] },
    });
    expect(await home.signoff.import({ path: back, keep: true })).toMatchObject({
      added: [{ author: 'bob@example.com', text: 'Marks 2 items, with 2 comments and 1 file' }],
      refused: [],
    });
    const { reviewed, attachments } = await home.signoff.get();
    expect(reviewed.map(({ title, marks }) => [title, marks[0]?.state])).toEqual(
      expect.arrayContaining([
        [space, 'failed'],
        ['Sharpe ratio > 0.75', 'done'],
      ]),
    );
    expect(attachments).toMatchObject([{ name: 'disk.png', there: true }]);
    const again = await command('sign', file, review, back, ...by);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/already.*Nothing was signed/) });
    const nowhere = await command('sign', file, review, join(folder, 'none', 'back.zip'), ...by);
    expect(nowhere).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no folder.*Nothing was signed/),
    });
    const after = await startAt(file, { dataFolder: there });
    expect(await after.client.signoff.draft()).toEqual(draft);
    expect((await after.client.signoff.get()).history).toHaveLength(1);
  });

  it('is not signed while anything in its file cannot be meant, and every such place is named', async () => {
    const { pack, keyOf } = team();
    const [data, review] = [temporaryFolder(), join(temporaryFolder(), 'review.yaml')];
    const sign = async (text: string, key = 'bob') => {
      writeFileSync(review, text);
      const by = ['--as', 'bob@example.com', '--key', keyOf(key)];
      const { code, stderr } = await runCommand(['review', 'sign', pack, review, ...by, '--data', data]);
      expect(code).toBe(2);
      return stderr;
    };
    const wrong = await sign(`marks:
  - { item: Free spice, state: done }
  - { item: Sharpe, state: blocked }
  - { item: Model > Sharpe, state: done }
files:
  - file: nowhere.png
`);
    for (const words of [
      /review\.yaml:2:\d+ .*"Free spice" matches no item\. Did you mean "Operations > Free space/,
      /review\.yaml:3:\d+ .*"Sharpe" cannot be blocked without a reason/,
      /review\.yaml:4:\d+ .*"Sharpe ratio > 0\.75" is marked twice/,
      /review\.yaml:6:\d+ .*nowhere\.png: There is no such file/,
    ])
      expect(wrong).toMatch(words);
    expect(await sign('marks: [{ item: Sharpe, state: dome }]\n')).toMatch(
      /"dome" is not one of.*Did you mean/s,
    );
    expect(await sign('marks: []\n')).toMatch(/The review says nothing/);
    const good = 'comments: [{ text: Looks good }]\n';
    expect(await sign(good, 'ada')).toMatch(/Nothing was signed/);
    const client = await openAt(pack, { dataFolder: data });
    expect((await client.signoff.get()).history).toEqual([]);
  });

  it('is taken over into the checklist where nobody disputes it, with the entry that says so as its evidence', async () => {
    const { pack, keyOf } = team();
    writeFileSync(join(pack, 'checklist.md'), `${checklist}- [ ] Disk looked at\n- [ ] Backup looked at\n`);
    const [home, bob] = [await openAt(pack), bobSigns(keyOf)];
    await answering(home, 'open sesame');
    const ids = (await home.checklist.get()).items.map(({ id }) => id);
    const [sharpe = '', , disk = '', backup = ''] = ids;
    const away = await openAt(await exportTo(home));
    const marks = [
      { item: sharpe, state: 'done' as const },
      { item: disk, state: 'blocked' as const, reason: 'it is being replaced' },
      { item: backup, state: 'done' as const },
    ];
    await away.signoff.review({ ...bob, marks });
    await home.signoff.review({
      ...{ as: 'ada@example.com', keyFile: keyOf('ada') },
      marks: [{ item: backup, state: 'failed', reason: 'it is empty' }],
    });
    await home.signoff.import({ path: await exportTo(away), keep: true });
    await expect(away.signoff.takeOver({ items: null })).rejects.toThrow(/copy to review/);

    const { taken, left } = await home.signoff.takeOver({ items: null });
    expect(taken).toEqual([{ item: disk, title: 'Disk looked at', state: 'blocked' }]);
    expect(left).toEqual(
      [
        { item: sharpe, title: expect.any(String), why: expect.stringContaining('is decided by sharpe') },
        { item: backup, title: 'Backup looked at', why: expect.stringContaining('Settle that first') },
      ].toSorted((a, b) => (a.item < b.item ? -1 : 1)),
    );
    const { item, history } = await home.checklist.item({ item: disk });
    expect(item).toMatchObject({ status: 'blocked', reason: 'it is being replaced' });
    const [entry = ''] = (await away.signoff.get()).history.map(({ id }) => id);
    expect(history.at(-1)?.text).toBe(
      `Marked "Disk looked at" blocked: it is being replaced (as bob@example.com signed in entry ${entry.slice(0, 12)})`,
    );
    expect(readFileSync(join(pack, 'checklist.md'), 'utf8')).not.toContain('[x]');
    await home.signoff.review({ ...bob, marks: [{ item: backup, state: 'done' }] });
    expect(await home.signoff.takeOver({ items: [backup] })).toMatchObject({
      taken: [{ item: backup }],
      left: [],
    });
    expect(readFileSync(join(pack, 'checklist.md'), 'utf8')).toContain('- [x] Backup looked at');
    expect(await home.signoff.takeOver({ items: [backup] })).toEqual({ taken: [], left: [] });
  });
});

describe('a shared folder', () => {
  it('is a git working tree that merges by itself: each device has a folder, and only what verifies is taken in', async () => {
    const { pack, keyOf } = team();
    const home = await openAt(pack);
    await answering(home, 'open sesame');
    const away = await openAt(await exportTo(home));
    const item = (await home.checklist.get()).items[1]?.id ?? '';
    const git = (cwd: string, ...args: string[]) => {
      const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
      const { status, stderr } = spawnSync('git', [...who, ...args], { cwd, encoding: 'utf8' });
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    };
    const [ours, theirs] = [join(temporaryFolder(), 'ours'), join(temporaryFolder(), 'theirs')];
    mkdirSync(ours);
    git(ours, 'init', '-q', '-b', 'main');
    writeFileSync(join(ours, 'Anmerkungen für alle.txt'), 'of no concern');
    git(ours, 'add', '-A');
    git(ours, 'commit', '-qm', 'start');
    git(ours, 'clone', '-q', ours, theirs);
    const [ada, bob] = [{ as: 'ada@example.com', keyFile: keyOf('ada') }, bobSigns(keyOf)];
    await home.signoff.review({ ...ada, marks: [{ item, state: 'done' }] });
    await away.signoff.review({ ...bob, marks: [{ item, state: 'done' }] });
    expect(await home.signoff.sharedFolder()).toEqual({ path: '' });
    for (const [client, path] of [
      [home, ours],
      [away, theirs],
    ] as const) {
      expect(await client.signoff.exchange({ path, keep: false })).toMatchObject({ added: [] });
      expect(readdirSync(path)).not.toContain('entries');
      expect(await client.signoff.exchange({ path, keep: true })).toMatchObject({
        added: [],
        adds: expect.any(Number),
      });
      git(path, 'add', '-A');
      git(path, 'commit', '-qm', 'review');
    }
    expect(await home.signoff.sharedFolder()).toEqual({ path: ours });
    git(ours, 'pull', '-q', '--no-rebase', '--no-edit', theirs, 'main');
    const devices = readdirSync(join(ours, 'entries'));
    expect(devices.map((name) => name.split('+')[0])).toEqual(['ada@example.com', 'bob@example.com']);

    const [own = ''] = devices;
    const [name = ''] = readdirSync(join(ours, 'entries', own));
    writeFileSync(
      join(ours, 'entries', own, '000002-forged.json'),
      readFileSync(join(ours, 'entries', own, name)),
    );
    writeFileSync(join(ours, 'entries', own, '000002-forged.json.sig'), 'not a signature');
    // A copy takes in what verifies, says what does not, and changes nothing that is there.
    const seen = readBundleFiles(join(ours, 'entries'));
    expect(await away.signoff.exchange({ path: ours, keep: true })).toMatchObject({
      added: [{ author: 'ada@example.com' }],
      refused: [{ name: expect.stringContaining('forged') }],
    });
    const after = readBundleFiles(join(ours, 'entries'));
    for (const [one, bytes] of seen) expect(after.get(one)).toEqual(bytes);
    const came = await home.signoff.exchange({ path: ours, keep: true });
    expect(came).toMatchObject({
      added: [{ author: 'bob@example.com' }],
      refused: [{ name: expect.stringContaining('forged') }],
      adds: 0,
    });
    expect((await home.signoff.get()).reviewed).toMatchObject([{ disputed: false, marks: [{}, {}] }]);
    await expect(home.signoff.exchange({ path: keyOf('bob'), keep: false })).rejects.toThrow(/is a file/);
  });
});
