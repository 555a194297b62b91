import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import {
  type AttachMessage,
  connectPeer,
  offerHost,
  type Peer,
  type ReadyMessage,
  type ServiceProcedures,
} from '../bridge/index.ts';
import type { Host } from '../host.ts';
import type { UnderWay } from '../under-way.ts';

export interface ServiceChildOptions {
  /** The built entry of the service process. */
  entry: string;
  dataFolder: string;
  host: Host;
  /** The service said why it cannot work here. It will not work a second time either. */
  onFailed(message: string): void;
  /** The service ended although nobody asked it to; every port to it is dead. */
  onCrash(code: number): void;
}

const underWayPatienceMs = 3_000;
const closePatienceMs = 15_000;

/** The service in its own process. When that process dies, `start` makes a new one. */
export class ServiceChild {
  readonly #options: ServiceChildOptions;
  readonly #offer: ReturnType<typeof offerHost>;
  #child: UtilityProcess | null = null;
  #peer: Peer<ServiceProcedures> | null = null;
  #ready: Promise<void> = Promise.resolve();
  #closing = false;

  constructor(options: ServiceChildOptions) {
    this.#options = options;
    // Who was started for a service that is gone is killed with it, and then there is nobody to tell.
    this.#offer = offerHost(options.host, {
      forkSaid: (id, message) => void this.#peer?.call('forkSaid', id, message).catch(() => {}),
      forkEnded: (id, how) => void this.#peer?.call('forkEnded', id, how).catch(() => {}),
    });
    options.host.onPower((event) => {
      this.#peer?.call('power', event).catch((error: Error) => console.error(error.message));
    });
  }

  start(): void {
    const { entry, dataFolder, onFailed } = this.#options;
    const child = utilityProcess.fork(entry, [dataFolder], { serviceName: 'Holdpoint service' });
    this.#child = child;
    this.#peer = connectPeer<ServiceProcedures>(
      {
        post: (message) => child.postMessage(message),
        onMessage: (listener) => child.on('message', listener),
      },
      this.#offer.procedures,
    );
    this.#ready = new Promise((resolve) => {
      child.on('message', (message: Partial<ReadyMessage>) => {
        if (message.kind === 'ready') resolve();
        if (message.kind === 'failed') {
          this.#closing = true;
          onFailed(message.message ?? '');
        }
      });
    });
    child.once('exit', (code) => this.#ended(code));
  }

  /** Gives a port to the service as soon as it can answer on it. */
  async attach(id: number, port: MessagePortMain): Promise<void> {
    await this.#ready;
    this.#child?.postMessage({ kind: 'attach', port: id } satisfies AttachMessage, [port]);
  }

  detach(id: number): void {
    // A service that is gone has let go of it already.
    this.#peer?.call('detach', id).catch(() => {});
  }

  /** A service that is gone is not at work; of one that does not answer, the worse is taken to be true. */
  async underWay(): Promise<UnderWay[]> {
    const answer = this.#peer?.call('underWay').catch((): UnderWay[] => []);
    const silence = new Promise<UnderWay[]>((resolve) =>
      setTimeout(resolve, underWayPatienceMs, ['run']).unref(),
    );
    return answer ? Promise.race([answer, silence]) : [];
  }

  async openPack(...args: Parameters<ServiceProcedures['openPack']>): Promise<string[]> {
    await this.#ready;
    return (await this.#peer?.call('openPack', ...args)) ?? [];
  }

  async close(): Promise<void> {
    this.#closing = true;
    const child = this.#child;
    if (!child) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const patience = new Promise<void>((resolve) => setTimeout(resolve, closePatienceMs).unref());
    await Promise.race([this.#peer?.call('close').catch(() => {}), patience, gone]);
    child.kill();
    await Promise.race([gone, patience]);
  }

  #ended(code: number): void {
    this.#peer?.end('The service has ended.');
    this.#peer = null;
    this.#child = null;
    this.#offer.drop();
    if (!this.#closing) this.#options.onCrash(code);
  }
}
