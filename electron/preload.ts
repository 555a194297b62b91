import { ipcRenderer } from 'electron';
import { askForPort, type PortMessage, portChannel } from '../shared/link.ts';

/** The little of a page that is touched here; the rest of `electron/` has no DOM. */
declare const window: {
  addEventListener(type: 'message', listener: (event: { source: unknown; data: unknown }) => void): void;
  postMessage(message: PortMessage, origin: string, ports: unknown[]): void;
  location: { origin: string };
};

window.addEventListener('message', ({ source, data }) => {
  if (source === window && data === askForPort) ipcRenderer.send(askForPort);
});
ipcRenderer.on(portChannel, ({ ports }, message: PortMessage) => {
  window.postMessage(message, window.location.origin, ports);
});
