import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
/** The policy the app is served under, so that the stage finds what would break there. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** Builds the stage as the app is built: minified, for production. */
export async function buildStage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: here,
    logLevel: 'warn',
    plugins: [react()],
    build: { target: 'chrome130', outDir: folder, emptyOutDir: true, assetsInlineLimit: 0 },
  });
}

export interface StageServer {
  /** The address of a screen in a scenario: `url('real', '/checklist', 'light')`. */
  url: (scenario: string, path?: string, theme?: string) => string;
  close: () => Promise<void>;
}

/** Serves a built stage on a free port of this machine. */
export async function serveStage(folder: string): Promise<StageServer> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://stage').pathname);
    const file = join(folder, extname(path) === '' ? 'index.html' : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (scenario, path = '/', theme = 'dark') => `http://127.0.0.1:${port}/${scenario}/${theme}/#${path}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
