import { type Client, explainSpawnFailure, ownConnection } from './client.ts';
import { type Connections, escapePercent } from './connections.ts';
import { explainFailure, failedBeforeSession } from './failures.ts';
import { frameProgram, shellCommand } from './program.ts';
import { resolveHost } from './resolve.ts';
import { type CarryOptions, type ProgramRun, runProgram } from './run-program.ts';
import { type Ran, SshError } from './types.ts';

/** What a session needs besides its program. */
export interface SessionOptions extends CarryOptions {
  /** Told how to wait for the end of the process that carries the session, each time one is started. */
  onCarrier: (closed: Promise<void>) => void;
}

/** Runs a program in one session on a host. @throws SshError */
export type RunSession = (host: string, program: string, options: SessionOptions) => Promise<Ran>;

const noForwards = ['-o', 'ClearAllForwardings=yes'];

/** What ssh says, from its proxy command, where it would open a connection of its own for want of a master. */
const noMaster = 'holdpoint-no-master';
/** How long to try where a server takes fewer sessions at once than we ask for. */
const refusedForMs = 10_000;
const mastersPerSession = 3;

/**
 * Sessions over the host's warm connection. Where the master takes no session ssh would quietly connect by itself;
 * its proxy command keeps it from that and says so, and then nothing has run.
 */
export function sharedSessions(client: Client, connections: Connections): RunSession {
  return async (host, program, options) => {
    let [masters, refusedMs] = [0, 0];
    for (;;) {
      const socket = await unlessAborted(connections.open(host), options.signal);
      masters += 1;
      const run = await carry(client, host, program, options, [
        ...['-S', escapePercent(socket), '-T', '-x', '-o', 'ControlMaster=no', '-o', 'RemoteCommand=none'],
        ...noForwards,
        // A shell of its own keeps standard output open meanwhile; ssh ends its proxy when that closes.
        ...['-o', `ProxyCommand=sh -c 'echo ${noMaster} >&2'`, '-o', 'ProxyUseFdpass=no'],
      ]);
      if (run.exitCode !== null) return ran(run);
      const answers = run.carrierCode !== null && (await connections.answers(host, socket));
      if (!answers) connections.drop(host, socket);
      if (!run.begun && run.noise.includes(noMaster)) {
        if (!answers && masters <= mastersPerSession) continue;
        if (!answers) throw unsteady(host);
        if (refusedMs >= refusedForMs) throw noSession(host);
        const waitMs = Math.min(500, 50 + refusedMs);
        await unlessAborted(new Promise((resolve) => setTimeout(resolve, waitMs)), options.signal);
        [masters, refusedMs] = [0, refusedMs + waitMs];
        continue;
      }
      if (run.begun && answers) return { exitCode: null, stdout: run.stdout, stderr: run.stderr };
      throw explainCut(host, run);
    }
  };
}

/** Sessions with a connection each, for clients that cannot share one. */
export function separateSessions(client: Client, connections: Connections): RunSession {
  return async (host, program, options) => {
    const settings = await resolveHost(client, host);
    const jumps = await Promise.all(settings.jumps.map((jump) => resolveHost(client, jump)));
    const leave = await connections.enterHandshake(settings, jumps);
    try {
      const run = await carry(client, host, program, { ...options, onBegin: leave }, [
        ...ownConnection,
        ...noForwards,
      ]);
      if (run.exitCode !== null) return ran(run);
      if (!run.begun && failedBeforeSession(run.noise)) throw explainFailure(run.noise, settings, jumps);
      throw explainCut(host, run);
    } finally {
      leave();
    }
  };
}

async function carry(
  client: Client,
  host: string,
  program: string,
  options: SessionOptions,
  args: readonly string[],
): Promise<ProgramRun> {
  const framed = frameProgram(program, options.stdin !== undefined);
  const carrier = client.carry([...args, '--', host, shellCommand]);
  options.onCarrier(new Promise((resolve) => carrier.once('close', () => resolve())));
  try {
    return await runProgram(carrier, framed, options);
  } catch (error) {
    throw explainSpawnFailure(host, error);
  }
}

function ran({ exitCode, stdout, stderr }: ProgramRun): Ran {
  return { exitCode, stdout, stderr };
}

function explainCut(host: string, { begun, carrierCode, noise }: ProgramRun): SshError {
  if (!begun && carrierCode !== null && carrierCode !== 255) {
    const words = noise.trim().split('\n')[0] || `it ended with exit code ${carrierCode}`;
    return new SshError(
      'refused',
      host,
      `${host} lets you log in but runs no shell: ${words}. Check the account's login shell and any forced command.`,
    );
  }
  return new SshError(
    'link-lost',
    host,
    `The connection to ${host} broke. What was started there may still run; look before starting it again.`,
  );
}

function noSession(host: string): SshError {
  return new SshError(
    'unreachable',
    host,
    `${host} takes no further session on the connection. Raise MaxSessions in its sshd_config, or try again when less is running there.`,
  );
}

function unsteady(host: string): SshError {
  return new SshError(
    'unreachable',
    host,
    `${host} lets the connection go again and again before anything can run. Nothing was started. Check the network and the log of its sshd.`,
  );
}

/** Stops waiting for what others may go on waiting for. */
function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
