import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Carrier, type MessagePortMain } from './channel.ts';

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
  readonly #ports = new Carrier({
    message: (port, data) => this.#send({ kind: 'port', port, data }),
    close: (port) => this.#send({ kind: 'port-closed', port }),
  });

  constructor(entry: string, args: string[], { stdio = 'inherit' }: { stdio?: StdioOptions } = {}) {
    super();
    this.#child = fork(fileURLToPath(new URL(`file://${entry}`)), args, {
      execArgv: ['--import', childSetup],
      serialization: 'advanced',
      stdio: Array.isArray(stdio) ? [...stdio, 'ipc'] : stdio,
    });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message: UtilityMessage) => {
      if (message.kind === 'message') this.emit('message', message.data);
      if (message.kind === 'port') this.#ports.post(message.port, message.data);
      if (message.kind === 'port-closed') this.#ports.close(message.port);
    });
    this.#child.on('exit', (code, signal) => {
      this.#ports.closeAll();
      this.emit('exit', code ?? (signal ? constants.signals[signal] : 1));
    });
    UtilityProcess.all.push(this);
  }

  get stderr(): Readable | null {
    return this.#child.stderr;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(data: unknown, ports: MessagePortMain[] = []): void {
    this.#send({ kind: 'message', data, ports: this.#ports.take(ports) });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  #send(message: UtilityMessage): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }
}

export const utilityProcess = {
  fork: (...args: ConstructorParameters<typeof UtilityProcess>) => new UtilityProcess(...args),
  all: UtilityProcess.all,
};
