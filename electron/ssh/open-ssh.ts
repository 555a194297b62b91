import { createClient } from './client.ts';
import { createConnections } from './connections.ts';
import { defaultControlFolder } from './control-folder.ts';
import { createHostKeys } from './host-keys.ts';
import { resolveHost } from './resolve.ts';
import { Semaphore } from './semaphore.ts';
import { separateSessions, sharedSessions } from './sessions.ts';
import { withTimeLimit } from './time-limit.ts';
import type { Ssh } from './types.ts';

export interface SshOptions {
  /** Read instead of the user's and the system's ssh_config, as `ssh -F` would. */
  configFile?: string;
  /** Where control sockets go; keep it short. By default a folder of the user's below the temporary one. */
  controlFolder?: string;
  /** A connection that has not answered for three times this long is given up. */
  keepAliveSeconds?: number;
  /** A connection that has carried nothing for this long ends, also one whose service was killed. */
  idleSeconds?: number;
  /** The ssh program. */
  program?: string;
  /** Whether sessions share a connection. OpenSSH cannot do that on Windows. */
  multiplex?: boolean;
}

/** A default sshd takes ten sessions per connection (MaxSessions); two are left for sessions on their way out. */
const sessionsPerHost = 8;

/** Drives the system's OpenSSH client, so that a host is reached as in the operator's terminal. */
export function createSsh({
  configFile,
  controlFolder = defaultControlFolder(),
  keepAliveSeconds = 5,
  idleSeconds = 300,
  program = 'ssh',
  multiplex = process.platform !== 'win32',
}: SshOptions = {}): Ssh {
  const client = createClient({ program, configFile, controlFolder, keepAliveSeconds });
  const connections = createConnections(client, idleSeconds);
  const { presentedKey, trust } = createHostKeys(client, connections);
  const runSession = multiplex ? sharedSessions(client, connections) : separateSessions(client, connections);
  const queues = new Map<string, Semaphore>();

  const run: Ssh['run'] = (host, text, { timeoutMs, signal, stdin, onOutput } = {}) =>
    withTimeLimit(host, timeoutMs, signal, async (limited) => {
      const queue = queues.get(host) ?? new Semaphore(sessionsPerHost);
      queues.set(host, queue);
      const leave = await queue.enter(limited);
      let closed = Promise.resolve();
      try {
        return await runSession(host, text, {
          stdin,
          onOutput,
          signal: limited,
          onCarrier: (carrierClosed) => {
            closed = carrierClosed;
          },
        });
      } finally {
        // The server counts a session until it has ended, which is a little after its result is here.
        void closed.then(leave);
      }
    });

  return {
    run,
    async connect(host) {
      if (multiplex) await connections.open(host);
      else await run(host, ':');
    },
    async resolve(host) {
      const { hostname, user, port, via, knownHosts } = await resolveHost(client, host);
      return { host, hostname, user, port, via, knownHosts };
    },
    presentedKey,
    trust,
    reset: connections.endAll,
    connected: connections.warm,
    onChange: connections.onChange,
    close: connections.close,
  };
}
