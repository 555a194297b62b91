import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostWithShell, measureHere, onlyPrograms, places, serve } from './machines.ts';

const json = (value: unknown) => JSON.stringify(value);

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.each(places)('an http check on %s', (_name, on) => {
  it('passes with the status, the words and the values that are asked for', async () => {
    const { url } = await serve((_seen, response) =>
      response.end(json({ status: 'ok', model: { version: '0.2.0' }, lag: 12 })),
    );
    const http = {
      get: `${url}/healthz`,
      expect: 200,
      contains: 'ok',
      json: { status: 'ok', 'model.version': '0.2.0' },
      measure: { lag: { at: 'lag', unit: 'ms' } },
    };
    const evidence = await measureHere('http', { http }, { on, rules: ['lag < 1 s', 'latency < 10 s'] });
    expect(evidence).toMatchObject({ verdict: 'pass', rules: [{ verdict: 'pass' }, { verdict: 'pass' }] });
    const figures = Object.fromEntries(evidence.measured.map(({ quantity, value }) => [quantity, value]));
    expect(figures).toMatchObject({ 'http status': 200, status: 'ok', lag: 0.012, 'model.version': '0.2.0' });
    expect(figures.latency).toBeGreaterThan(0);
  });

  it('fails with what the service answered and what was needed', async () => {
    const { url } = await serve((_seen, response) =>
      response.writeHead(503).end(json({ status: 'starting' })),
    );
    const evidence = await measureHere(
      'http',
      { http: { get: `${url}/health`, json: { status: 'ok' } } },
      { on },
    );
    expect(evidence.verdict).toBe('fail');
    expect(evidence.measured[0]?.text).toBe('/health 503');
    expect(evidence.sentence).toMatch(
      /answers 503 to GET \/health in .*, status 200 and status = "ok" \(there is "starting"\) needed\.$/,
    );
  });

  it('fails where nothing listens, and is an error where the machine cannot be found', async () => {
    const refused = await measureHere(
      'http',
      { http: { get: `http://127.0.0.1:${await unusedPort()}/health` } },
      { on },
    );
    expect(refused).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('finds nothing that listens at 127.0.0.1'),
    });
    const nowhere = await measureHere('http', { http: { get: 'http://no-such-host.invalid/' } }, { on });
    expect(nowhere).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('no-such-host.invalid'),
    });
  });

  it('follows no redirect', async () => {
    const { url, seen } = await serve(({ url: path }, response) => {
      if (path === '/') response.writeHead(302, { location: '/login' }).end();
      else response.end('welcome');
    });
    expect(await measureHere('http', { http: { get: url } }, { on })).toMatchObject({ verdict: 'fail' });
    expect(await measureHere('http', { http: { get: url, expect: [301, 302] } }, { on })).toMatchObject({
      verdict: 'pass',
    });
    expect(seen.map(({ url: path }) => path)).toEqual(['/', '/']);
  });

  it('sends every method, headers and bodies as they are', async () => {
    const { url, seen } = await serve((_seen, response) => response.end());
    await measureHere('http', { http: { head: `${url}/h` } }, { on });
    await measureHere(
      'http',
      { http: { put: `${url}/p`, body: 'a=1\n"quoted" \\ $(id)', headers: { 'x-note': "it's $HOME" } } },
      { on },
    );
    await measureHere('http', { http: { post: `${url}/predict`, body: { symbols: ['A'], k: 20 } } }, { on });
    await measureHere('http', { http: { delete: `${url}/d` } }, { on });
    expect(seen.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
      'HEAD /h',
      'PUT /p',
      'POST /predict',
      'DELETE /d',
    ]);
    expect(seen[1]).toMatchObject({ body: 'a=1\n"quoted" \\ $(id)', headers: { 'x-note': "it's $HOME" } });
    expect(seen[2]).toMatchObject({
      body: json({ symbols: ['A'], k: 20 }),
      headers: { 'content-type': 'application/json' },
    });
  });

  it('goes on asking for as long as it may', async () => {
    let asked = 0;
    const { url } = await serve((_seen, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200).end();
    });
    const spec = { http: { get: url, within: '20 s', every: '10 ms' } };
    expect(await measureHere('http', spec, { on, surroundings: {} })).toMatchObject({ verdict: 'pass' });
    expect(asked).toBe(3);
  });

  it('fills in the values of the target, and keeps the secret ones to itself', async () => {
    const { url, seen } = await serve(({ headers }, response) =>
      response.end(json({ got: headers['x-api-key'] })),
    );
    const secret = 'canary-s3cr3t';
    const surroundings = {
      fill: (text: string) => text.replace('{port}', new URL(url).port).replace('{key}', secret),
      secrets: () => [secret],
    };
    const http = {
      get: `http://127.0.0.1:{port}/v?k={key}`,
      headers: { 'X-API-Key': '{key}' },
      contains: 'never there {key}',
      measure: { got: 'got' },
    };
    const evidence = await measureHere('http', { http }, { on, surroundings });
    expect(seen[0]?.headers['x-api-key']).toBe(secret);
    expect(evidence.verdict).toBe('fail');
    expect(json(evidence)).not.toContain('s3cr3t');
    expect(json(evidence)).toContain('[secret]');
  });
});

describe('a secret', () => {
  it('in a path stays a name, and a password has no place in an address', async () => {
    const { url, seen } = await serve((_seen, response) => response.writeHead(404).end());
    const surroundings = {
      fill: (text: string) => text.replace('{key}', 'a/"b c'),
      secrets: () => ['a/"b c'],
    };
    const evidence = await measureHere('http', { http: { get: `${url}/v/{key}?k={key}` } }, { surroundings });
    expect(seen[0]?.url).toContain('b%20c');
    expect(evidence).toMatchObject({ measured: [{ text: '/v/{key} 404' }, {}] });
    expect(json(evidence)).not.toMatch(/b(%20| )c/);
    const password = await measureHere('http', { http: { get: 'http://ada:s3cr3t@127.0.0.1:1/' } });
    expect(password).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('Send it in a header'),
    });
  });
});

