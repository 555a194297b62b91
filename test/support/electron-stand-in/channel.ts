import { EventEmitter } from 'node:events';

export interface Sink {
  message(data: unknown): void;
  close(): void;
}

/** One end of a channel, wherever its port was sent to. What comes before somebody listens waits. */
export class End {
  other!: End;
  #sink: Sink | null = null;
  #waiting: unknown[] = [];
  #closed = false;

  post(data: unknown): void {
    this.other.#receive(data);
  }

  connect(sink: Sink): void {
    this.#sink = sink;
    for (const data of this.#waiting.splice(0)) sink.message(data);
    if (this.#closed) sink.close();
  }

  /** This end is gone; the other hears of it. */
  close(): void {
    this.other.#hearClose();
  }

  #receive(data: unknown): void {
    if (this.#sink) this.#sink.message(data);
    else this.#waiting.push(data);
  }

  #hearClose(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sink?.close();
  }
}

export class MessagePortMain extends EventEmitter {
  #end: End | null;

  constructor(end: End) {
    super();
    this.#end = end;
  }

  start(): void {
    this.#end?.connect({
      message: (data) => this.emit('message', { data, ports: [] }),
      close: () => this.emit('close'),
    });
  }

  postMessage(data: unknown): void {
    this.#end?.post(data);
  }

  close(): void {
    this.#end?.close();
  }

  /** Takes the end away, as sending a port does: the port is dead afterwards. */
  transfer(): End {
    const end = this.#end;
    if (!end) throw new Error('This port was sent away already.');
    this.#end = null;
    return end;
  }
}

/** Carries the ends of ports to where they were sent, under a number each. */
export class Carrier {
  readonly #ends = new Map<number, End>();
  readonly #there: { message(port: number, data: unknown): void; close(port: number): void };
  #last = 0;

  constructor(there: { message(port: number, data: unknown): void; close(port: number): void }) {
    this.#there = there;
  }

  /** Takes the ports and gives their numbers. What waits in them follows the message that brings them. */
  take(ports: MessagePortMain[]): number[] {
    return ports.map((port) => {
      this.#last += 1;
      const id = this.#last;
      const end = port.transfer();
      this.#ends.set(id, end);
      queueMicrotask(() =>
        end.connect({
          message: (data) => this.#there.message(id, data),
          close: () => this.#there.close(id),
        }),
      );
      return id;
    });
  }

  post(port: number, data: unknown): void {
    this.#ends.get(port)?.post(data);
  }

  close(port: number): void {
    this.#ends.get(port)?.close();
  }

  closeAll(): void {
    for (const end of this.#ends.values()) end.close();
    this.#ends.clear();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const [a, b] = [new End(), new End()];
    a.other = b;
    b.other = a;
    this.port1 = new MessagePortMain(a);
    this.port2 = new MessagePortMain(b);
  }
}
