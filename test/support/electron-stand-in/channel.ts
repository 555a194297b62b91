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
