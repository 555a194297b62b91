/** What both ends of the link between window and service must spell alike, on every host. */

/** Where the service answers a WebSocket on the loopback host. */
export const servicePath = '/service';

/** The service says this so often; a window that hears nothing for so long knows that the link is dead. */
export const heartbeat = { text: '', everyMs: 10_000, deadAfterMs: 35_000 };

/** Why a host closes the link, with the WebSocket's close code. At most 123 bytes fit. */
export const linkClosed = {
  ended: { code: 4000, reason: 'Holdpoint has ended. Start it again; what was recorded is there.' },
  reload: { code: 4001, reason: 'A newer window is ready.' },
  reused: {
    code: 4002,
    reason: 'The link of this window was followed a second time. Start Holdpoint again.',
  },
};

/** A page of the desktop app asks for its port with this text. */
export const askForPort = 'holdpoint:connect';

/** What the desktop app sends to its page: the port itself comes with `port`. */
export type PortMessage = { holdpoint: 'port' } | { holdpoint: 'closed'; reason: string };
export const portChannel = 'holdpoint:link';
