import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { verifyBundle } from '../../../electron/report/index.ts';
import { readBundleFiles } from '../../../electron/signoff/index.ts';
import type { Client } from '../../../shared/contract/index.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { answering, checklist, openAt, team } from './team.ts';

const verdicts = async (client: Client) =>
  Object.fromEntries((await client.signoff.get()).standings.map(({ role, verdict }) => [role, verdict]));

describe('a launch that is signed', () => {
  it('goes from two people on two machines to GO, and loses only the answer whose evidence changed', async () => {
    const { pack, keyOf } = team();
    const copy = join(temporaryFolder(), 'pack');
    cpSync(pack, copy, { recursive: true });
    const [ada, bob] = [await openAt(pack), await openAt(copy)];
    for (const client of [ada, bob]) await client.checks.run({});
    expect(await ada.board.get()).toMatchObject({
      decision: 'no-go',
      reasons: [{ code: 'role-missing' }, {}],
    });

    const asked = await answering(ada, 'open sesame');
    await ada.signoff.sign({
      role: 'ml-engineer',
      value: 'go',
      as: 'ada@example.com',
      keyFile: keyOf('ada'),
    });
    expect(asked).toEqual([expect.stringMatching(/^secret: Enter passphrase/)]);
    await bob.signoff.sign({ role: 'devops', value: 'go', as: 'bob@example.com', keyFile: keyOf('bob') });
    expect(await verdicts(ada)).toEqual({ 'ml-engineer': 'go', devops: 'missing' });
    expect(await verdicts(bob)).toEqual({ 'ml-engineer': 'missing', devops: 'go' });

    const zip = join(temporaryFolder(), 'from-bob.zip');
    await bob.signoff.export({ path: zip });
    const preview = await ada.signoff.import({ path: zip, keep: false });
    expect(preview).toMatchObject({ added: [{ author: 'bob@example.com', kind: 'answer' }], refused: [] });
    expect(await verdicts(ada)).toMatchObject({ devops: 'missing' });
    await ada.signoff.import({ path: zip, keep: true });
    expect(await ada.signoff.import({ path: zip, keep: true })).toMatchObject({ added: [], known: 1 });
    const board = await ada.board.get();
    expect(board).toMatchObject({ decision: 'go', reasons: [] });
    expect(board.roles.map(({ answer }) => [answer?.by, answer?.signed])).toEqual([
      ['ada@example.com', true],
      ['bob@example.com', true],
    ]);

    writeFileSync(join(pack, 'sharpe.txt'), '0.83\n');
    await ada.checks.run({});
    const { standings } = await ada.signoff.get();
    expect(standings.map(({ verdict }) => verdict)).toEqual(['outdated', 'go']);
    expect(standings[0]?.answers[0]?.differences).toMatchObject([
      {
        subject: 'items',
        text: expect.stringMatching(/Sharpe ratio.*: measured sharpe pass .*0\.91.*, now .*0\.83/),
      },
    ]);
    expect(await ada.board.get()).toMatchObject({
      decision: 'no-go',
      reasons: [{ code: 'role-missing', status: 'stale' }],
    });
    writeFileSync(join(pack, 'sharpe.txt'), '0.91\n');
    await ada.checks.run({});
    expect(await ada.board.get()).toMatchObject({ decision: 'go' });
    const told = await ada.journal.page({ before: null, limit: 50, groups: ['signoff'], text: '' });
    expect(told.rows.map(({ text }) => text)).toEqual([
      'Kept the answer go as devops, signed by bob@example.com',
      'Kept the answer go as ml-engineer, signed by ada@example.com',
    ]);
  });

  it('shows what two reviewers mark differently as disputed, until one who has seen both says which holds', async () => {
    const { pack, keyOf } = team();
    const copy = join(temporaryFolder(), 'pack');
    cpSync(pack, copy, { recursive: true });
    const [mine, theirs] = [await openAt(pack), await openAt(copy)];
    await answering(mine, 'open sesame');
    const item = (await mine.checklist.get()).items[1]?.id ?? '';
    const [ada, bob] = [
      { as: 'ada@example.com', keyFile: keyOf('ada') },
      { as: 'bob@example.com', keyFile: keyOf('bob') },
    ];
    const comments = [{ item, text: 'Looked at the disk' }];
    await mine.signoff.review({ ...ada, marks: [{ item, state: 'done' }], comments });
    await theirs.signoff.review({ ...bob, marks: [{ item, state: 'failed', reason: 'too slow' }] });
    const shared = temporaryFolder();
    for (const client of [mine, theirs]) await client.signoff.export({ path: shared });
    for (const client of [mine, theirs]) await client.signoff.import({ path: shared, keep: true });
    const [seen, seenThere] = [await mine.signoff.get(), await theirs.signoff.get()];
    expect(seen.reviewed).toEqual(seenThere.reviewed);
    expect(seen.reviewed).toMatchObject([
      { item, disputed: true, title: 'Free space > 100 GB', marks: [{}, {}] },
    ]);
    const disputed = expect.objectContaining({ code: 'disputed', link: { to: 'review' } });
    expect((await mine.board.get()).reasons).toContainEqual(disputed);
    await theirs.signoff.review({ ...bob, marks: [{ item, state: 'done' }] });
    await theirs.signoff.export({ path: shared });
    await mine.signoff.import({ path: shared, keep: true });
    const { reviewed, olderReviews } = await mine.signoff.get();
    expect(reviewed).toMatchObject([
      { disputed: false, marks: [{ author: 'bob@example.com', state: 'done' }] },
    ]);
    expect(olderReviews).toEqual([]);
    expect((await mine.board.get()).reasons).not.toContainEqual(disputed);
    writeFileSync(join(pack, 'checklist.md'), `${checklist}\nAnd look twice.\n`);
    await vi.waitFor(async () => expect((await mine.signoff.get()).olderReviews).toHaveLength(3), {
      timeout: 10_000,
    });
  });

  it('is not signed by a prompt that is ended, by the wrong person, or without a signature', async () => {
    const { pack, keyOf } = team();
    const client = await openAt(pack);
    const bob = { as: 'bob@example.com', keyFile: keyOf('bob') };
    const [adasKey, go] = [keyOf('ada'), { value: 'go' as const }];
    const asAda = { role: 'ml-engineer', as: 'ada@example.com', keyFile: adasKey, ...go };
    await expect(client.signoff.sign(asAda)).rejects.toThrow(/Nothing was signed/);
    await expect(client.signoff.sign({ ...bob, ...go, role: 'ml-engineer' })).rejects.toThrow(
      /may not sign as ML Engineer/,
    );
    await expect(client.signoff.sign({ ...bob, ...go, role: 'lead' })).rejects.toThrow(
      /Nobody signs as lead/,
    );
    const stolen = { role: 'ml-engineer', as: 'ada@example.com', keyFile: keyOf('bob'), ...go };
    await expect(client.signoff.sign(stolen)).rejects.toThrow(/would not count/);
    await expect(client.signoff.sign({ ...bob, role: 'devops', value: 'no-go' })).rejects.toThrow(/Say why/);
    await expect(client.board.answer({ role: 'devops', value: 'go' })).rejects.toThrow(/with a signature/);
    expect(await verdicts(client)).toEqual({ 'ml-engineer': 'missing', devops: 'missing' });
  });

  it('keeps a no-go until its role takes it back, and drops answers of a key that is revoked', async () => {
    const { pack, keyOf } = team();
    const client = await openAt(pack);
    const bob = { role: 'devops', as: 'bob@example.com', keyFile: keyOf('bob') };
    await client.signoff.sign({ ...bob, value: 'no-go', condition: 'the disk is slow' });
    expect((await client.board.get()).reasons).toContainEqual(
      expect.objectContaining({
        code: 'role-no-go',
        text: 'DevOps: bob@example.com says no-go: the disk is slow',
      }),
    );
    await client.signoff.withdraw(bob);
    expect(await verdicts(client)).toMatchObject({ devops: 'missing' });
    await Promise.all([
      client.signoff.sign({ ...bob, value: 'go' }),
      client.signoff.sign({ ...bob, value: 'go' }),
    ]);
    expect(await verdicts(client)).toMatchObject({ devops: 'go' });
    expect((await client.signoff.get()).forks).toEqual([]);
    writeFileSync(join(pack, 'revoked_keys'), readFileSync(`${keyOf('bob')}.pub`));
    const { standings, refused } = await client.signoff.get();
    expect(standings.map(({ verdict }) => verdict)).toEqual(['missing', 'missing']);
    expect(refused.map(({ code }) => code)).toEqual(['revoked', 'revoked', 'revoked', 'revoked']);
    const bundle = join(temporaryFolder(), 'audit');
    await client.audit.write({ path: bundle, period: null, pdf: false });
    expect(readFileSync(join(bundle, 'report.md'), 'utf8')).toMatch(
      /does not count: The key SHA256:\S+ is revoked/,
    );
    expect(readdirSync(join(bundle, 'refused'))).toHaveLength(8);
    expect(spawnSync('sh', [join(bundle, 'verify.sh')]).status).toBe(0);
  });

  it('leaves by the command line a bundle that its own script verifies', async () => {
    const { pack, keyOf } = team();
    const data = temporaryFolder();
    const command = (...args: string[]) => runCommand([...args, '--data', data]);
    await command('check', pack);
    const signed = await command(
      'sign',
      pack,
      '--role',
      'devops',
      '--as',
      'bob@example.com',
      '--key',
      keyOf('bob'),
      '--answer',
      'go',
    );
    expect(signed).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/ML Engineer +missing(.|\n)*DevOps +go/),
    });
    const nothing = await command(
      'sign',
      pack,
      '--role',
      'devops',
      '--as',
      'bob@example.com',
      '--key',
      keyOf('bob'),
    );
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('--answer') });
    const bundle = join(temporaryFolder(), 'audit');
    expect(await command('audit', pack, bundle)).toMatchObject({ code: 0 });
    const { status, stdout } = spawnSync('sh', [join(bundle, 'verify.sh')], { encoding: 'utf8' });
    expect(stdout).toContain('Every file and every signature verifies.');
    expect(status).toBe(0);
    expect(await command('verify', bundle)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('answer devops go'),
    });
    const withPdf = join(temporaryFolder(), 'audit.zip');
    expect(await command('audit', pack, withPdf, '--pdf')).toMatchObject({ code: 0 });
    const files = readBundleFiles(withPdf);
    const pdf = { input: files.get('report.pdf'), encoding: 'utf8' } as const;
    expect(spawnSync('pdftotext', ['-', '-'], pdf).stdout).toMatch(
      /Apex 1\.0\.0: NO-GO(.|\n)*bob@example\.com/,
    );
    expect(verifyBundle(files, new Date())).toMatchObject({ ok: true, findings: [] });
    const args = ['audit', pack, join(temporaryFolder(), 'none'), '--pdf', '--data', data];
    expect(await runCommand(args, { HOLDPOINT_BROWSER: '/nowhere' })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/No PDF can be made here: HOLDPOINT_BROWSER names .* Install Chromium/),
    });
    const shared = temporaryFolder();
    expect(await command('review', 'export', pack, shared)).toMatchObject({ code: 0 });
    const imported = await runCommand(['review', 'import', pack, shared, '--data', temporaryFolder()]);
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringContaining('1 new, 0 known, 0 refused') });
  });
});
