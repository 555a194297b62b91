import { SlurmError } from './errors.ts';

/** Reads TypeScript, which the program of a task is in a clone; the same rule holds for a build. */
const leastNode = [22, 18] as const;
/** The C library that Node's own binaries want. */
const leastLibc = [2, 28] as const;

/** What the programs of a host print of it. */
export interface HostFacts {
  /** As `uname -s` and `uname -m` say. */
  machine: string;
  /** As `getconf` says: `glibc 2.36`. */
  libc: string;
  node: { version: string; path: string } | null;
}

export function parseFacts(text: string): HostFacts {
  const after = (key: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`${key} `))
      ?.slice(key.length + 1)
      .trim() ?? '';
  const [, version, path] = /^(\d[\w.-]*) (\/.*)$/.exec(after('node')) ?? [];
  return { machine: after('machine'), libc: after('libc'), node: version && path ? { version, path } : null };
}

/** The Node that this process runs on. */
export interface OwnNode {
  path: string;
  /** As `uname -s` and `uname -m` would say. */
  machine: string;
  version: string;
}

/** Null in Electron, which is no Node of its own. */
export function ownNode(): OwnNode | null {
  if (process.versions.electron || process.platform !== 'linux') return null;
  const arch = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string] ?? process.arch;
  return { path: process.execPath, machine: `Linux ${arch}`, version: process.versions.node };
}

/** The Node a cluster has, or else this one where it runs there: what a task is run by. @throws SlurmError `refused` */
export function chooseNode(
  host: string,
  facts: HostFacts,
  own: OwnNode | null,
): { path: string; send: boolean } {
  const { node, machine, libc } = facts;
  if (node && atLeast(node.version, leastNode)) return { path: node.path, send: false };
  const runsThere = own?.machine === machine && atLeast(libc.replace(/^glibc /, ''), leastLibc);
  if (own && runsThere) return { path: own.path, send: true };
  const has = node ? `Node ${node.version} (${node.path})` : 'no Node';
  throw new SlurmError(
    'refused',
    `${host} has ${has}, and the one of this machine does not run on ${machine || 'it'}. Install Node ${leastNode.join('.')} or later there, where all nodes of the cluster find it, and put it on the path of login shells.`,
  );
}

function atLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}
