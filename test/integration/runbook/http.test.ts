import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, contextOn, type Ended, hostFolder, runScript } from '../../support/runbook/scripts.ts';
import { measureHere, onlyPrograms, serve } from '../checks/machines.ts';

interface AskForTest {
  values?: Record<string, string>;
  secrets?: Record<string, string>;
  env?: Record<string, string>;
}

/** Runs an http step on a host that is this machine. */
function ask(
  http: Record<string, unknown>,
  { values = {}, secrets = {}, env = {} }: AskForTest = {},
): Promise<Ended> {
  const home = hostFolder();
  const context = contextOn(home);
  const { known, secrets: names } = context.values;
  const filled = { ...context, values: { known: { ...known, ...values }, secrets: names } };
  return runScript(compile({ http: { within: '1 s', ...http } }, filled), home, secrets, env);
}

/** A host with no Python, which reads JSON with Node. */
const withNode = () =>
  onlyPrograms(['sh', 'mktemp', 'curl', 'grep', 'cat', 'date', 'head', 'sleep', 'rm'], {
    node: `exec '${process.execPath}' "$@"`,
  });

describe('an http step', () => {
  it('asks again until the answer is right', async () => {
    let asked = 0;
    const { url } = await serve((_seen, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200).end(`{"status":"ok"}`);
    });
    const spec = { get: `${url}/healthz`, json: { status: 'ok' }, within: '20 s', every: '1 s' };
    const { code, output } = await ask(spec);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('attempt 3') });
    expect(output).toContain('status 503, expected 200');
  });

  const wrong = {
    'a status': [{ expect: [200, 204] }, 'status 500, expected 200 204'],
    'a missing text': [{ expect: 500, contains: 'ready' }, 'does not contain: ready'],
    'one missing text of two': [
      { expect: 500, contains: ['"items"', '--ready'] },
      'does not contain: --ready',
    ],
    'a wrong value': [
      { expect: 500, json: { 'model.version': '0.2.0' } },
      'model.version is "0.1.9", "0.2.0" was expected',
    ],
    'a value of another type': [{ expect: 500, json: { 'items.0': '1' } }, 'items.0 is 1, "1" was expected'],
    'a value that is not there': [
      { expect: 500, json: { 'model.date': null } },
      'model.date is not there, null was expected',
    ],
  } as const;
  for (const [what, [spec, told]] of Object.entries(wrong)) {
    it(`gives up on ${what}, and shows the last answer`, async () => {
      const { url } = await serve((_seen, response) =>
        response.writeHead(500).end('{"model":{"version":"0.1.9"},"items":[1]}'),
      );
      const { code, output } = await ask({ get: url, ...spec });
      expect(code).toBe(1);
      expect(output).toContain(told);
      expect(output).toContain('{"model":{"version":"0.1.9"}');
    });
  }

  it('says so when nobody listens', async () => {
    const { code, output } = await ask({ get: 'http://127.0.0.1:1/' });
    expect(code).toBe(1);
    expect(output).toMatch(/attempt 1: .*[Cc]ould.?n.t connect|Failed to connect/);
  });

  it('says so when the answer is not JSON', async () => {
    const { url } = await serve((_seen, response) => response.end('<html>'));
    for (const env of [{}, withNode()]) {
      const { code, output } = await ask({ get: url, json: { status: 'ok' } }, { env });
      expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('not JSON') });
    }
  });

  it('asks the host itself past any proxy', async () => {
    const { url } = await serve((_seen, response) => response.end('ready'));
    const env = { http_proxy: 'http://127.0.0.1:1' };
    expect(await ask({ get: url, contains: 'ready' }, { env })).toMatchObject({ code: 0 });
  });

  it('sends headers and body as data, and no secret stands in a process list', async () => {
    let processes = '';
    const { url, seen } = await serve((_seen, response) => {
      processes = execFileSync('ps', ['axww', '-o', 'args']).toString();
      response.end('ok');
    });
    const spec = {
      post: url,
      headers: { 'X-API-Key': '{API_KEY}', 'X-Empty': '' },
      body: { name: "it's $(id)", '{k}': ['{API_KEY}', 1, null] },
    };
    const secret = 'canary-"7Q\\';
    const { code, output } = await ask(spec, { secrets: { API_KEY: secret } });
    expect({ code, output }).toMatchObject({ code: 0 });
    const headers = { 'x-api-key': secret, 'x-empty': '', 'content-type': 'application/json' };
    expect(seen[0]).toMatchObject({ method: 'POST', headers });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ name: "it's $(id)", '{k}': [secret, 1, null] });
    expect(processes).not.toContain('canary-');
  });

  it('sends a value inside a JSON body as the text it is', async () => {
    const { url, seen } = await serve((_seen, response) => response.end());
    const text = fc.string({ unit: fc.constantFrom(...'ab"\'\\ \n\t$`(){}é✓'), maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(await ask({ post: url, body: { v: '<{v}>' } }, { values: { v: value } })).toMatchObject({
          code: 0,
        });
        expect(JSON.parse(seen.at(-1)?.body ?? '')).toEqual({ v: `<${value}>` });
      }),
      { numRuns: 15 },
    );
  });

  const unfit = {
    'a text to look for that comes to nothing': [{ contains: '{v}' }, '', 'no single line'],
    'a text to look for that runs over lines': [{ contains: 'a{v}' }, 'b\nc', 'no single line'],
    'a header that runs over lines': [{ headers: { 'X-A': '{v}' } }, 'b\nX-B: c', 'runs over lines'],
  } as const;
  for (const [what, [spec, v, said]] of Object.entries(unfit)) {
    it(`is not planned with ${what}`, () => {
      expect(() => ask({ get: 'http://127.0.0.1/', ...spec }, { values: { v } })).toThrow(said);
    });
  }
});

