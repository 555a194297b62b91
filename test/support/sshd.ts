import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export interface LabHostOptions {
  /** Whether its key stands in known_hosts from the start. */
  known?: boolean;
  /** Another port to reach it at, such as a proxy's. */
  reachedAt?: number;
  /** More lines for its block of ssh_config, such as `ProxyJump bastion`; they win over the lab's. */
  clientLines?: string[];
  /** More lines for its sshd_config; they win over the lab's. */
  serverLines?: string[];
}

export interface LabHost {
  name: string;
  port: number;
  /** What `$HOME` is on it. */
  home: string;
  /** `SHA256:…` of its host key. */
  fingerprint: string;
  /** What its sshd logged. */
  log(): string;
  /** Gives it another host key, as a reinstalled machine has. */
  changeKey(): Promise<void>;
  /** Ends its sshd and every connection; jobs go on. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Real sshd servers on loopback, with an ssh_config, keys and known_hosts of their own. */
export interface SshLab {
  folder: string;
  configFile: string;
  knownHosts: string;
  addHost(name: string, options?: LabHostOptions): Promise<LabHost>;
  /** Stops every server and every process started through them, and removes the folder. */
  close(): Promise<void>;
}

export function createSshLab(): SshLab {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-lab-'));
  const configFile = join(folder, 'ssh_config');
  const knownHosts = join(folder, 'known_hosts');
  const identity = join(folder, 'id');
  makeKey(identity);
  writeFileSync(join(folder, 'authorized_keys'), readFileSync(`${identity}.pub`));
  writeFileSync(configFile, '');
  writeFileSync(knownHosts, '');
  const hosts: LabHost[] = [];

  return {
    folder,
    configFile,
    knownHosts,
    async addHost(name, options = {}) {
      const host = await startHost(folder, name, options);
      hosts.push(host);
      const port = options.reachedAt ?? host.port;
      if (options.known ?? true)
        appendFileSync(knownHosts, `[127.0.0.1]:${port} ${publicKey(folder, name)}\n`);
      const block = [
        ...(options.clientLines ?? []),
        ...['HostName 127.0.0.1', `Port ${port}`, `User ${userInfo().username}`],
        ...[`IdentityFile "${identity}"`, 'IdentitiesOnly yes', `UserKnownHostsFile "${knownHosts}"`],
      ];
      appendFileSync(configFile, `Host ${name}\n${block.map((line) => `  ${line}\n`).join('')}`);
      return host;
    },
    async close() {
      await Promise.all(hosts.map((host) => host.stop()));
      killProcessesOf(folder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function startHost(folder: string, name: string, options: LabHostOptions): Promise<LabHost> {
  const home = join(folder, name);
  const [keyFile, logFile] = [join(folder, `${name}.key`), join(folder, `${name}.log`)];
  const configFile = join(folder, `${name}.sshd_config`);
  mkdirSync(home);
  makeKey(keyFile);
  // An sshd run by root wants its privilege separation folder.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const port = await freePort();
  // The first of two values wins.
  const lines = [
    ...(options.serverLines ?? []),
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey "${keyFile}"`, 'PidFile none'],
    ...[`AuthorizedKeysFile "${join(folder, 'authorized_keys')}"`, 'StrictModes no', 'UsePAM no'],
    ...['PasswordAuthentication no', 'LogLevel VERBOSE', `SetEnv "HOME=${home}"`],
  ];
  writeFileSync(configFile, `${lines.join('\n')}\n`);

  let server: ChildProcess | null = null;
  const host: LabHost = {
    name,
    port,
    home,
    get fingerprint() {
      return execFileSync('ssh-keygen', ['-lf', `${keyFile}.pub`], { encoding: 'utf8' }).split(' ')[1] ?? '';
    },
    log: () => readFileSync(logFile, 'utf8'),
    async changeKey() {
      await host.stop();
      makeKey(keyFile);
      await host.start();
    },
    async stop() {
      if (!server?.pid) return;
      const ended = new Promise((resolve) => server?.once('exit', resolve));
      const family = descendants(server.pid).filter(isSshd);
      server.kill('SIGKILL');
      for (const pid of family) kill(pid);
      await ended;
      server = null;
    },
    async start() {
      server = spawn(sshdPath(), ['-D', '-f', configFile, '-E', logFile], { stdio: 'ignore' });
      await listening(port, () => `${host.log()}`);
    },
  };
  await host.start();
  return host;
}

function sshdPath(): string {
  const paths = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'];
  const path = paths.find((one) => existsSync(one));
  if (!path) throw new Error('There is no sshd here. Install openssh-server.');
  return path;
}

function makeKey(path: string): void {
  rmSync(path, { force: true });
  rmSync(`${path}.pub`, { force: true });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
}

function publicKey(folder: string, name: string): string {
  return readFileSync(join(folder, `${name}.key.pub`), 'utf8').trim();
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function listening(port: number, why: () => string): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`sshd does not listen on port ${port}: ${why()}`);
}

/** All processes below one, by the parents the kernel names. */
function descendants(pid: number): number[] {
  const children = processes().filter((one) => parentOf(one) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function processes(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function parentOf(pid: number): number {
  return Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1]);
}

function isSshd(pid: number): boolean {
  return read(`/proc/${pid}/comm`).startsWith('sshd');
}

/** Kills everything whose home is below a folder: what a test left running that made the folder. */
export function killProcessesOf(folder: string): void {
  for (const pid of processes()) {
    if (pid !== process.pid && read(`/proc/${pid}/environ`).includes(`HOME=${folder}/`)) kill(pid);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
