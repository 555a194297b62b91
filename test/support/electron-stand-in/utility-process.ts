import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { End, MessagePortMain } from './channel.ts';

/** Between a stand-in of the main process and one of a utility process. */
export type UtilityMessage =
  | { kind: 'message'; data: unknown; ports: number[] }
  | { kind: 'port'; port: number; data: unknown }
  | { kind: 'port-closed'; port: number };

const childSetup = new URL('./utility-child.ts', import.meta.url).href;

/** A child process with a `parentPort`, and ports that reach into it. */
class UtilityProcess extends EventEmitter {
  static readonly all: UtilityProcess[] = [];
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, End>();
  #lastPort = 0;

  constructor(entry: string, args: string[]) {
    super();
    this.#child = fork(fileURLToPath(new URL(`file://${entry}`)), args, {
      execArgv: ['--import', childSetup],
      serialization: 'advanced',
    });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message: UtilityMessage) => {
      if (message.kind === 'message') this.emit('message', message.data);
      if (message.kind === 'port') this.#ports.get(message.port)?.post(message.data);
      if (message.kind === 'port-closed') this.#ports.get(message.port)?.close();
    });
    this.#child.on('exit', (code, signal) => {
      for (const end of this.#ports.values()) end.close();
      this.emit('exit', code ?? (signal ? constants.signals[signal] : 1));
    });
    UtilityProcess.all.push(this);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(data: unknown, ports: MessagePortMain[] = []): void {
    const ids = ports.map((port) => {
      this.#lastPort += 1;
      const id = this.#lastPort;
      const end = port.transfer();
      this.#ports.set(id, end);
      // After the message that brings the port.
      queueMicrotask(() =>
        end.connect({
          message: (carried) => this.#send({ kind: 'port', port: id, data: carried }),
          close: () => this.#send({ kind: 'port-closed', port: id }),
        }),
      );
      return id;
    });
    this.#send({ kind: 'message', data, ports: ids });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  #send(message: UtilityMessage): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }
}

export const utilityProcess = {
  fork: (entry: string, args: string[]) => new UtilityProcess(entry, args),
  all: UtilityProcess.all,
};
