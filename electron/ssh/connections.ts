import { closeSync, existsSync, openSync, readFileSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { type Client, explainSpawnFailure, ownConnection } from './client.ts';
import { cutOffByProxy, explainFailure } from './failures.ts';
import { type HostSettings, resolveHost } from './resolve.ts';
import { Semaphore } from './semaphore.ts';

/** One warm connection per host, shared by all sessions: OpenSSH control masters of our own. */
export interface Connections {
  /** The control socket of the host's connection, opened unless it is warm. @throws SshError */
  open(host: string): Promise<string>;
  /** Whether the connection behind a socket still answers. */
  answers(host: string, socket: string): Promise<boolean>;
  /** Forgets a connection that turned out dead, unless a newer one has taken its place. */
  drop(host: string, socket: string): void;
  /** Waits for a place among the handshakes of every server on the way. Resolves with its return. */
  enterHandshake(settings: HostSettings, jumps: readonly HostSettings[]): Promise<() => void>;
  warm(): string[];
  onChange(listener: () => void): () => void;
  /** Ends every connection and forgets it. */
  endAll(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Above ten logins at once a default sshd drops some at random (MaxStartups 10:30:100), and it counts one for a moment
 * longer than we do.
 */
const handshakesPerServer = 8;
/** How often a master is started that a connection without one shows to be possible. */
const mastersPerConnection = 3;
/** Connecting and logging in, a touch of a security key included. */
const connectTimeoutMs = 60_000;
/** Asking a master anything takes milliseconds, or it is stuck. */
const controlTimeoutMs = 2000;

export function createConnections(client: Client, idleSeconds: number): Connections {
  const sockets = new Map<string, string>();
  const opening = new Map<string, Promise<string>>();
  const gates = new Map<string, Semaphore>();
  const listeners = new Set<() => void>();
  const starting = new Set<AbortController>();
  let count = 0;

  const changed = () => {
    for (const listener of listeners) listener();
  };
  const forget = (host: string) => {
    if (sockets.delete(host)) changed();
  };
  // A master removes its socket when it ends, whatever ended it.
  const stopWatching = watchFolder(client.folder, () => {
    for (const [host, socket] of sockets) if (!existsSync(socket)) forget(host);
  });

  async function enterHandshake(settings: HostSettings, jumps: readonly HostSettings[]) {
    // Always in the same order, so that two hosts behind each other's jump hosts cannot wait for one another.
    const servers = new Set([settings, ...jumps].map(({ hostname, port }) => `${hostname}:${port}`));
    const leave: (() => void)[] = [];
    for (const server of [...servers].sort()) {
      const gate = gates.get(server) ?? new Semaphore(handshakesPerServer);
      gates.set(server, gate);
      leave.push(await gate.enter());
    }
    return () => {
      for (const one of leave) one();
    };
  }

  async function start(host: string): Promise<string> {
    const settings = await resolveHost(client, host);
    const jumps = await Promise.all(settings.jumps.map((jump) => resolveHost(client, jump)));
    const leave = await enterHandshake(settings, jumps);
    count += 1;
    const socket = join(client.folder, `m${count}`);
    const stop = new AbortController();
    starting.add(stop);
    try {
      for (let attempt = 1; ; attempt += 1) {
        const master = await startMaster(client, { host, socket, idleSeconds, signal: stop.signal });
        if (master.code === 0) break;
        if (master.code === null) throw explainFailure('timed out', settings, jumps);
        if (!cutOffByProxy.test(master.stderr)) throw explainFailure(master.stderr, settings, jumps);
        // A master silences the ssh to a jump host; a connection without a master tells why that one failed.
        const plain = await client.collect([...ownConnection, '--', host, 'exit'], connectTimeoutMs);
        if (plain.code === 0 && attempt < mastersPerConnection) continue;
        throw explainFailure(plain.stderr || master.stderr, settings, jumps);
      }
    } finally {
      starting.delete(stop);
      leave();
    }
    sockets.set(host, socket);
    changed();
    return socket;
  }

  async function end(host: string, socket: string): Promise<void> {
    await control(client, 'exit', host, socket);
    // Where the master is stuck its socket must not be found again; it ends by its keep-alive.
    rmSync(socket, { force: true });
  }

  const connections: Connections = {
    open(host) {
      const socket = sockets.get(host);
      if (socket !== undefined) return Promise.resolve(socket);
      const under = opening.get(host);
      if (under) return under;
      const opened = start(host).finally(() => opening.delete(host));
      opening.set(host, opened);
      return opened;
    },
    answers: (host, socket) => control(client, 'check', host, socket),
    drop(host, socket) {
      if (sockets.get(host) === socket) forget(host);
    },
    enterHandshake,
    warm: () => [...sockets.keys()].sort(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async endAll() {
      for (const stop of starting) stop.abort();
      await Promise.allSettled(opening.values());
      const ending = [...sockets];
      sockets.clear();
      changed();
      await Promise.all(ending.map(([host, socket]) => end(host, socket)));
    },
    async close() {
      await connections.endAll();
      stopWatching();
      rmSync(client.folder, { recursive: true, force: true });
    },
  };
  return connections;
}

/** Gives the function that stops it. Where nothing can be watched, a dead connection shows when it is used next. */
function watchFolder(folder: string, onChange: () => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

interface MasterStart {
  host: string;
  socket: string;
  idleSeconds: number;
  signal: AbortSignal;
}

/**
 * Starts a master that goes to the background once it has logged in, and ends by itself when it has carried nothing
 * for `idleSeconds`, so that it outlives a killed service by no more than that.
 */
function startMaster(client: Client, start: MasterStart): Promise<{ code: number | null; stderr: string }> {
  const { host, socket, idleSeconds, signal } = start;
  const log = `${socket}.err`;
  const fd = openSync(log, 'w', 0o600);
  return new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    const child = client.background(
      [
        ...['-N', '-T', '-x', '-S', escapePercent(socket)],
        ...['-o', 'ControlMaster=yes', '-o', `ControlPersist=${idleSeconds}`],
        ...['-o', 'ClearAllForwardings=yes', '-o', 'RemoteCommand=none'],
        ...['--', host],
      ],
      fd,
    );
    const giveUp = AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs)]);
    giveUp.addEventListener('abort', () => child.kill('SIGKILL'));
    child.on('error', (error) => reject(explainSpawnFailure(host, error)));
    child.on('exit', (code) => resolve({ code, stderr: readFileSync(log, 'utf8') }));
  }).finally(() => {
    closeSync(fd);
    rmSync(log, { force: true });
  });
}

/** Asks a master through its socket; false where it does not answer. */
async function control(client: Client, request: 'check' | 'exit', host: string, socket: string) {
  const args = ['-S', escapePercent(socket), '-O', request, '--', host];
  const { code } = await client.collect(args, controlTimeoutMs).catch(() => ({ code: null }));
  return code === 0;
}

/** ssh expands `%` in a control path. */
export function escapePercent(path: string): string {
  return path.replaceAll('%', '%%');
}
