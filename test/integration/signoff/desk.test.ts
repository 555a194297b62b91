import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { localHost } from '../../../electron/hosts/index.ts';
import { createService } from '../../../electron/service.ts';
import type { Client } from '../../../shared/contract/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { Oracle } from './oracle.ts';

const launchYaml = `system: Apex
version: 1.0.0
checklist: checklist.md
roles:
  ml-engineer: { title: ML Engineer, covers: [Model], signers: [ada@example.com, "*@ml.example.com"] }
  devops: { title: DevOps, signers: bob@example.com, not-also: [ml-engineer] }
`;
const checklist =
  '# Launch\n\n## Model\n\n- [ ] Sharpe ratio looked at\n\n## Operations\n\n- [x] Disk looked at\n';

/** A home with keys of its own, and a pack whose allowed_signers has these lines; `KEY` stands for the key of the home. */
function home(lines: string): { pack: string; ssh: string } {
  const folder = temporaryFolder();
  const [pack, ssh] = [join(folder, 'pack'), join(folder, '.ssh')];
  mkdirSync(ssh, { mode: 0o700 });
  mkdirSync(join(pack, 'runbooks'), { recursive: true });
  vi.stubEnv('HOME', folder);
  vi.stubEnv('SSH_AUTH_SOCK', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const key = new Oracle(ssh).makeKey('id_ed25519', 'ed25519');
  writeFileSync(join(pack, 'launch.yaml'), launchYaml);
  writeFileSync(join(pack, 'checklist.md'), checklist);
  writeFileSync(join(pack, 'allowed_signers'), lines.replaceAll('KEY', key));
  return { pack, ssh };
}

async function openAt(pack: string): Promise<Client> {
  const service = await createService({ dataFolder: temporaryFolder(), host: localHost('headless') });
  onTestFinished(() => service.close());
  const client = createRouterClient(service.router) as Client;
  expect(await client.pack.open({ folder: pack, mode: 'live' })).toMatchObject({ ok: true });
  return client;
}

describe('the present person', () => {
  it('may answer for the roles that launch.yaml and allowed_signers give their key, and hears why not for others', async () => {
    const { pack, ssh } = home('ada@example.com namespaces="holdpoint-*" KEY\n');
    const client = await openAt(pack);
    const { keys, roles } = await client.signoff.signers();
    const keyFile = join(ssh, 'id_ed25519');
    expect(keys).toMatchObject([{ keyFile, names: ['ada@example.com'], why: '', inAgent: false }]);
    expect(roles).toMatchObject([
      { role: 'ml-engineer', why: '', by: [{ as: 'ada@example.com', keyFile, caution: '' }] },
      { role: 'devops', by: [], notAlso: ['ML Engineer'] },
    ]);
    expect(roles[1]?.why).toBe(
      'Here signs ada@example.com. As DevOps may sign: bob@example.com. launch.yaml says so.',
    );
  });

  it.each([
    ['', 'allowed_signers has no line with this key.'],
    [
      'ada@example.com namespaces="git" KEY\n',
      'allowed_signers line 1: it may sign for git, not for holdpoint-signoff.',
    ],
    [
      'ada@example.com valid-before="20200101Z" KEY\n',
      'allowed_signers line 1: it was valid until 2020-01-01T00:00:00.000Z.',
    ],
    [
      'ada@example.com valid-after="29990101Z" KEY\n',
      'allowed_signers line 1: it is valid from 2999-01-01T00:00:00.000Z on.',
    ],
    [
      '*@lab.example.com KEY\n',
      'allowed_signers line 1 is for *@lab.example.com. Sign by your own name among them: choose another name and key.',
    ],
  ])('with allowed_signers %j hears: %s', async (lines, why) => {
    const { pack } = home(lines);
    const { keys, roles } = await (await openAt(pack)).signoff.signers();
    expect(keys).toMatchObject([{ names: [], why }]);
    expect(roles[0]?.by).toEqual([]);
    expect(roles[0]?.why).not.toBe('');
  });

  it('is warned before a signature that would not count, because the same name answers a role that excludes it', async () => {
    const { pack } = home('ada@example.com,bob@example.com KEY\n');
    const client = await openAt(pack);
    const { roles } = await client.signoff.signers();
    const by = roles[0]?.by.find(({ as }) => as === 'ada@example.com');
    expect(roles[1]?.by).toMatchObject([{ as: 'bob@example.com', caution: '' }]);
    await client.signoff.sign({
      role: 'ml-engineer',
      value: 'go',
      as: 'ada@example.com',
      keyFile: by?.keyFile ?? '',
    });
    expect((await client.signoff.signers()).roles[1]?.by[0]?.caution).toBe('');
    writeFileSync(join(pack, 'launch.yaml'), launchYaml.replace('signers: bob@', 'signers: ada@'));
    await client.pack.reload();
    expect((await client.signoff.signers()).roles[1]?.by).toMatchObject([
      {
        as: 'ada@example.com',
        caution: 'ada@example.com answers as ML Engineer already; another person must answer.',
      },
    ]);
  });

  it('signs with a key that only an agent has', async () => {
    const { pack, ssh } = home('');
    const socket = join(ssh, 'agent.sock');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    onTestFinished(() => void agent.kill());
    vi.stubEnv('SSH_AUTH_SOCK', socket);
    const key = new Oracle(ssh).makeKey('elsewhere', 'ecdsa', 256);
    await vi.waitFor(() => expect(spawnSync('ssh-add', ['-q', join(ssh, 'elsewhere')]).status).toBe(0));
    for (const name of ['elsewhere', 'elsewhere.pub']) rmSync(join(ssh, name));
    writeFileSync(join(pack, 'allowed_signers'), `ada@example.com ${key}\n`);
    const client = await openAt(pack);
    const { keys, roles } = await client.signoff.signers();
    expect(keys.map(({ inAgent, names }) => [inAgent, names])).toEqual([
      [false, []],
      [true, ['ada@example.com']],
    ]);
    const by = { as: 'ada@example.com', keyFile: roles[0]?.by[0]?.keyFile ?? '' };
    const { standings } = await client.signoff.sign({ ...by, role: 'ml-engineer', value: 'go' });
    expect(standings[0]).toMatchObject({ verdict: 'go' });
  });

  it('makes a key that only its passphrase opens, and gets the line that allowed_signers needs', async () => {
    const { pack, ssh } = home('');
    const client = await openAt(pack);
    await expect(client.signoff.makeKey({ passphrase: '' })).rejects.toThrow(/Give a passphrase/);
    const { keys } = await client.signoff.makeKey({ passphrase: 'open sesame' });
    const file = join(ssh, 'id_ed25519_holdpoint');
    expect(keys.map(({ keyFile }) => keyFile)).toEqual([join(ssh, 'id_ed25519'), file]);
    const [, , made] = readFileSync(`${file}.pub`, 'utf8').match(/^(\S+) (\S+)/) ?? [];
    expect(keys[1]?.line).toBe(`NAME namespaces="holdpoint-signoff" ssh-ed25519 ${made}`);
    const tool = new Oracle(ssh);
    expect(tool.run(['-y', '-P', '', '-f', file]).ok).toBe(false);
    expect(tool.run(['-y', '-P', 'open sesame', '-f', file]).ok).toBe(true);
    await expect(client.signoff.makeKey({ passphrase: 'another' })).rejects.toThrow(/There is a key already/);
  });
});

it('a service that ends says no to what is asked, so that no ssh-keygen goes on waiting', async () => {
  const { pack, ssh } = home('');
  const key = new Oracle(ssh);
  key.run(['-q', '-t', 'ed25519', '-N', 'open sesame', '-C', '', '-f', 'locked']);
  const line = readFileSync(join(ssh, 'locked.pub'), 'utf8');
  writeFileSync(join(pack, 'allowed_signers'), `ada@example.com ${line}`);
  const service = await createService({ dataFolder: temporaryFolder(), host: localHost('headless') });
  const client = createRouterClient(service.router) as Client;
  await client.pack.open({ folder: pack, mode: 'live' });
  const prompts = await client.signoff.watchPrompts(undefined);
  const asked = prompts.next();
  const by = { as: 'ada@example.com', keyFile: join(ssh, 'locked') };
  const signing = client.signoff.sign({ ...by, role: 'ml-engineer', value: 'go' });
  const ended = expect(signing).rejects.toThrow(/Nothing was signed/);
  expect((await asked).value).toMatchObject({ kind: 'secret', open: true });
  await service.close();
  await ended;
});

describe('before and after a signature', () => {
  it('says in plain words what is signed, and shows afterwards which signatures count', async () => {
    const { pack, ssh } = home('ada@example.com KEY\n');
    const client = await openAt(pack);
    const by = { as: 'ada@example.com', keyFile: join(ssh, 'id_ed25519') };
    const { subjects, doubts, doubted } = await client.signoff.toSign({ role: 'ml-engineer' });
    expect(subjects.map(({ name, text }) => [name, text])).toEqual([
      ['checklist', 'The text of 1 section of the checklist, word for word'],
      ['items', 'The state of 1 item and what was measured for them: 1 open'],
      ['policy', expect.any(String)],
    ]);
    expect(doubts).toMatchObject([{ title: 'Sharpe ratio looked at', status: 'open' }]);
    expect(doubted).toBe(1);
    await expect(client.signoff.toSign({ role: 'lead' })).rejects.toThrow(/names no signers/);

    await client.signoff.sign({ ...by, role: 'ml-engineer', value: 'no-go', condition: 'not looked at' });
    await client.signoff.sign({ ...by, role: 'ml-engineer', value: 'go' });
    const sameText = subjects.map(({ sha256 }) => sha256);
    expect(
      (await client.signoff.toSign({ role: 'ml-engineer' })).subjects.map(({ sha256 }) => sha256),
    ).toEqual(sameText);
    const { history, signatures } = await client.signoff.get();
    expect(signatures).toBe(2);
    expect(history).toMatchObject([
      { text: 'Says go as ml-engineer', standing: 'counts', fingerprint: expect.stringMatching(/^SHA256:/) },
      { text: 'Says no go as ml-engineer: not looked at', standing: 'replaced' },
    ]);
    const item = (await client.checklist.get()).items[0]?.id ?? '';
    await client.checklist.mark({ item, state: 'done' });
    expect((await client.signoff.get()).history[0]).toMatchObject({ standing: 'outdated' });
  });

  it('shows of a file what it would change before anything is kept', async () => {
    const { pack, ssh } = home('ada@example.com,bob@example.com KEY\n');
    const [here, there] = [await openAt(pack), await openAt(pack)];
    const keyFile = join(ssh, 'id_ed25519');
    const item = (await here.checklist.get()).items[0]?.id ?? '';
    await here.signoff.review({ as: 'ada@example.com', keyFile, marks: [{ item, state: 'done' }] });
    await there.signoff.review({
      as: 'bob@example.com',
      keyFile,
      marks: [{ item, state: 'failed', reason: 'too old' }],
    });
    await there.signoff.sign({ role: 'devops', value: 'go', as: 'bob@example.com', keyFile });
    const path = join(temporaryFolder(), 'review.zip');
    await there.signoff.export({ path });
    const preview = await here.signoff.import({ path, keep: false });
    expect(preview.added.map(({ text }) => text).sort()).toEqual([
      'Marks 1 item, with 0 comments',
      'Says go as devops',
    ]);
    expect(preview.effects).toEqual([
      {
        ...{ kind: 'item', about: item, title: 'Sharpe ratio looked at' },
        before: 'done by ada@example.com',
        after: expect.stringMatching(
          /^disputed: (?=.*done by ada)(?=.*failed by bob@example\.com \(too old\))/,
        ),
      },
      { kind: 'role', about: 'devops', title: 'DevOps', before: 'missing', after: 'go' },
    ]);
    expect((await here.signoff.get()).reviewed).toMatchObject([{ disputed: false }]);
    await here.signoff.import({ path, keep: true });
    expect((await here.signoff.get()).reviewed).toMatchObject([{ disputed: true }]);
    await expect(here.signoff.import({ path: 'review.zip', keep: false })).rejects.toThrow(/whole path/);
  });
});

describe('pinned entries', () => {
  it('tell a launch again in somebody’s words, in the order it happened', async () => {
    const { pack } = home('');
    const copy = join(temporaryFolder(), 'pack');
    cpSync(pack, copy, { recursive: true });
    const client = await openAt(copy);
    const [first, second] = (await client.checklist.get()).items.map(({ id }) => id);
    await client.checklist.mark({ item: first ?? '', state: 'blocked', reason: 'waits for <b>data</b>' });
    await client.checklist.mark({ item: second ?? '', state: 'open' });
    const { rows } = await client.journal.page({});
    const [newest, oldest] = [rows[0], rows.at(-1)];
    if (!newest || !oldest) throw new Error('the journal tells nothing');
    await client.journal.pin({ ...newest, note: '' });
    await client.journal.pin({ ...oldest, note: 'first words' });
    const pins = await client.journal.pin({ ...oldest, note: 'Nobody\nknew # this' });
    expect(pins.map(({ row, note }) => [row.seq, note])).toEqual([
      [oldest.seq, 'Nobody\nknew # this'],
      [newest.seq, ''],
    ]);
    const { name, markdown } = await client.journal.story();
    expect(name).toBe('timeline-apex-1.0.0.md');
    expect(markdown).toMatch(/^# Timeline of Apex 1\.0\.0\n/);
    expect(markdown).toContain('  > Nobody\n  > knew \\# this\n');
    expect(markdown).not.toContain('<b>');
    await client.journal.unpin(newest);
    expect((await client.journal.pins()).map(({ row }) => row.seq)).toEqual([oldest.seq]);
    await expect(client.journal.pin({ device: oldest.device, seq: 9999, note: '' })).rejects.toThrow(
      /There is no entry 9999/,
    );
    const told = (await client.journal.page({ groups: ['pin'] })).rows.map(({ text }) => text);
    expect(told).toEqual([
      `Took the pin off entry ${newest.seq}`,
      `Pinned entry ${oldest.seq}: Nobody\nknew # this`,
      `Pinned entry ${oldest.seq}: first words`,
      `Pinned entry ${newest.seq}`,
    ]);
  });
});
