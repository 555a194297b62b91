import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type SandboxController } from '../../../electron/sandbox/index.ts';
import { makeTemporaryFolder, processesOf, resources, run, ssh } from './support.ts';

const hosts = ['stg-1', 'prd-1', 'prd-2'];
let parent: string;
let folder: string;
let sandbox: SandboxController;

beforeAll(async () => {
  parent = makeTemporaryFolder();
  // Every character here has to be quoted somewhere.
  folder = join(parent, 'a b%h#c');
  sandbox = createSandbox({ folder, resources });
  await sandbox.start();
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(parent, { recursive: true, force: true });
});

const on = (host: string, command: string, options: string[] = []) => ssh(folder, host, command, options);
const sshdPids = () =>
  hosts.map((host) => readFileSync(join(folder, 'sshd', host, 'sshd.pid'), 'utf8').trim());
const servicePids = () =>
  hosts.flatMap((host) =>
    ['apex-ranker', 'neural-trading'].map((system) =>
      readFileSync(join(folder, 'hosts', host, 'srv', system, 'shared', 'run', `${system}.pid`), 'utf8'),
    ),
  );

describe('a running sandbox', () => {
  it('has three hosts with the previous version of each system on them', async () => {
    const state = await sandbox.state();
    expect(state).toMatchObject({ state: 'running', problem: '', folder });
    expect(state.hosts.map(({ host }) => host)).toEqual(hosts);
    for (const host of state.hosts) {
      expect(host).toMatchObject({ running: true, fault: 'none', faultVersion: '' });
      expect(host.serves).toBe('apex-ranker 0.1.9 · neural-trading 1.3.2');
    }
    const ports = state.hosts.flatMap(({ port, services }) => [
      port,
      ...services.map((service) => service.port),
    ]);
    expect(new Set(ports).size).toBe(9);
  });

  it('lets one in on each host, in its own home, with a Node that runs the service', async () => {
    for (const host of hosts) {
      const home = join(folder, 'hosts', host);
      const { code, stdout, stderr } = await on(
        host,
        'pwd; echo "$HOME"; id -un; node -p process.versions.node; exit 7',
      );
      const [pwd, homeThere, user, node] = stdout.split('\n');
      expect({ pwd, homeThere, user, stderr }).toEqual({
        pwd: home,
        homeThere: home,
        user: userInfo().username,
        stderr: '',
      });
      expect(Number(node?.split('.')[0])).toBeGreaterThanOrEqual(22);
      expect(code).toBe(7);
    }
  });

  it('runs a command as it was sent, and gives programs their input', async () => {
    const script = `printf '%s|' "$1" 'a  b' '$HOME' "it's"; cat`;
    const child = spawn('ssh', [
      '-F',
      join(folder, 'ssh_config'),
      'stg-1',
      `sh -c ${quote(script)} - 'x\ny'`,
    ]);
    child.stdin.end('from here');
    let output = '';
    for await (const chunk of child.stdout) output += chunk;
    expect(output).toBe(`x\ny|a  b|$HOME|it's|from here`);
  });

  it('takes files by sftp into the same home', async () => {
    writeFileSync(join(parent, 'file'), 'bytes');
    const sftp = ['-q', '-F', join(folder, 'ssh_config'), '-b', '-', 'prd-2'];
    execFileSync('sftp', sftp, {
      input: `put "${join(parent, 'file')}" arrived\n`,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    expect(readFileSync(join(folder, 'hosts', 'prd-2', 'arrived'), 'utf8')).toBe('bytes');
  });

  it('shows each host’s own key, known beforehand; a host with another key is refused', async () => {
    const keys = hosts.map((host) => readFileSync(join(folder, 'sshd', host, 'host_key.pub'), 'utf8'));
    expect(new Set(keys).size).toBe(3);
    const swapped = join(parent, 'swapped');
    const lines = readFileSync(join(folder, 'known_hosts'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    writeFileSync(
      swapped,
      lines.map(([place], index) => `${place} ssh-ed25519 ${lines[(index + 1) % 3]?.[2]}\n`).join(''),
    );
    const refused = await on('stg-1', 'true', [
      '-o',
      `UserKnownHostsFile="${swapped.replaceAll('%', '%%')}"`,
    ]);
    expect(refused.code).toBe(255);
    expect(refused.stderr).toMatch(/REMOTE HOST IDENTIFICATION HAS CHANGED/);
  });

  it('records the installed release as a good deploy does', () => {
    for (const [system, version] of [
      ['apex-ranker', '0.1.9'],
      ['neural-trading', '1.3.2'],
    ] as const) {
      const root = join(folder, 'hosts', 'prd-1', 'srv', system);
      const record = JSON.parse(
        readFileSync(join(root, 'releases', '.holdpoint', `${version}-base.json`), 'utf8'),
      );
      expect(record).toEqual({
        release: `${version}-base`,
        version,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        run: 'sandbox',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        outcome: 'good',
      });
    }
  });

  it('keeps secrets to its owner', () => {
    for (const path of ['secrets.json', 'client_key', 'hosts/stg-1/srv/apex-ranker/shared/.env']) {
      expect(statSync(join(folder, path)).mode & 0o077).toBe(0);
    }
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('starting it again starts nothing', async () => {
    const before = [sshdPids(), servicePids()];
    await createSandbox({ folder, resources }).start();
    expect([sshdPids(), servicePids()]).toEqual(before);
  });
});

describe('a rehearsal', () => {
  it('gets root, port, bundle and keys that let it deploy by hand', async () => {
    const overlay = await sandbox.overlay('APEX-Ranker', '0.2.0-production');
    expect(overlay.sshConfig).toBe(join(folder, 'ssh_config'));
    expect(overlay.needs.bundle).toBe(join(folder, 'bundles', 'apex-ranker-0.2.0-production.tar.gz'));
    const { root = '', port, service, home } = overlay.hostVars['stg-1'] ?? {};
    expect(home).toBe(join(folder, 'hosts', 'stg-1'));

    const bundle = readFileSync(overlay.needs.bundle);
    const child = spawn('ssh', ['-F', overlay.sshConfig, 'stg-1', `cat >${quote(`${root}/bundle.tar.gz`)}`]);
    child.stdin.end(bundle);
    await new Promise((resolve) => child.on('close', resolve));
    const deployed = await on(
      'stg-1',
      `set -eu; cd ${quote(root)}; mkdir releases/0.2.0-production-r1
       tar -xzf bundle.tar.gz -C releases/0.2.0-production-r1
       ln -s releases/0.2.0-production-r1 current.new; mv -T current.new current; bin/service restart ${service}`,
    );
    expect(deployed).toMatchObject({ code: 0, stderr: '' });
    const [staging, production] = (await sandbox.state()).hosts;
    expect(staging?.serves).toBe('apex-ranker 0.2.0-production · neural-trading 1.3.2');
    expect(production?.serves).toBe('apex-ranker 0.1.9 · neural-trading 1.3.2');

    const key = overlay.secret('APEX_API_KEYS').split(',')[0]?.split(':')[1] ?? '';
    expect(overlay.secret('NEURAL_API_KEYS')).toBe(overlay.secret('APEX_API_KEYS'));
    expect(overlay.secret('PAGER_TOKEN')).toMatch(/^[0-9a-f]{40}$/);
    expect(overlay.secret('PAGER_TOKEN')).toBe(overlay.secret('PAGER_TOKEN'));
    const answer = await fetch(`http://127.0.0.1:${port}/predict`, { headers: { 'x-api-key': key } });
    expect((await answer.json()).version).toBe('0.2.0-production');
  });

  it('can make one version on one host misbehave, and is told of it', async () => {
    let heard = 0;
    const stop = sandbox.onChange(() => {
      heard += 1;
    });
    const health = async (host: number) => {
      const { services } = (await sandbox.state()).hosts[host] ?? {};
      return (await fetch(`http://127.0.0.1:${services?.[0]?.port}/healthz`)).status;
    };
    const state = await sandbox.setFault('stg-1', 'unhealthy', '0.2.0-production');
    expect(heard).toBe(1);
    expect(state.hosts[0]).toMatchObject({ fault: 'unhealthy', faultVersion: '0.2.0-production' });
    expect(state.hosts[1]).toMatchObject({ fault: 'none' });
    expect([await health(0), await health(1)]).toEqual([503, 200]);

    await on(
      'stg-1',
      'cd srv/apex-ranker; ln -sfn releases/0.1.9-base current; bin/service restart apex-ranker',
    );
    expect(await health(0)).toBe(200);
    stop();
    expect((await sandbox.setFault('stg-1', 'none')).hosts[0]?.fault).toBe('none');
    expect(heard).toBe(1);
    await expect(sandbox.setFault('prd-9', 'slow')).rejects.toMatchObject({ code: 'unknown-host' });
  });

  it('of a system the sandbox never heard of has a version to go back to as well', async () => {
    const overlay = await sandbox.overlay('my model', '3.0');
    expect(existsSync(overlay.needs.bundle)).toBe(true);
    const { port, service } = overlay.hostVars['prd-1'] ?? {};
    expect(service).toBe('my-model');
    expect(await (await fetch(`http://127.0.0.1:${port}/health`)).json()).toMatchObject({
      system: 'my-model',
      version: '0.0.1',
    });
  });

  it('can begin anew: the hosts are as they were, with the same keys and ports', async () => {
    await on('prd-1', 'touch left-over; rm -r srv/apex-ranker/releases');
    const before = (await sandbox.state()).hosts.map(({ port }) => port);
    const state = await sandbox.reset();
    expect(state.hosts.map(({ port }) => port)).toEqual(before);
    expect(state.hosts.map(({ serves }) => serves)).toEqual(
      hosts.map(() => 'apex-ranker 0.1.9 · neural-trading 1.3.2 · my-model 0.0.1'),
    );
    expect(existsSync(join(folder, 'hosts', 'prd-1', 'left-over'))).toBe(false);
    expect((await on('prd-1', 'true')).code).toBe(0);
  });
});

describe('the user’s own SSH files', () => {
  it('are neither read nor written, whatever HOME is', async () => {
    const ownSsh = join(userInfo().homedir, '.ssh');
    const before = listing(ownSsh);
    const home = join(parent, 'home');
    mkdirSync(join(home, '.ssh'), { recursive: true });
    // A configuration that would break everything, if anything read it.
    writeFileSync(join(home, '.ssh', 'config'), 'Host *\n  Port 1\n  ProxyCommand false\n');
    const beforeHome = listing(join(home, '.ssh'));
    const env = { ...process.env, HOME: home, SSH_AUTH_SOCK: '/nonexistent' };
    const { code, stderr } = await run('ssh', ['-v', '-F', join(folder, 'ssh_config'), 'stg-1', 'true'], env);
    expect(code).toBe(0);
    expect(stderr).not.toContain(`${ownSsh}/`);
    expect(stderr).not.toContain(join(home, '.ssh'));
    expect(stderr).not.toContain('/etc/ssh/ssh_config');
    expect(listing(ownSsh)).toEqual(before);
    expect(listing(join(home, '.ssh'))).toEqual(beforeHome);
  });
});

describe('stopping', () => {
  it('ends servers, sessions, services and what sessions left behind, even when a server was killed before', async () => {
    const left = `setsid sh -c 'trap "" TERM; while :; do sleep 0.2; done' </dev/null >/dev/null 2>&1 & echo ok`;
    expect((await on('stg-1', left)).stdout).toBe('ok\n');
    const session = on('prd-1', 'echo began; sleep 1000');
    await expect.poll(() => processesOf(folder).some((command) => command.includes('sleep 1000'))).toBe(true);
    process.kill(Number(sshdPids()[1]), 'SIGKILL');

    const state = await sandbox.stop();
    expect(state).toMatchObject({ state: 'stopped' });
    expect(state.hosts.map(({ running, serves }) => [running, serves])).toEqual(hosts.map(() => [false, '']));
    expect((await session).code).not.toBe(0);
    expect(processesOf(folder)).toEqual([]);
    expect((await sandbox.stop()).state).toBe('stopped');
  });

  it('forgets no port and no deploy; a start brings back what was there', async () => {
    const before = (await sandbox.state()).hosts.map(({ port }) => port);
    const state = await sandbox.start();
    expect(state.hosts.map(({ port, running }) => [port, running])).toEqual(
      before.map((port) => [port, true]),
    );
    expect((await on('prd-2', 'srv/apex-ranker/bin/service status apex-ranker')).code).toBe(0);
  });
});

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Names, sizes and times of a folder's files. */
function listing(path: string): string[] {
  if (!existsSync(path)) return ['absent'];
  return readdirSync(path).map((name) => {
    const { size, mtimeMs, ctimeMs } = statSync(join(path, name));
    return `${name} ${size} ${mtimeMs} ${ctimeMs}`;
  });
}
