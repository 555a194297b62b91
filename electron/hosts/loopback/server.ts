import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AnyRouter } from '@orpc/server';
import { linkClosed, servicePath } from '../../../shared/link.ts';
import { findWindowFile } from '../window-files.ts';
import { windowHeaders } from '../window-headers.ts';
import { Access, type SessionId } from './access.ts';
import { type Closing, WindowLinks } from './links.ts';
import { readCookie, refuse } from './request-checks.ts';
import { type Answer, type Ask, answerWithProof, controlPath, readAsk } from './running.ts';

export interface ServerOptions {
  /** 0 lets the system choose. */
  port: number;
  /** Folder of the built window. */
  windowFiles: string;
  router: AnyRouter;
  /** Hears how many windows are open whenever that changes. */
  onWindows(count: number): void;
}

type Control = { secret: string; handle: (question: Ask) => Promise<Answer> };

/** Serves the window and its service on 127.0.0.1, to the browsers that came in with a link. */
export class LoopbackServer {
  port = 0;
  readonly #windowFiles: string;
  readonly #access = new Access();
  readonly #links: WindowLinks;
  readonly #http = createServer();
  #control: Control | null = null;

  private constructor({ windowFiles, router, onWindows }: ServerOptions) {
    this.#windowFiles = windowFiles;
    this.#links = new WindowLinks(router, onWindows);
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#http.on('request', (request, response) => {
      this.#answer(request, response).catch((error: Error) => {
        console.error(`A request could not be answered: ${error.message}`);
        response.destroy();
      });
    });
  }

  static async start(options: ServerOptions): Promise<LoopbackServer> {
    const server = new LoopbackServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#http.once('error', reject);
      server.#http.listen({ host: '127.0.0.1', port: options.port, exclusive: true }, resolve);
    });
    server.port = (server.#http.address() as AddressInfo).port;
    return server;
  }

  /** An address that opens one window, once. */
  link(lifetimeMs: number): string {
    return `${this.#origin}/enter?token=${this.#access.issueToken(lifetimeMs)}`;
  }

  /** Answers the later starts that know the secret. */
  answerLaterStarts(control: Control): void {
    this.#control = control;
  }

  closeWindows(closing: Closing): void {
    this.#links.close(closing);
  }

  async close(): Promise<void> {
    this.#links.end(linkClosed.ended);
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  get #origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get #cookieName(): string {
    // Cookies know no ports: two instances in one browser must not overwrite each other's.
    return `holdpoint-${this.port}`;
  }

  #session(request: IncomingMessage): SessionId | null {
    return this.#access.admit(readCookie(request.headers.cookie, this.#cookieName));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refuse(request, this.#origin);
    if (refusal) return say(response, 403, refusal);
    const url = URL.parse(request.url ?? '', this.#origin);
    if (!url) return say(response, 400, 'This address cannot be read.');
    const { pathname, searchParams } = url;
    if (request.method === 'POST' && pathname === controlPath) return this.#answerControl(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return say(response, 405, 'Files are read with GET.', { allow: 'GET, HEAD' });
    }
    if (pathname === '/enter') return this.#enter(request, response, searchParams.get('token') ?? '');
    if (!this.#session(request)) {
      return say(
        response,
        403,
        'Open Holdpoint with the link that "npm start" prints. A link works once; a new start prints a new one.',
      );
    }
    await this.#sendFile(request, response, pathname);
  }

  async #enter(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    const entrance = this.#access.enter(token, readCookie(request.headers.cookie, this.#cookieName));
    if (entrance.kind === 'new') {
      const cookie = `${this.#cookieName}=${entrance.cookie}; Path=/; HttpOnly; SameSite=Strict`;
      return say(response, 303, '', { location: '/', 'set-cookie': cookie });
    }
    if (entrance.kind === 'again') return say(response, 303, '', { location: '/' });
    if (entrance.kind === 'reused') {
      this.#links.close(linkClosed.reused, entrance.session);
      console.error('A link was followed twice and its window closed. Run "npm start" again for a new one.');
    }
    return say(response, 403, 'This link has been used or is too old. Run "npm start" again for a new one.');
  }

  async #sendFile(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const file = findWindowFile(this.#windowFiles, pathname);
    // Browsers ask for this one by themselves, and would call its absence an error of the page.
    if (!file && pathname === '/favicon.ico') return say(response, 204, '');
    if (!file) return say(response, 404, 'The window has no such file.');
    const headers = { 'content-type': file.type, 'cache-control': file.cacheControl };
    response.writeHead(200, { ...windowHeaders, ...headers });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    // A reader that goes away in the middle is no event.
    await pipeline(createReadStream(file.path), response).catch(() => response.destroy());
  }

  async #answerControl(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = this.#control ? await readAsk(request, this.#control.secret) : null;
    if (!asked || !this.#control)
      return say(response, 403, 'Only a later start by the same user may ask this.');
    const answer = await this.#control.handle(asked.question);
    const { body, headers } = answerWithProof(answer, this.#control.secret, asked.nonce);
    response.writeHead(200, { ...windowHeaders, ...headers });
    response.end(body);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const session = this.#session(request);
    const refused = refuse(request, this.#origin) !== null || request.url !== servicePath;
    if (refused || session === null) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#links.accept(session, request, socket, head);
  }
}

async function say(
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Record<string, string> = {},
): Promise<void> {
  response.writeHead(status, {
    ...windowHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(sentence);
}
