import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { os } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type Ask, announce, askRunning, unannounce } from '../../../electron/hosts/loopback/running.ts';
import { LoopbackServer } from '../../../electron/hosts/loopback/server.ts';
import { linkClosed } from '../../../shared/link.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { type RawAnswer, sendRaw } from './raw-http.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

async function start(): Promise<{ server: LoopbackServer; windows: number[] }> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'renderer/index.html'), '<h1>window</h1>');
  writeFileSync(join(folder, 'renderer/assets/main-1a2b.js'), 'script');
  const windows: number[] = [];
  const server = await LoopbackServer.start({
    port: 0,
    windowFiles: join(folder, 'renderer'),
    router: { add: os.handler(() => 5) },
    onWindows: (count) => windows.push(count),
  });
  onTestFinished(() => server.close());
  return { server, windows };
}

function get(server: LoopbackServer, path: string, headers: string[] = []): Promise<RawAnswer> {
  const host = `Host: 127.0.0.1:${server.port}`;
  return sendRaw(server.port, [`GET ${path} HTTP/1.1`, host, 'Connection: close', ...headers]);
}

/** Follows a fresh link and gives the cookie. */
async function enter(server: LoopbackServer, link = server.link(60_000)): Promise<string> {
  const { headers } = await get(server, new URL(link).pathname + new URL(link).search);
  return (headers['set-cookie'] ?? '').split(';')[0] ?? '';
}

function open(server: LoopbackServer, cookie: string, more: Record<string, string> = {}, path = '/service') {
  const origin = `http://127.0.0.1:${server.port}`;
  const headers = { cookie, origin, ...more };
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
  return new Promise<{ socket: WebSocket } | { status: number }>((resolve) => {
    socket.on('open', () => resolve({ socket }));
    socket.on('unexpected-response', (_request, { statusCode = 0 }) => resolve({ status: statusCode }));
    socket.on('error', () => {});
  });
}

