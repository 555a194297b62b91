import { mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Names as in the worked packs: one host for staging, two for production. */
export const hostNames = ['stg-1', 'prd-1', 'prd-2'] as const;

/** Where everything of one sandbox lies, below its folder. */
export interface Layout {
  folder: string;
  memory: string;
  secrets: string;
  lock: string;
  sshConfig: string;
  knownHosts: string;
  clientKey: string;
  /** On the PATH of every session. */
  bin: string;
  session: string;
  /** Below it lies what sshd itself reads and writes. */
  sshdFolder: string;
  bundle(system: string, version: string): string;
  host(name: string): HostLayout;
}

export interface HostLayout {
  home: string;
  authorizedKeys: string;
  hostKey: string;
  sshdConfig: string;
  sshdPid: string;
  sshdLog: string;
  /** Root of a system on the host. */
  root(system: string): string;
}

export function layoutOf(folder: string): Layout {
  const at = (...parts: string[]) => join(folder, ...parts);
  return {
    folder,
    memory: at('sandbox.json'),
    secrets: at('secrets.json'),
    lock: at('lock'),
    sshConfig: at('ssh_config'),
    knownHosts: at('known_hosts'),
    clientKey: at('client_key'),
    bin: at('bin'),
    session: at('session'),
    sshdFolder: at('sshd'),
    bundle: (system, version) => at('bundles', `${system}-${fileNamePart(version)}.tar.gz`),
    host: (name) => {
      const home = at('hosts', name);
      return {
        home,
        authorizedKeys: join(home, '.ssh', 'authorized_keys'),
        hostKey: at('sshd', name, 'host_key'),
        sshdConfig: at('sshd', name, 'sshd_config'),
        sshdPid: at('sshd', name, 'sshd.pid'),
        sshdLog: at('sshd', name, 'sshd.log'),
        root: (system) => join(home, 'srv', system),
      };
    },
  };
}

/** Makes the folder, for its owner alone. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** The folder's path without links, as processes are recognised by it. */
export function plainPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}

/** Why a sandbox cannot lie there, in a sentence; empty where it can. */
export function folderProblem(folder: string): string {
  const [character] = /["'\\$:\p{Cc}]/u.exec(folder) ?? [];
  if (!character) return '';
  return `The sandbox cannot lie in ${folder}: the configuration of SSH cannot hold ${JSON.stringify(character)} in a path. Choose another folder.`;
}

/** A version as part of a file name: what is not a letter, digit, dot, plus or hyphen becomes a hyphen. */
export function fileNamePart(version: string): string {
  return version.replace(/[^A-Za-z0-9.+-]/g, '-').replace(/^[.-]+/, '') || 'unnamed';
}
