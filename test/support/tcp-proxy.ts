import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server and makes the network misbehave. */
export interface TcpProxy {
  port: number;
  /** Bytes that went from client to server since the start. */
  sentBytes(): number;
  /** Nothing passes any more and nobody is told, as with a closed laptop lid. New connections hang too. */
  freeze(): void;
  thaw(): void;
  /** What the server sends is held back, while the client's bytes go on passing; until called with false. */
  muteServer(muted: boolean): void;
  /** Resets every connection. */
  drop(): void;
  /** Ends the server's sending direction only: the client sees the end of the stream and may still send. */
  halfClose(): void;
  /** Holds every chunk back by this long, in each direction. */
  delay(ms: number): void;
  /** Refuses what connects from now on, until called with false. */
  refuse(refused: boolean): void;
  /** Calls back once, as soon as the client has sent this many more bytes; the last of them may not have passed yet. */
  onSent(bytes: number, act: () => void): void;
  close(): Promise<void>;
}

interface Pair {
  client: Socket;
  server: Socket;
}

/** `targetPort` is asked at each connection, so that the server may be started, or started again, later. */
export async function startTcpProxy(targetPort: () => number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let [frozen, muted, refused, delayMs, sent] = [false, false, false, 0, 0];
  let trigger: { at: number; act: () => void } | null = null;

  /** Passes chunks on in order, each after the delay of its time. */
  function pass(from: Socket, to: Socket, count: (bytes: number) => void): void {
    let last = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      count(chunk.length);
      if (delayMs === 0 && !to.destroyed) {
        last = last.then(() => void to.write(chunk));
        return;
      }
      const due = new Promise((resolve) => setTimeout(resolve, delayMs));
      last = last.then(() => due).then(() => void to.write(chunk));
    });
    from.on('end', () => {
      last = last.then(() => void to.end());
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      last = last.then(() => void to.destroy());
    });
  }

  const listener = createServer({ allowHalfOpen: true }, (client) => {
    if (refused) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: targetPort(), host: '127.0.0.1', allowHalfOpen: true });
    const pair = { client, server };
    pairs.add(pair);
    client.on('close', () => pairs.delete(pair));
    client.setNoDelay(true);
    server.setNoDelay(true);
    pass(client, server, (bytes) => {
      sent += bytes;
      if (!trigger || sent < trigger.at) return;
      const { act } = trigger;
      trigger = null;
      act();
    });
    pass(server, client, () => {});
    apply(pair);
  });
  const apply = ({ client, server }: Pair) => {
    if (frozen) client.pause();
    else client.resume();
    if (frozen || muted) server.pause();
    else server.resume();
  };
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    sentBytes: () => sent,
    freeze() {
      frozen = true;
      for (const pair of pairs) apply(pair);
    },
    thaw() {
      frozen = false;
      for (const pair of pairs) apply(pair);
    },
    muteServer(now) {
      muted = now;
      for (const pair of pairs) apply(pair);
    },
    drop() {
      for (const { client, server } of pairs) {
        client.resetAndDestroy();
        server.resetAndDestroy();
      }
    },
    halfClose() {
      for (const { client, server } of pairs) {
        server.pause();
        client.end();
      }
    },
    delay(ms) {
      delayMs = ms;
    },
    refuse(now) {
      refused = now;
    },
    onSent(bytes, act) {
      trigger = { at: sent + bytes, act };
    },
    async close() {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