describe('a link', () => {
  it('is exchanged for a cookie that scripts cannot read and other sites cannot send, and leads home', async () => {
    const { server } = await start();
    const { pathname, search } = new URL(server.link(60_000));
    const answer = await get(server, pathname + search);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['set-cookie']).toMatch(
      new RegExp(`^holdpoint-${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('works once; followed by somebody else it ends the window that it opened', async () => {
    const { server } = await start();
    const link = server.link(60_000);
    const cookie = await enter(server, link);
    const opened = await open(server, cookie);
    if (!('socket' in opened)) throw new Error('The window was refused.');
    const closed = new Promise((resolve) => opened.socket.on('close', (code) => resolve(code)));
    const { pathname, search } = new URL(link);
    expect(await get(server, pathname + search)).toMatchObject({ status: 403 });
    expect(await closed).toBe(linkClosed.reused.code);
    expect((await get(server, '/', [`Cookie: ${cookie}`])).status).toBe(403);
    expect(await open(server, cookie)).toEqual({ status: 403 });
  });

  it('may be followed again in the browser that it opened', async () => {
    const { server } = await start();
    const link = server.link(60_000);
    const cookie = await enter(server, link);
    const { pathname, search } = new URL(link);
    const again = await get(server, pathname + search, [`Cookie: ${cookie}`]);
    expect([again.status, again.headers['set-cookie']]).toEqual([303, undefined]);
    expect((await get(server, '/', [`Cookie: ${cookie}`])).status).toBe(200);
  });

  it('with a guessed, an empty or no token opens nothing', async () => {
    const { server } = await start();
    for (const search of ['?token=guessed', '?token=', '', '?other=x']) {
      const { status, headers } = await get(server, `/enter${search}`);
      expect([status, headers['set-cookie']]).toEqual([403, undefined]);
    }
  });
});

describe('every request', () => {
  it('is refused under another name, with and without a cookie', async () => {
    const { server } = await start();
    const cookie = `Cookie: ${await enter(server)}`;
    const hosts = [
      `localhost:${server.port}`,
      '127.0.0.1',
      `evil.example:${server.port}`,
      `127.0.0.1:${server.port}.`,
    ];
    for (const host of hosts) {
      for (const path of ['/', '/enter?token=x', '/assets/main-1a2b.js']) {
        const lines = [`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', cookie];
        expect((await sendRaw(server.port, lines)).status, `${host}${path}`).toBe(403);
      }
    }
    expect((await sendRaw(server.port, ['GET / HTTP/1.0', cookie])).status).toBe(403);
  });

  it('without the cookie gets no file, and is told how to come in', async () => {
    const { server } = await start();
    for (const cookie of [[], ['Cookie: holdpoint=x'], [`Cookie: holdpoint-${server.port}=guessed`]]) {
      const answer = await get(server, '/', cookie);
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('npm start');
    }
  });

  it('that changes something is refused unless its own window sends it, and then there is nothing to change', async () => {
    const { server } = await start();
    const cookie = await enter(server);
    const post = (origin: string[]) =>
      sendRaw(server.port, [
        'POST / HTTP/1.1',
        `Host: 127.0.0.1:${server.port}`,
        `Cookie: ${cookie}`,
        'Content-Length: 0',
        'Connection: close',
        ...origin,
      ]);
    expect((await post([])).status).toBe(403);
    expect((await post(['Origin: null'])).status).toBe(403);
    expect((await post(['Origin: http://evil.example'])).status).toBe(403);
    expect((await post([`Origin: http://127.0.0.1:${server.port}`])).status).toBe(405);
  });

  it('is answered with the same strict headers, whatever the answer', async () => {
    const { server } = await start();
    const cookie = `Cookie: ${await enter(server)}`;
    const answers = await Promise.all([
      get(server, '/', [cookie]),
      get(server, '/assets/main-1a2b.js', [cookie]),
      get(server, '/assets/gone.js', [cookie]),
      get(server, '/'),
      get(server, '/enter?token=x'),
      get(server, '/favicon.ico', [cookie]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 403, 403, 204]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
    const [page, script] = answers;
    expect([page.headers['content-type'], page.headers['cache-control']]).toEqual([
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect([script.headers['content-type'], script.headers['cache-control']]).toEqual([
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/%00',
    '//',
    'http://127.0.0.1/../secret.txt',
  ])('for %s reads nothing outside the window', async (path) => {
    const { server } = await start();
    const answer = await get(server, path, [`Cookie: ${await enter(server)}`]);
    expect(answer.body).not.toContain('secret');
    expect([0, 200, 400, 403, 404]).toContain(answer.status);
    expect((await get(server, '/')).status, 'the server goes on').toBe(403);
  });
});

describe('the service', () => {
  it('is reached by the window alone: right cookie, right origin, right path', async () => {
    const { server, windows } = await start();
    const cookie = await enter(server);
    const refused = await Promise.all([
      open(server, ''),
      open(server, `holdpoint-${server.port}=guessed`),
      open(server, cookie, { origin: 'http://evil.example' }),
      open(server, cookie, { origin: `http://localhost:${server.port}` }),
      open(server, cookie, { origin: 'null' }),
      open(server, cookie, { host: `evil.example:${server.port}` }),
      open(server, cookie, {}, '/other'),
    ]);
    expect(refused).toEqual(refused.map(() => ({ status: 403 })));
    expect(windows).toEqual([]);
    const opened = await open(server, cookie);
    expect('socket' in opened).toBe(true);
    expect(windows).toEqual([1]);
    if ('socket' in opened) opened.socket.close();
    await expect.poll(() => windows).toEqual([1, 0]);
  });

  it('is not there for other machines', async () => {
    const { server } = await start();
    const addresses = Object.values(networkInterfaces())
      .flatMap((entries) => entries ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
    // A machine without a network has only the other loopback addresses to try.
    for (const address of [...addresses, '127.0.0.2']) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect(server.port, address, () => resolve(true));
        socket.on('error', () => resolve(false));
        onTestFinished(() => void socket.destroy());
      });
      expect(reached, address).toBe(false);
    }
  });
});

describe('a later start', () => {
  const show: Ask = { do: 'show', pack: '/packs/apex', mode: 'rehearsal' };

  async function running() {
    const { server } = await start();
    const dataFolder = temporaryFolder();
    const { secret } = announce(dataFolder, server.port);
    const asked: Ask[] = [];
    server.answerLaterStarts({
      secret,
      async handle(question) {
        asked.push(question);
        return { link: server.link(60_000), problems: ['launch.yaml:1:1  is empty'] };
      },
    });
    return { server, dataFolder, secret, asked };
  }

  it('asks the running one and gets a link that opens', async () => {
    const { server, dataFolder, asked } = await running();
    const answer = await askRunning(dataFolder, show);
    expect(answer?.problems).toEqual(['launch.yaml:1:1  is empty']);
    expect(asked).toEqual([show]);
    expect((await get(server, '/', [`Cookie: ${await enter(server, answer?.link)}`])).status).toBe(200);
  });

  it('is known by a file that only the same user can read', async () => {
    const { dataFolder } = await running();
    expect(statSync(join(dataFolder, 'loopback.json')).mode & 0o777).toBe(0o600);
    unannounce(dataFolder);
    expect(await askRunning(dataFolder, show)).toBeNull();
  });

  it('that does not know the secret is refused, and nothing is done for it', async () => {
    const { server, asked, dataFolder } = await running();
    writeFileSync(
      join(dataFolder, 'loopback.json'),
      JSON.stringify({ pid: 1, port: server.port, secret: 'guessed' }),
    );
    expect(await askRunning(dataFolder, show)).toBeNull();
    const body = JSON.stringify(show);
    const lines = [
      'POST /control HTTP/1.1',
      `Host: 127.0.0.1:${server.port}`,
      `Origin: http://127.0.0.1:${server.port}`,
      `Content-Length: ${body.length}`,
      'Connection: close',
    ];
    expect((await sendRaw(server.port, lines, body)).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('does not follow a stranger who has taken the port of a dead instance', async () => {
    const dataFolder = temporaryFolder();
    let heard = '';
    const stranger = createServer((request, response) => {
      heard += JSON.stringify(request.headers);
      response.setHeader('x-holdpoint-proof', String(request.headers['x-holdpoint-proof']));
      response.end(JSON.stringify({ link: 'http://127.0.0.1/phishing', problems: [] }));
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void stranger.close());
    const { secret } = announce(dataFolder, (stranger.address() as AddressInfo).port);
    expect(await askRunning(dataFolder, show)).toBeNull();
    expect(heard).not.toBe('');
    expect(heard, 'the secret itself is never sent').not.toContain(secret);
  });

  it('finds nobody where the file is left from a crash or is no such file', async () => {
    const dataFolder = temporaryFolder();
    announce(dataFolder, 1);
    expect(await askRunning(dataFolder, show)).toBeNull();
    writeFileSync(join(dataFolder, 'loopback.json'), '{');
    expect(await askRunning(dataFolder, show)).toBeNull();
  });

  it('with more to say than it may is cut off, and the server goes on', async () => {
    const { server, dataFolder, asked } = await running();
    expect(await askRunning(dataFolder, { ...show, pack: 'x'.repeat(100_000) })).toBeNull();
    expect(asked).toEqual([]);
    expect((await get(server, '/')).status).toBe(403);
  });
});

describe('the end of a server', () => {
  let server: LoopbackServer;
  beforeAll(async () => {
    server = await LoopbackServer.start({
      port: 0,
      windowFiles: '/nowhere',
      router: {},
      onWindows: () => {},
    });
  });
  afterAll(() => server.close());

  it('is told to its windows, and waits for none that does not answer', async () => {
    const opened = await open(server, await enter(server));
    if (!('socket' in opened)) throw new Error('The window was refused.');
    const closed = new Promise((resolve) =>
      opened.socket.on('close', (code, reason) => resolve([code, String(reason)])),
    );
    await server.close();
    expect(await closed).toEqual([linkClosed.ended.code, linkClosed.ended.reason]);
    expect(Buffer.byteLength(linkClosed.ended.reason), 'fits a closing frame').toBeLessThanOrEqual(123);
    expect(Buffer.byteLength(linkClosed.reused.reason)).toBeLessThanOrEqual(123);
  });
});
