import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ssh } from '../../../electron/ssh/index.ts';
import { createSsh } from '../../../electron/ssh/index.ts';
import { createSshLab, type SshLab } from '../../support/sshd.ts';

let lab: SshLab;
let ssh: Ssh;

beforeAll(() => {
  lab = createSshLab();
  ssh = createSsh({ configFile: lab.configFile });
});

afterAll(async () => {
  await ssh.close();
  await lab.close();
});

const known = () => readFileSync(lab.knownHosts, 'utf8');

it('a key nobody accepted is refused, shown without a login, and accepted by its fingerprint once', async () => {
  const host = await lab.addHost('new', { known: false });
  await expect(ssh.run('new', ':')).rejects.toMatchObject({
    code: 'key-unknown',
    host: 'new',
    message: expect.stringMatching(/^Nobody has accepted the host key of new .*accept it under Hosts/),
  });
  expect(await ssh.presentedKey('new')).toEqual({
    host: 'new',
    type: 'ED25519',
    fingerprint: host.fingerprint,
    knownHosts: lab.knownHosts,
  });
  expect(host.log()).not.toContain('Accepted');

  await ssh.trust('new', host.fingerprint);
  expect((await ssh.run('new', 'echo in')).stdout).toBe('in\n');
  const before = known();
  await ssh.trust('new', host.fingerprint);
  expect(known()).toBe(before);
  expect(await ssh.presentedKey('new')).toMatchObject({ fingerprint: host.fingerprint });
});

it('a key that is another than the one looked at is not accepted', async () => {
  const host = await lab.addHost('swapped', { known: false });
  const before = known();
  const seen = host.fingerprint;
  await host.changeKey();
  await expect(ssh.trust('swapped', seen)).rejects.toMatchObject({
    code: 'key-changed',
    message: expect.stringContaining(`now shows the key ${host.fingerprint}, not ${seen}`),
  });
  expect(known()).toBe(before);
});

it('a key that changed is reported with its place in known_hosts and never replaced', async () => {
  const host = await lab.addHost('reinstalled');
  await ssh.run('reinstalled', ':');
  await ssh.reset();
  await host.changeKey();
  const before = known();
  const line = before
    .split('\n')
    .findIndex((one) => one.includes(`:${host.port}]`) || one.includes(`:${host.port} `));
  const expected = {
    code: 'key-changed',
    host: 'reinstalled',
    message: expect.stringContaining(`remove line ${line + 1} of ${lab.knownHosts}`),
  };
  await expect(ssh.run('reinstalled', ':')).rejects.toMatchObject(expected);
  await expect(ssh.trust('reinstalled', host.fingerprint)).rejects.toMatchObject(expected);
  expect(known()).toBe(before);
  expect(await ssh.presentedKey('reinstalled')).toMatchObject({ fingerprint: host.fingerprint });
});

it('an accepted key goes where ssh_config says, in the form it asks for, into a folder made for the user alone', async () => {
  const file = join(lab.folder, 'a new folder', 'known hosts');
  const host = await lab.addHost('elsewhere', {
    known: false,
    clientLines: [`UserKnownHostsFile "${file}" "${lab.knownHosts}"`, 'HashKnownHosts yes'],
  });
  expect(await ssh.resolve('elsewhere')).toMatchObject({ knownHosts: [file, lab.knownHosts] });
  await ssh.trust('elsewhere', host.fingerprint);
  expect(readFileSync(file, 'utf8')).toMatch(/^\|1\|\S+ ssh-ed25519 \S+\n$/);
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  expect((await ssh.run('elsewhere', 'echo in')).stdout).toBe('in\n');
});

it('a known_hosts whose last line has no end keeps that line whole', async () => {
  const file = join(lab.folder, 'cut');
  writeFileSync(file, '# mine');
  const host = await lab.addHost('appended', { known: false, clientLines: [`UserKnownHostsFile ${file}`] });
  await ssh.trust('appended', host.fingerprint);
  expect(readFileSync(file, 'utf8')).toMatch(/^# mine\n\[127\.0\.0\.1\]:\d+ ssh-ed25519 \S+\n$/);
});

it('a host without a known_hosts file says that it can keep no key', async () => {
  const host = await lab.addHost('nowhere', { known: false, clientLines: ['UserKnownHostsFile none'] });
  await expect(ssh.trust('nowhere', host.fingerprint)).rejects.toMatchObject({
    code: 'key-unknown',
    message: expect.stringContaining('names no known_hosts file'),
  });
});

it('a revoked key is never accepted', async () => {
  const host = await lab.addHost('revoked', { known: false });
  const { fingerprint } = await ssh.presentedKey('revoked');
  const key = readFileSync(join(lab.folder, 'revoked.key.pub'), 'utf8').trim();
  appendFileSync(lab.knownHosts, `@revoked [127.0.0.1]:${host.port} ${key}\n`);
  const revoked = { code: 'key-changed', message: expect.stringContaining('marks as revoked') };
  await expect(ssh.run('revoked', ':')).rejects.toMatchObject(revoked);
  await expect(ssh.trust('revoked', fingerprint)).rejects.toMatchObject(revoked);
});

it('a host that is away says so instead of showing a key', async () => {
  const host = await lab.addHost('away');
  await host.stop();
  await expect(ssh.presentedKey('away')).rejects.toMatchObject({ code: 'unreachable', host: 'away' });
  await expect(ssh.trust('away', host.fingerprint)).rejects.toMatchObject({ code: 'unreachable' });
});
