import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';

const leastNode = 22;

/** Programs of this machine that the sandbox runs on, by absolute path. */
export interface Tools {
  sshd: string;
  sshKeygen: string;
  node: string;
  /** Null where there is none: the hosts then do without sftp. */
  sftpServer: string | null;
}

export type FoundTools = { ok: true; tools: Tools } | { ok: false; problem: string };

export interface ToolSearch {
  /** Folders with programs, in order. */
  folders: readonly string[];
  /** A Node to use instead of looking for one. */
  node?: string | undefined;
  /** The program this process runs on, and what it is. */
  self: { path: string; version: string; isElectron: boolean; platform: NodeJS.Platform };
}

/** Where the programs of this machine are: PATH, and the folders a desktop session has not on its PATH. */
export function usualSearch(node: string | undefined): ToolSearch {
  return {
    folders: [
      ...(process.env.PATH ?? '').split(delimiter).filter(isAbsolute),
      ...['/usr/sbin', '/usr/local/sbin', '/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/sbin'],
      ...['/opt/homebrew/bin', '/opt/homebrew/opt/openssh/sbin', '/usr/local/opt/openssh/sbin'],
    ],
    node,
    self: {
      path: process.execPath,
      version: process.versions.node,
      isElectron: 'electron' in process.versions,
      platform: process.platform,
    },
  };
}

/** Everything the sandbox needs, or the sentence that says what is missing and how to install it. */
export async function findTools(search: ToolSearch): Promise<FoundTools> {
  if (search.self.platform === 'win32') {
    return no(
      'The sandbox runs real SSH servers with a POSIX shell, which Windows does not have. Start Holdpoint inside WSL, or rehearse against a staging host.',
    );
  }
  const find = (name: string) => search.folders.map((folder) => join(folder, name)).find(isProgram);
  const [sshd, ssh, sshKeygen, tar] = ['sshd', 'ssh', 'ssh-keygen', 'tar'].map(find);
  if (!sshd) return no(`There is no sshd on this machine. Install it with: ${installLine('server')}`);
  if (!ssh || !sshKeygen) {
    return no(`There is no OpenSSH client on this machine. Install it with: ${installLine('client')}`);
  }
  if (!tar) return no(`There is no tar on this machine. Install it with: ${installLine('tar')}`);
  const node = await findNode(search, find('node'));
  if (!node) {
    return no(
      `There is no Node ${leastNode} or newer to run the demo service with. Install one from nodejs.org, or start Holdpoint with npm, which brings its own.`,
    );
  }
  return { ok: true, tools: { sshd, sshKeygen, node, sftpServer: sftpServers.find(isProgram) ?? null } };
}

const sftpServers = [
  '/usr/lib/openssh/sftp-server',
  '/usr/libexec/openssh/sftp-server',
  '/usr/libexec/sftp-server',
  '/usr/lib/ssh/sftp-server',
  '/usr/lib/sftp-server',
];

function no(problem: string): FoundTools {
  return { ok: false, problem };
}

async function findNode({ node, self }: ToolSearch, onPath: string | undefined): Promise<string | null> {
  if (!node && !self.isElectron && majorOf(self.version) >= leastNode) return self.path;
  const candidate = node ?? onPath;
  if (!candidate) return null;
  const run = promisify(execFile)(candidate, ['-p', 'process.versions.node'], { timeout: 5000 });
  const version = await run.then(
    ({ stdout }) => stdout,
    () => '',
  );
  return majorOf(version) >= leastNode ? candidate : null;
}

function majorOf(version: string): number {
  return Number(version.trim().split('.')[0] || 0);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Package managers, the line that installs with them, and the package where it is named otherwise than in Debian. */
const managers = [
  {
    program: '/usr/bin/apt-get',
    line: 'apt-get install -y --no-install-recommends',
    client: 'openssh-client',
  },
  { program: '/usr/bin/dnf', line: 'dnf install -y', client: 'openssh-clients' },
  { program: '/usr/bin/zypper', line: 'zypper install -y', client: 'openssh', server: 'openssh' },
  { program: '/sbin/apk', line: 'apk add', client: 'openssh', server: 'openssh' },
  { program: '/usr/bin/pacman', line: 'pacman -S --noconfirm', client: 'openssh', server: 'openssh' },
];

function installLine(what: 'client' | 'server' | 'tar'): string {
  const manager = managers.find(({ program }) => existsSync(program));
  if (!manager) return `the package manager of this system (package ${what === 'tar' ? 'tar' : 'openssh'})`;
  const { line, client, server = 'openssh-server' } = manager;
  return `${process.getuid?.() === 0 ? '' : 'sudo '}${line} ${{ client, server, tar: 'tar' }[what]}`;
}

/** Whether root's password is locked, so that only PAM lets root in with a key. False where it cannot be seen. */
export function isRootLocked(shadow = '/etc/shadow'): boolean {
  try {
    return /^root:!/m.test(readFileSync(shadow, 'utf8'));
  } catch {
    return false;
  }
}