describe('an http step and an http check', () => {
  const answer = JSON.stringify({
    status: 'ok',
    ready: true,
    one: 1,
    nothing: null,
    'a.b': 'whole',
    a: { b: 'inner', c: [{ d: 2.5 }, 'x'] },
    list: [],
  });
  const wishes: [Record<string, unknown>, boolean][] = [
    [{ status: 'ok', ready: true, one: 1, nothing: null }, true],
    [{ one: 1.0, 'a.c.0.d': 2.5, 'a.c.1': 'x' }, true],
    [{ 'a.b': 'whole' }, true],
    [{ 'a.b': 'inner' }, false],
    [{ ready: 1 }, false],
    [{ one: true }, false],
    [{ one: '1' }, false],
    [{ missing: null }, false],
    [{ 'a.c.2': null }, false],
    [{ 'a.c.-1': 'x' }, false],
    [{ 'a.c.length': 2 }, false],
    [{ 'list.length': 0 }, false],
    [{ 'status.length': 2 }, false],
    [{ 'a.constructor': null }, false],
  ];

  it.each(wishes)('are of one mind on %j', async (json, holds) => {
    const { url } = await serve((_seen, response) => response.end(answer));
    const check = await measureHere('http', { http: { get: url, json } }, { on: ['prd-1'] });
    const steps = await Promise.all([{}, withNode()].map((env) => ask({ get: url, json }, { env })));
    expect([check.verdict, ...steps.map(({ code }) => code)]).toEqual(
      holds ? ['pass', 0, 0] : ['fail', 1, 1],
    );
  });

  it('want the same status, where nothing is said', async () => {
    const { url } = await serve((_seen, response) => response.writeHead(201).end());
    expect((await measureHere('http', { http: { get: url } })).verdict).toBe('fail');
    expect((await ask({ get: url })).code).toBe(1);
  });

  it.each([
    ['{"k": 1}', 'application/json'],
    ['k=1', 'text/plain; charset=utf-8'],
  ])('send the text %s as %s', async (body, type) => {
    const { url, seen } = await serve((_seen, response) => response.end());
    await measureHere('http', { http: { post: url, body } });
    await ask({ post: url, body });
    expect(seen.map((one) => [one.body, one.headers['content-type']])).toEqual([
      [body, type],
      [body, type],
    ]);
  });
});
