import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSsh, type Ssh, SshError } from '../../../electron/ssh/index.ts';
import { createSshLab, freePort, type LabHost, type SshLab } from '../../support/sshd.ts';
import { setScene, until } from './support.ts';

let lab: SshLab;
let ssh: Ssh;
let alpha: LabHost;
let beta: LabHost;

beforeAll(async () => {
  lab = createSshLab();
  ssh = createSsh({ configFile: lab.configFile });
  [alpha, beta] = await Promise.all([lab.addHost('alpha'), lab.addHost('beta')]);
});

afterAll(async () => {
  await ssh.close();
  await lab.close();
});

const logins = (host: LabHost) => host.log().split('Accepted publickey').length - 1;

describe('a program on a host', () => {
  it('gives its output, its error output and its exit code, whichever that is', async () => {
    for (const code of [0, 1, 137, 255]) {
      const ran = await ssh.run('alpha', `echo out; echo err >&2; exit ${code}`);
      expect(ran).toEqual({ exitCode: code, stdout: 'out\n', stderr: 'err\n' });
    }
  });

  it('that cannot be parsed fails as a command does, and says why', async () => {
    const ran = await ssh.run('alpha', 'echo before; if true; then');
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toMatch(/syntax error/i);
  });

  it('whose shell is killed gives no exit code, and a killed command gives 128 and the signal', async () => {
    expect((await ssh.run('alpha', 'kill -9 $$')).exitCode).toBeNull();
    expect((await ssh.run('alpha', 'sh -c "kill -9 \\$\\$"')).exitCode).toBe(137);
  });

  it('is not disturbed by what the login prints', async () => {
    writeFileSync(join(beta.home, '.bashrc'), 'echo welcome; echo careful >&2; printf "no newline"\n');
    expect(await ssh.run('beta', 'echo out; echo err >&2')).toEqual({
      exitCode: 0,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('reads its standard input byte for byte', async () => {
    const payload = randomBytes(3_000_000);
    async function* chunks() {
      for (let at = 0; at < payload.length; at += 70_000) yield payload.subarray(at, at + 70_000);
    }
    const digest = createHash('sha256').update(payload).digest('hex');
    for (const stdin of [payload, chunks()]) {
      expect((await ssh.run('alpha', 'sha256sum', { stdin })).stdout).toContain(digest);
    }
  });

  it('has an empty standard input where none is given', async () => {
    expect((await ssh.run('alpha', 'cat; echo end')).stdout).toBe('end\n');
  });

  it('is told of output as it comes, with nothing kept', async () => {
    const hash = createHash('sha256');
    const ran = await ssh.run('alpha', 'yes "holdpoint" | head -c 5000000', {
      onOutput: (chunk) => void hash.update(chunk),
    });
    expect(ran).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const expected = createHash('sha256').update('holdpoint\n'.repeat(500_000));
    expect(hash.digest('hex')).toBe(expected.digest('hex'));
  });

  it('that leaves something running in the background does not hold up its result', async () => {
    const ran = await ssh.run('alpha', 'sleep 60 & echo $!');
    expect(ran.exitCode).toBe(0);
    await ssh.run('alpha', `kill ${ran.stdout}`);
  });

  it('that takes too long is given up with a sentence, and one that is aborted with the reason', async () => {
    await expect(ssh.run('alpha', 'sleep 60', { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'timeout',
      host: 'alpha',
      message: expect.stringContaining('did not end on alpha within 0.3 s'),
    });
    const abort = new AbortController();
    const run = ssh.run('alpha', 'echo begun; sleep 60', {
      signal: abort.signal,
      onOutput: () => abort.abort('enough'),
    });
    await expect(run).rejects.toBe('enough');
  });
});

describe('a connection', () => {
  it('is shared: one login serves every run on a host', async () => {
    const before = logins(alpha);
    await Promise.all(Array.from({ length: 12 }, () => ssh.run('alpha', ':')));
    expect(logins(alpha)).toBe(Math.max(before, 1));
    expect(ssh.connected()).toContain('alpha');
  });

  it('carries eight sessions at once and lets the others wait', async () => {
    const count = join(alpha.home, 'count');
    // Each program counts those that run with it: itself and the others that have not removed their mark yet.
    const program = `mkdir -p ${count}; : > ${count}/$$; sleep 0.2; ls ${count} | wc -l; rm ${count}/$$`;
    const runs = await Promise.all(Array.from({ length: 12 }, () => ssh.run('alpha', program)));
    const atOnce = Math.max(...runs.map(({ stdout }) => Number(stdout)));
    expect(atOnce).toBeGreaterThan(1);
    expect(atOnce).toBeLessThanOrEqual(8);
  });

  it('to one host does not wait for one to another', async () => {
    const [there, back] = [join(alpha.home, 'there'), join(alpha.home, 'back')];
    const wait = (path: string) => `until [ -e ${path} ]; do sleep 0.05; done`;
    // Each waits for the other, so they only end when both run.
    const [a, b] = await Promise.all([
      ssh.run('alpha', `: > ${there}; ${wait(back)}`),
      ssh.run('beta', `${wait(there)}; : > ${back}`),
    ]);
    expect([a.exitCode, b.exitCode]).toEqual([0, 0]);
  });

  it('to a server that takes two sessions still runs everything over one login', async () => {
    const small = await lab.addHost('small', { serverLines: ['MaxSessions 2'] });
    const runs = await Promise.all(Array.from({ length: 6 }, () => ssh.run('small', 'sleep 0.1')));
    expect(runs.every(({ exitCode }) => exitCode === 0)).toBe(true);
    expect(logins(small)).toBe(1);
  });

  it('is opened for at most ten hosts of one server at once', async () => {
    // From the eleventh on this server drops every login.
    const server = await lab.addHost('many-1', { serverLines: ['MaxStartups 10:100:10'] });
    const names = Array.from({ length: 24 }, (_, index) => `many-${index + 1}`);
    const config = readFileSync(lab.configFile, 'utf8').replace('Host many-1\n', 'Host many-*\n');
    writeFileSync(lab.configFile, config);
    await Promise.all(names.map((name) => ssh.connect(name)));
    expect(logins(server)).toBe(names.length);
  });

  it('that ended is opened again by the next run, which never connects on its own', async () => {
    const host = await lab.addHost('gone');
    await ssh.run('gone', ':');
    const changes: boolean[] = [];
    const stop = ssh.onChange(() => changes.push(ssh.connected().includes('gone')));
    await host.stop();
    await until('the end of the connection is noticed', () => !ssh.connected().includes('gone'));
    await expect(ssh.run('gone', ':')).rejects.toMatchObject({ code: 'unreachable' });
    await host.start();
    await ssh.run('gone', ':');
    stop();
    expect(changes).toEqual([false, true]);
    expect(logins(host)).toBe(2);
  });

  it('is not in the way of what ssh_config asks for interactive sessions', async () => {
    const port = await freePort();
    await lab.addHost('fancy', {
      clientLines: [
        'RequestTTY force',
        'RemoteCommand echo not this',
        `LocalForward ${port} 127.0.0.1:1`,
        'ExitOnForwardFailure yes',
        'ControlMaster auto',
        `ControlPath ${join(lab.folder, 'own-%n')}`,
        'LogLevel QUIET',
        'StrictHostKeyChecking no',
        'ForwardX11 yes',
      ],
    });
    expect((await ssh.run('fancy', 'echo this')).stdout).toBe('this\n');
    expect(existsSync(join(lab.folder, 'own-fancy'))).toBe(false);
  });
});

describe('trouble is told with its host and a remedy', () => {
  it('when the name does not resolve, the port refuses, or nobody answers', async () => {
    const port = await freePort();
    writeFileSync(
      lab.configFile,
      `${readFileSync(lab.configFile, 'utf8')}Host shut\n  HostName 127.0.0.1\n  Port ${port}\n`,
    );
    const cases = [
      ['shut', /^shut refuses connections on its SSH port/],
      ['nowhere.invalid', /nowhere\.invalid does not resolve/],
      ['-oProxyCommand=true', /is not a host name/],
      ['a b', /is not a host name/],
    ] as const;
    for (const [host, message] of cases) {
      const failure = ssh.run(host, ':');
      await expect(failure).rejects.toBeInstanceOf(SshError);
      await expect(failure).rejects.toMatchObject({
        code: 'unreachable',
        host,
        message: expect.stringMatching(message),
      });
    }
  });

  it('when the user is not let in', async () => {
    await lab.addHost('closed', { serverLines: ['AuthorizedKeysFile none'] });
    await expect(ssh.run('closed', ':')).rejects.toMatchObject({
      code: 'refused',
      host: 'closed',
      message: expect.stringMatching(/^closed does not let \S+ in: .*Permission denied.*ssh-add -l/),
    });
  });

  it('when the account runs no shell', async () => {
    await lab.addHost('shell-less', { serverLines: ['ForceCommand echo no shell for you; exit 1'] });
    await expect(ssh.run('shell-less', ':')).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/runs no shell: no shell for you/),
    });
  });

  it('when there is no ssh on this machine', async () => {
    const without = createSsh({ configFile: lab.configFile, program: '/nowhere/ssh' });
    onTestFinished(() => without.close());
    await expect(without.run('alpha', ':')).rejects.toMatchObject({ code: 'no-ssh', host: 'alpha' });
  });
});

describe.concurrent('a broken link', () => {
  it('that is dropped while a program runs says so, and the next run connects again', async (context) => {
    const scene = setScene(context);
    const client = scene.client();
    const { proxy } = await scene.proxiedHost('far');
    const run = client.run('far', 'echo begun; sleep 60', { onOutput: () => proxy.drop() });
    await expect(run).rejects.toMatchObject({ code: 'link-lost', host: 'far' });
    expect((await client.run('far', 'echo again')).stdout).toBe('again\n');
  });

  it('that is frozen is noticed by its silence', async (context) => {
    const scene = setScene(context);
    const client = scene.client();
    const { proxy } = await scene.proxiedHost('far');
    const run = client.run('far', 'echo begun; sleep 60', { onOutput: () => proxy.freeze() });
    await expect(run).rejects.toMatchObject({ code: 'link-lost', host: 'far' });
    await until('the dead connection is forgotten', () => client.connected().length === 0);
    proxy.thaw();
    expect((await client.run('far', 'echo again')).stdout).toBe('again\n');
  });

  it('is not waited for after the machine slept: reset drops it and the next run connects anew', async (context) => {
    const scene = setScene(context);
    const client = scene.client({ keepAliveSeconds: 600 });
    const { host, proxy } = await scene.proxiedHost('far');
    await client.connect('far');
    proxy.freeze();
    // Nothing of it has run when its connection is dropped, so it may as well run over the next one.
    const stuck = client.run('far', ':').catch((error) => error.code);
    await client.reset();
    expect(client.connected()).toEqual([]);
    proxy.thaw();
    await client.run('far', ':');
    expect([{ exitCode: 0, stdout: '', stderr: '' }, 'link-lost']).toContainEqual(await stuck);
    expect(logins(host)).toBe(2);
  });

  it('in the middle of a half-closed stream is a lost link too', async (context) => {
    const scene = setScene(context);
    const client = scene.client();
    const { proxy } = await scene.proxiedHost('far');
    const run = client.run('far', 'echo begun; sleep 60', { onOutput: () => proxy.halfClose() });
    await expect(run).rejects.toMatchObject({ code: 'link-lost' });
  });
});

describe.concurrent('connections that nobody needs any more', () => {
  const sockets = (folder: string) =>
    readdirSync(folder, { recursive: true }).filter((name) => /\/m\d+$/.test(`${name}`));

  it('end with the service that opened them', async (context) => {
    const { lab: own, client } = setScene(context);
    await own.addHost('target');
    const controlFolder = join(own.folder, 'control');
    const service = client({ controlFolder });
    await service.connect('target');
    expect(sockets(controlFolder)).toHaveLength(1);
    await service.close();
    expect(readdirSync(controlFolder)).toEqual([]);
  });

  it('end by themselves when the service was killed, and the next one tidies up', async (context) => {
    const { lab: own, client } = setScene(context);
    await own.addHost('target');
    const controlFolder = join(own.folder, 'control');
    const args = [own.configFile, own.folder, 'target', 'some-job', 'sleep 60'];
    const service = spawn(process.execPath, [join(import.meta.dirname, 'client.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, CONTROL_FOLDER: controlFolder },
    });
    await once(service.stdout, 'data');
    service.kill('SIGKILL');
    expect(sockets(controlFolder)).toHaveLength(1);
    await until('the master has ended', () => sockets(controlFolder).length === 0);
    const next = client({ controlFolder });
    expect(readdirSync(controlFolder)).toEqual([expect.stringMatching(`^${process.pid}-`)]);
    await next.close();
  });

  it('are opened anew where the system has cleaned their folder away', async (context) => {
    const { lab: own, client } = setScene(context);
    await own.addHost('target');
    const controlFolder = join(own.folder, 'control');
    const ssh = client({ controlFolder });
    await ssh.connect('target');
    rmSync(controlFolder, { recursive: true });
    expect((await ssh.run('target', 'echo again')).stdout).toBe('again\n');
    expect(sockets(controlFolder)).toHaveLength(1);
  });

  it('never share a folder that others can write to', async (context) => {
    const { lab: own, client } = setScene(context);
    const controlFolder = join(own.folder, 'control');
    mkdirSync(controlFolder, { mode: 0o777 });
    chmodSync(controlFolder, 0o777);
    await own.addHost('target');
    await client({ controlFolder }).connect('target');
    expect(readdirSync(controlFolder)).toEqual([]);
  });
});

describe('a jump host', () => {
  it('is passed on the way, and named when its key is unknown', async () => {
    await lab.addHost('bastion');
    await lab.addHost('inner', { clientLines: ['ProxyJump bastion'] });
    expect((await ssh.run('inner', 'echo inside')).stdout).toBe('inside\n');
    expect(await ssh.resolve('inner')).toMatchObject({
      host: 'inner',
      hostname: '127.0.0.1',
      via: 'bastion',
    });

    await lab.addHost('strange', { known: false });
    await lab.addHost('behind', { clientLines: ['ProxyJump strange'] });
    const named = { code: 'key-unknown', host: 'strange' };
    await expect(ssh.run('behind', ':')).rejects.toMatchObject(named);
    await expect(ssh.presentedKey('behind')).rejects.toMatchObject(named);
  });
});

describe('a client that cannot share connections, as on Windows', () => {
  it('runs programs with a connection each, and tells trouble the same way', async () => {
    const single = createSsh({ configFile: lab.configFile, multiplex: false });
    onTestFinished(() => single.close());
    await single.connect('alpha');
    const runs = await Promise.all(
      Array.from({ length: 12 }, (_, index) => single.run('alpha', `echo ${index}; exit 3`)),
    );
    expect(runs.map(({ stdout, exitCode }) => [stdout, exitCode])).toEqual(
      Array.from({ length: 12 }, (_, index) => [`${index}\n`, 3]),
    );
    await lab.addHost('unmet', { known: false });
    await expect(single.run('unmet', ':')).rejects.toMatchObject({ code: 'key-unknown' });
    await expect(single.run('nowhere.invalid', ':')).rejects.toMatchObject({ code: 'unreachable' });
    await expect(single.run('shell-less', ':')).rejects.toMatchObject({ code: 'refused' });
  });
});
