import { EventEmitter } from 'node:events';
import type { UtilityMessage } from './utility-process.ts';

/** Loaded with `--import` into a stand-in of a utility process: gives it its `process.parentPort`. */
class Port extends EventEmitter {
  readonly #id: number;
  #waiting: unknown[] | null = [];

  constructor(id: number) {
    super();
    this.#id = id;
  }

  start(): void {
    for (const data of this.#waiting ?? []) this.emit('message', { data, ports: [] });
    this.#waiting = null;
  }

  receive(data: unknown): void {
    if (this.#waiting) this.#waiting.push(data);
    else this.emit('message', { data, ports: [] });
  }

  postMessage(data: unknown): void {
    send({ kind: 'port', port: this.#id, data });
  }

  close(): void {
    send({ kind: 'port-closed', port: this.#id });
  }
}

class ParentPort extends EventEmitter {
  postMessage(data: unknown): void {
    send({ kind: 'message', data, ports: [] });
  }
}

const parentPort = new ParentPort();
const ports = new Map<number, Port>();
/** What comes before the entry listens waits for it. */
const early: UtilityMessage[] = [];

process.on('message', (message: UtilityMessage) => {
  if (parentPort.listenerCount('message') === 0) early.push(message);
  else hear(message);
});
parentPort.on('newListener', () => queueMicrotask(() => early.splice(0).forEach(hear)));
// A utility process does not outlive the app.
process.on('disconnect', () => process.exit(0));

function hear(message: UtilityMessage): void {
  if (message.kind === 'message') {
    const arrived = message.ports.map((id) => new Port(id));
    message.ports.forEach((id, index) => {
      const port = arrived[index];
      if (port) ports.set(id, port);
    });
    parentPort.emit('message', { data: message.data, ports: arrived });
  }
  if (message.kind === 'port') ports.get(message.port)?.receive(message.data);
  if (message.kind === 'port-closed') ports.get(message.port)?.emit('close');
}

function send(message: UtilityMessage): void {
  if (process.connected) process.send?.(message);
}

Object.assign(process, { parentPort });
