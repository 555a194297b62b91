import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostKey } from '../../shared/contract/hardware.ts';
import { type Client, explainSpawnFailure, ownConnection } from './client.ts';
import type { Connections } from './connections.ts';
import { explainFailure } from './failures.ts';
import { type HostSettings, resolveHost } from './resolve.ts';
import { SshError } from './types.ts';

export interface HostKeys {
  presentedKey(host: string): Promise<HostKey>;
  trust(host: string, fingerprint: string): Promise<void>;
}

const askTimeoutMs = 30_000;

/**
 * Looks at host keys with real connections, through ssh_config and jump hosts, that end before the login.
 * `ssh-keyscan` knows neither, and would look at another host than the one ssh would reach.
 */
export function createHostKeys(client: Client, connections: Pick<Connections, 'enterHandshake'>): HostKeys {
  let count = 0;

  /** Connects as far as the host key. Being refused then is what happens when all is well. */
  async function ask(host: string, options: readonly string[]) {
    const settings = await resolveHost(client, host);
    const jumps = await Promise.all(settings.jumps.map((jump) => resolveHost(client, jump)));
    const leave = await connections.enterHandshake(settings, jumps);
    try {
      const { code, stderr } = await client.collect(
        [...ownConnection, '-o', 'PreferredAuthentications=none', ...options, '--', host, 'exit'],
        askTimeoutMs,
      );
      const words = code === null ? 'timed out' : stderr;
      return { settings, loggedIn: code === 0, failure: explainFailure(words, settings, jumps) };
    } catch (error) {
      throw explainSpawnFailure(host, error);
    } finally {
      leave();
    }
  }

  async function present(host: string): Promise<{ key: HostKey; line: string }> {
    count += 1;
    const file = join(client.folder, `k${count}`);
    try {
      const { settings, failure } = await ask(host, [
        ...['-o', 'StrictHostKeyChecking=no', '-o', 'CheckHostIP=no'],
        ...['-o', `UserKnownHostsFile="${file}"`, '-o', 'GlobalKnownHostsFile=none'],
      ]);
      const line = readIfThere(file).split('\n')[0] ?? '';
      const [, type, blob] = line.split(' ');
      if (!type || !blob) throw failure;
      return { key: describeKey(settings, type, blob), line };
    } finally {
      rmSync(file, { force: true });
    }
  }

  return {
    presentedKey: async (host) => (await present(host)).key,

    async trust(host, fingerprint) {
      const { loggedIn, failure } = await ask(host, []);
      const isKnown = loggedIn || (failure.code === 'refused' && failure.host === host);
      if (isKnown) return;
      if (failure.code !== 'key-unknown' || failure.host !== host) throw failure;
      const { key, line } = await present(host);
      if (key.fingerprint !== fingerprint) {
        throw new SshError(
          'key-changed',
          host,
          `${host} now shows the key ${key.fingerprint}, not ${fingerprint} that you looked at. Nothing was accepted; compare it again with the one its owner gives you.`,
        );
      }
      if (!key.knownHosts) {
        throw new SshError(
          'key-unknown',
          host,
          `ssh_config names no known_hosts file for ${host} (UserKnownHostsFile none), so its key cannot be kept. Name one and try again.`,
        );
      }
      appendLine(key.knownHosts, line);
    },
  };
}

function describeKey(settings: HostSettings, type: string, blob: string): HostKey {
  const digest = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64');
  return {
    host: settings.host,
    type: /ed25519|rsa|ecdsa|dss/.exec(type)?.[0].toUpperCase() ?? type,
    fingerprint: `SHA256:${digest.replace(/=+$/, '')}`,
    knownHosts: settings.knownHosts[0] ?? '',
  };
}

/**
 * Adds a line in one write at the end of the file and makes it durable. Not by renaming a copy: that would lose a
 * line ssh adds at the same moment, and turn a linked file into a plain one.
 */
function appendLine(path: string, line: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fd = openSync(path, 'a+', 0o600);
  try {
    const { size } = fstatSync(fd);
    const last = Buffer.alloc(1);
    if (size > 0) readSync(fd, last, 0, 1, size - 1);
    const bytes = Buffer.from(`${size > 0 && last.toString() !== '\n' ? '\n' : ''}${line}\n`);
    if (writeSync(fd, bytes) < bytes.length) {
      ftruncateSync(fd, size);
      throw new Error(
        `${path} could not take the key: the disk is full. Free some space and accept it again.`,
      );
    }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
