import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { heartbeat } from '../../../shared/link.ts';
import { type NoContext, rpcOptions } from '../rpc.ts';
import type { SessionId } from './access.ts';

/** A checklist of 10 MB passes; a mistake does not take all memory. */
const largestMessage = 64 * 2 ** 20;
const closingPatienceMs = 500;

export interface Closing {
  code: number;
  reason: string;
}

/** The links to the windows that are open: a WebSocket each, with the service behind it. */
export class WindowLinks {
  readonly #rpc: RPCHandler<NoContext>;
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: largestMessage,
  });
  readonly #open = new Map<WebSocket, SessionId>();
  readonly #changed: (count: number) => void;
  readonly #beat: NodeJS.Timeout;

  constructor(router: AnyRouter, changed: (count: number) => void) {
    this.#rpc = new RPCHandler(router, rpcOptions);
    this.#changed = changed;
    this.#beat = setInterval(() => this.#sendHeartbeat(), heartbeat.everyMs);
  }

  accept(session: SessionId, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (link) => {
      this.#open.set(link, session);
      link.on('close', () => {
        this.#open.delete(link);
        this.#changed(this.#open.size);
      });
      link.on('error', (error) => console.error(`The link to a window failed: ${error.message}`));
      void this.#rpc.upgrade(link);
      this.#changed(this.#open.size);
    });
  }

  /** Closes all links, or those of one session. */
  close({ code, reason }: Closing, only?: SessionId): void {
    for (const [link, session] of this.#open) {
      if (only === undefined || session === only) link.close(code, reason);
    }
  }

  /** Closes all for good; a window that does not answer the closing is not waited for. */
  end(closing: Closing): void {
    clearInterval(this.#beat);
    this.close(closing);
    setTimeout(() => {
      for (const link of this.#open.keys()) link.terminate();
    }, closingPatienceMs).unref();
  }

  /** A page cannot see the pings of the protocol; these it can, and so it notices a dead link that nobody closed. */
  #sendHeartbeat(): void {
    for (const link of this.#open.keys()) link.send(heartbeat.text);
  }
}
