import { RPCHandler } from '@orpc/server/message-port';
import {
  type AttachMessage,
  connectPeer,
  type MainProcedures,
  type Peer,
  type ReadyMessage,
  type ServiceProcedures,
} from '../bridge/index.ts';
import type { Host } from '../host.ts';
import { openPack, rpcOptions, type ServedService } from '../rpc.ts';
import { Forks } from './forks.ts';
import { tell } from './tell.ts';

/** The port of a window, as Electron gives it to a utility process. */
export interface ServedPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** `process.parentPort` of a utility process. */
export interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: ServedPort[] }) => void): unknown;
  postMessage(message: unknown): void;
}

/**
 * Runs a service in a utility process: its host is the main process at the other end of `parent`, its windows are the
 * ports that come from there once it has said that it is ready.
 */
export async function serveUtilityProcess(
  parent: ParentPort,
  createService: (host: Host) => Promise<ServedService>,
): Promise<void> {
  const ports = new Map<number, () => void>();
  const power = new Set<(event: 'suspend' | 'resume') => void>();
  const forks = new Forks();
  let service: ServedService | null = null;
  const running = () => {
    if (!service) throw new Error('The service is still starting.');
    return service;
  };
  const mine: ServiceProcedures = {
    power(event) {
      for (const listener of power) listener(event);
    },
    underWay: () => service?.underWay() ?? [],
    openPack: (pack, mode) => openPack(running().router, { pack, mode }),
    detach(port) {
      ports.get(port)?.();
      ports.delete(port);
    },
    forkSaid: (id, message) => forks.said(id, message),
    forkEnded: (id, how) => forks.ended(id, how),
    async close() {
      await service?.close();
    },
  };
  parent.on('message', ({ data, ports: [port] }) => {
    const { kind, port: id } = data as Partial<AttachMessage>;
    if (kind !== 'attach' || id === undefined || !port) return;
    ports.set(id, servePort(running(), port));
  });
  const peer = connectPeer<MainProcedures>(
    {
      post: (message) => parent.postMessage(message),
      onMessage: (listener) => parent.on('message', ({ data }) => listener(data)),
    },
    mine,
  );
  try {
    service = await createService(await hostOver(peer, power, forks));
    parent.postMessage({ kind: 'ready' } satisfies ReadyMessage);
  } catch (error) {
    parent.postMessage({ kind: 'failed', message: (error as Error).message } satisfies ReadyMessage);
  }
}

/** A host whose abilities are those of the other end. */
async function hostOver(
  peer: Peer<MainProcedures>,
  power: Set<(event: 'suspend' | 'resume') => void>,
  forks: Forks,
): Promise<Host> {
  const { secrets, awake, notifications, paths, pdf } = await peer.call('abilities');
  let lastHold = 0;
  return {
    kind: 'electron',
    secrets: {
      ...secrets,
      get: (name) => peer.call('getSecret', name),
      set: (name, value) => peer.call('setSecret', name, value),
      forget: (name) => peer.call('forgetSecret', name),
    },
    awake: {
      ...awake,
      hold(reason) {
        lastHold += 1;
        const hold = lastHold;
        tell(peer.call('holdAwake', hold, reason));
        return () => tell(peer.call('releaseAwake', hold));
      },
    },
    notifications: { ...notifications, show: (title, text) => tell(peer.call('notify', title, text)) },
    paths: { ...paths, pick: (wish) => peer.call('pickPath', wish) },
    pdf: { ...pdf, print: (html) => peer.call('printPdf', html) },
    fork: (entry, args) => forks.start(peer, entry, args),
    onPower(listener) {
      power.add(listener);
      return () => power.delete(listener);
    },
  };
}

/** Answers a window's calls on its port. Gives the function that lets go of it. */
function servePort(service: ServedService, port: ServedPort): () => void {
  const closing = new Set<() => void>();
  const close = () => {
    for (const listener of closing) listener();
    closing.clear();
  };
  port.on('close', close);
  new RPCHandler(service.router, rpcOptions).upgrade({
    on(event: string, listener: (event?: { data: unknown }) => void) {
      // Not every closing is seen on the port itself; whichever comes first ends the window's calls and streams.
      if (event === 'close') closing.add(listener);
      else port.on('message', listener);
    },
    postMessage: (message: unknown) => port.postMessage(message),
  });
  port.start();
  return () => {
    close();
    port.close();
  };
}