describe('a host asks with what it has', () => {
  const request = { http: { get: 'http://127.0.0.1:1/' } };

  for (const [tool, programs] of Object.entries({
    curl: ['curl', 'sed'],
    python: ['python3'],
    wget: ['wget'],
  })) {
    it(`${tool} alone`, async () => {
      const { url, seen } = await serve(({ url: path }, response) =>
        response.writeHead(path === '/no' ? 404 : 200).end('ready\n'),
      );
      // The system's own Python: the one in PATH may be a shim that needs more programs.
      const scripts: Record<string, string> =
        tool === 'python' ? { python3: 'exec /usr/bin/python3 "$@"' } : {};
      const env = onlyPrograms(
        programs.filter((name) => !(name in scripts)),
        scripts,
      );
      const surroundings = { runOnHost: hostWithShell(['/bin/dash'], env) };
      const ask = (path: string, headers = {}) =>
        measureHere(
          'http',
          { http: { get: `${url}${path}`, contains: 'ready', headers } },
          { on: ['prd-1'], surroundings },
        );
      expect(await ask('/ok', { 'x-a': 'b c' })).toMatchObject({ verdict: 'pass' });
      expect(seen[0]?.headers['x-a']).toBe('b c');
      expect(await ask('/no')).toMatchObject({
        verdict: 'fail',
        measured: [{ text: '/no 404' }, ...(tool === 'wget' ? [] : [{}])],
      });
    });
  }

  it('BusyBox has no more than a plain GET, and that works', async () => {
    const { url } = await serve((_seen, response) => response.end('ready'));
    const env = onlyPrograms([], { wget: 'exec /bin/busybox wget "$@"' });
    const surroundings = { runOnHost: hostWithShell(['/bin/busybox', 'sh'], env) };
    expect(
      await measureHere('http', { http: { get: url, contains: 'ready' } }, { on: ['prd-1'], surroundings }),
    ).toMatchObject({ verdict: 'pass' });
    const post = await measureHere(
      'http',
      { http: { post: url, body: 'x' } },
      { on: ['prd-1'], surroundings },
    );
    expect(post).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('a POST needs curl or python3'),
    });
  });

  it('and does not show a secret in its list of processes for want of a better tool', async () => {
    const surroundings = {
      runOnHost: hostWithShell(['/bin/dash'], onlyPrograms(['wget'])),
      secrets: () => ['s3"cr3t'],
    };
    const http = { get: 'http://127.0.0.1:1/', headers: { 'x-key': 's3"cr3t' } };
    expect(await measureHere('http', { http }, { on: ['prd-1'], surroundings })).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('and so does a secret'),
    });
  });

  it('or says that it has nothing', async () => {
    const surroundings = { runOnHost: hostWithShell(['/bin/dash'], onlyPrograms([])) };
    expect(await measureHere('http', request, { on: ['prd-1'], surroundings })).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('prd-1 has nothing to ask 127.0.0.1:1 with'),
    });
  });

  it('with a body as long as curl takes, and says so of a longer one', async () => {
    const { url, seen } = await serve((_seen, response) => response.end());
    const send = (body: string) => measureHere('http', { http: { post: url, body } }, { on: ['prd-1'] });
    expect(await send('x'.repeat(89_000))).toMatchObject({ verdict: 'pass' });
    expect(seen[0]?.body.length).toBe(89_000);
    expect(await send('"'.repeat(89_000))).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('too long to be sent from a host'),
    });
  });
});

describe('a request as data', () => {
  it('reaches the service as it was written, whatever it holds, by curl and by Python', async () => {
    const { url, seen } = await serve((_seen, response) => response.end());
    const python = hostWithShell(['/bin/dash'], onlyPrograms([], { python3: 'exec /usr/bin/python3 "$@"' }));
    const body = fc.string({
      unit: fc.constantFrom(...'ab"\'\\ \n\r\t\v$`(){};&|<>*?[]~#%@-=é✓'),
      minLength: 1,
      maxLength: 40,
    });
    const header = fc
      .string({ unit: fc.constantFrom(...'ab"\'\\ $`(){};&|<>*?[]~#%@-='), maxLength: 20 })
      .map((text) => `v${text}v`);
    await fc.assert(
      fc.asyncProperty(body, header, fc.boolean(), async (sent, value, byPython) => {
        const surroundings = byPython ? { runOnHost: python } : {};
        const http = { post: url, body: sent, headers: { 'x-value': value, 'content-type': 'text/plain' } };
        const evidence = await measureHere('http', { http }, { on: ['prd-1'], surroundings });
        expect(evidence.verdict).toBe('pass');
        expect(seen.at(-1)).toMatchObject({ body: sent, headers: { 'x-value': value } });
      }),
      { numRuns: 25 },
    );
  });
});

it('what a login script prints is no part of the answer', async () => {
  const { url } = await serve((_seen, response) => response.end('ready'));
  const greeting = hostWithShell(['sh', '-c', 'echo "HTTP/1.1 200 OK"; echo greeting; exec dash -s', 'sh']);
  const http = { get: url, contains: 'greeting' };
  expect(
    await measureHere('http', { http }, { on: ['prd-1'], surroundings: { runOnHost: greeting } }),
  ).toMatchObject({ verdict: 'fail' });
});
