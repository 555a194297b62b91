export interface Heartbeat {
  text: string;
  everyMs: number;
  deadAfterMs: number;
}

/** A dead link that nobody closes looks open for ever; a service that lives can be heard. */
export function watchHeartbeat(
  socket: Pick<WebSocket, 'addEventListener'>,
  { text, everyMs, deadAfterMs }: Heartbeat,
  dead: () => void,
): void {
  let heardAt = Date.now();
  // Registered before oRPC listens, so that the heartbeat, which is none of its messages, stops here.
  socket.addEventListener('message', (event) => {
    heardAt = Date.now();
    if (event.data === text) event.stopImmediatePropagation();
  });
  let suspected = false;
  const timer = setInterval(() => {
    const silent = Date.now() - heardAt > deadAfterMs;
    // After sleep this may run before the messages that waited: only a second silence counts.
    if (silent && suspected) {
      clearInterval(timer);
      dead();
    }
    suspected = silent;
  }, everyMs);
  socket.addEventListener('close', () => clearInterval(timer));
}
