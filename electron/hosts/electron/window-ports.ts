import { type IpcMainEvent, ipcMain, MessageChannelMain, type WebContents } from 'electron';
import { askForPort, type PortMessage, portChannel } from '../../../shared/link.ts';
import { isTrusted } from './sender.ts';
import type { ServiceChild } from './service-child.ts';

/**
 * Gives each window a port to the service when its page asks. From then on the port is the right to ask, so it ends
 * with the page: a reload gets a new one.
 */
export class WindowPorts {
  readonly #service: Promise<ServiceChild>;
  readonly #windows = new Set<number>();
  readonly #ports = new Map<number, number>();
  #lastPort = 0;

  constructor(service: Promise<ServiceChild>) {
    this.#service = service;
    ipcMain.on(askForPort, (event) => {
      if (isTrusted(event, this.#windows)) void this.#connect(event);
    });
  }

  /** From now on the page in these contents may ask. */
  admit(contents: WebContents): void {
    const { id } = contents;
    this.#windows.add(id);
    // Not at the start of a navigation: one that is refused leaves the page, and its port, as they are.
    contents.on('did-navigate', () => void this.#detach(id));
    contents.on('render-process-gone', () => void this.#detach(id));
    contents.once('destroyed', () => {
      this.#windows.delete(id);
      void this.#detach(id);
    });
  }

  async #connect({ sender, senderFrame }: IpcMainEvent): Promise<void> {
    await this.#detach(sender.id);
    const { port1, port2 } = new MessageChannelMain();
    this.#lastPort += 1;
    const port = this.#lastPort;
    this.#ports.set(sender.id, port);
    const service = await this.#service;
    await service.attach(port, port2);
    // The page may have asked again, or have gone, while the service was starting.
    if (this.#ports.get(sender.id) !== port) return service.detach(port);
    senderFrame?.postMessage(portChannel, { holdpoint: 'port' } satisfies PortMessage, [port1]);
  }

  async #detach(id: number): Promise<void> {
    const port = this.#ports.get(id);
    this.#ports.delete(id);
    if (port !== undefined) (await this.#service).detach(port);
  }
}
