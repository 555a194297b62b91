import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findBrowser, surroundings } from '../../../electron/hosts/loopback/browsers.ts';
import { openWindow } from '../../../electron/hosts/loopback/open-window.ts';

/** What any app of this kind must do: serve a page on 127.0.0.1 and open it in the system's browser. */
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>Empty</title><p>Empty</p>');
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const found = findBrowser(surroundings());
  if ('why' in found) throw new Error(`No browser: ${found.why}.`);
  const window = openWindow(found.browser, process.argv[2] ?? '', `http://127.0.0.1:${port}/`);
  process.on('SIGTERM', () => {
    window.close();
    process.exit(0);
  });
});
