import { type ClientLink, createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { Client } from '../../shared/contract/index.ts';
import { askForPort, heartbeat, linkClosed, type PortMessage, servicePath } from '../../shared/link.ts';
import { Ending } from './ending.ts';
import { watchHeartbeat } from './heartbeat.ts';

export interface Connection {
  client: Client;
  /** Settles once, with the reason in a sentence. From then on every call is refused with that sentence. */
  closed: Promise<string>;
}

type Link = ClientLink<Record<never, never>>;
type Opened = { link: Link; ending: Ending };

const lost =
  'The link to Holdpoint was lost. Nothing recorded is lost, and running steps go on. Start Holdpoint again if it has ended.';
/** On the desktop the reason travels by another way than the closing itself and may come a little later. */
const reasonDelayMs = 500;

/**
 * Connects this window to the service, whichever host it runs on. Call it again once `closed` has settled.
 * @throws Error with a sentence for the person, where no service answers.
 */
export async function connect(): Promise<Connection> {
  const { link, ending } = await (location.hostname === '127.0.0.1' ? overWebSocket() : overPort());
  performance.mark('holdpoint:connected');
  return { client: createORPCClient(refusingOnceEnded(link, ending)), closed: ending.reason };
}

function overWebSocket(): Promise<Opened> {
  const socket = new WebSocket(`ws://${location.host}${servicePath}`);
  const ending = new Ending();
  watchHeartbeat(socket, heartbeat, () => {
    ending.settle(lost);
    // A dead link may take minutes to close by itself; oRPC must let go of what waits now.
    socket.dispatchEvent(new CloseEvent('close', { code: 1006 }));
    socket.close();
  });
  socket.addEventListener('close', ({ code, reason }) => {
    if (code === linkClosed.reload.code) location.reload();
    ending.settle(reason || lost);
  });
  const link = new SocketLink({ websocket: socket });
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve({ link, ending }));
    void ending.reason.then((reason) => reject(new Error(reason)));
  });
}

/** Asks the preload script for a port; it comes when the service is ready. */
function overPort(): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const ending = new Ending();
    let port: MessagePort | null = null;
    const listen = ({ source, data, ports }: MessageEvent<PortMessage>) => {
      if (source !== window || typeof data !== 'object') return;
      if (data.holdpoint === 'port' && port === null && ports[0]) {
        port = ports[0];
        port.addEventListener('close', () => {
          ending.begin();
          setTimeout(() => ending.settle(lost), reasonDelayMs);
        });
        const link = new PortLink({ port });
        port.start();
        resolve({ link, ending });
      }
      if (data.holdpoint === 'closed') {
        window.removeEventListener('message', listen);
        ending.settle(data.reason);
        // Not every closing is seen on the port itself, and oRPC waits for ever on a port that is closed in silence.
        port?.dispatchEvent(new Event('close'));
        reject(new Error(data.reason));
      }
    };
    window.addEventListener('message', listen);
    void ending.reason.then(() => window.removeEventListener('message', listen));
    window.postMessage(askForPort, location.origin);
  });
}

/** oRPC leaves a call on a closed port waiting for ever, and has no word of why a link was closed. */
function refusingOnceEnded(link: Link, ending: Ending): Link {
  return {
    async call(path, input, options) {
      if (ending.begun) throw new Error(await ending.reason);
      try {
        return await link.call(path, input, options);
      } catch (error) {
        throw ending.begun ? new Error(await ending.reason, { cause: error }) : error;
      }
    },
  };
}
