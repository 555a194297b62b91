import type { App, Session, WebContents } from 'electron';
import { isOwnAddress } from './address.ts';

/** The window goes nowhere, opens nothing, and embeds nothing but itself; whatever page it may come to show. */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  const stayHome = (event: { url: string; preventDefault(): void }) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-frame-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** The window gets no permission, no device, and no network: its service is all it talks to. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  const network = ['http', 'https', 'ws', 'wss'].map((scheme) => `${scheme}://*/*`);
  session.webRequest.onBeforeRequest({ urls: network }, (_details, callback) => callback({ cancel: true }));
}
