import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type InstalledService, installService, jsonLines, keys } from './support.ts';

interface Prediction {
  rank: number;
  code: string;
  score: number;
}

let service: InstalledService;

beforeAll(async () => {
  service = await installService();
  // Every test asks as often as it likes; the limits have a test of their own.
  service.changeSettings((text) => text.replaceAll(/(_PER_HOUR)=\d+/g, '$1=0'));
  expect((await service.script('start')).code).toBe(0);
});
afterAll(() => service.end());
afterEach(() => service.writeFault('none'));

async function predictions(query = ''): Promise<Prediction[]> {
  const answer = await service.ask(`/predict${query}`);
  return ((await answer.json()) as { predictions: Prediction[] }).predictions;
}

describe('health', () => {
  it('says it is ready, and which release of what answers', async () => {
    expect(await (await service.ask('/healthz', { key: '' })).json()).toEqual({ status: 'ok' });
    const answer = await service.ask('/health', { key: '' });
    expect(answer.headers.get('x-served-version')).toBe('0.1.9');
    expect(await answer.json()).toMatchObject({
      status: 'ok',
      system: 'apex-ranker',
      version: '0.1.9',
      release: '0.1.9-base',
      environmentVersion: '0.1.9',
      model: { file: 'models/apex_ranker_v0.1.9.json', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      settings: { topK: 35, minPositionSize: 0.02, maxDailyTurnover: 0.35, horizon: 20 },
    });
  });
});

describe('predictions', () => {
  it('are 35 names best first, scored between 0 and 1 with a spread, the same each time', async () => {
    const found = await predictions('?date=2026-11-20');
    expect(found.map(({ rank }) => rank)).toEqual(Array.from({ length: 35 }, (_, index) => index + 1));
    const scores = found.map(({ score }) => score);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(Math.min(...scores)).toBeGreaterThan(0);
    expect(Math.max(...scores)).toBeLessThan(1);
    expect(Math.max(...scores) - Math.min(...scores)).toBeGreaterThan(0.1);
    expect(await predictions('?date=2026-11-20')).toEqual(found);
    expect(await predictions('?date=2026-11-19')).not.toEqual(found);
    expect(await predictions('?date=2026-11-20&horizon=1')).not.toEqual(found);
    expect(await predictions('?date=2026-11-20&top_k=3')).toEqual(found.slice(0, 3));
  });

  it('on a day without trading come from the last trading day, and say so', async () => {
    const answer = await service.ask('/predict', { body: { date: '2026-11-22' } });
    expect(await answer.json()).toMatchObject({ date: '2026-11-22', panelDate: '2026-11-20', horizon: 20 });
    expect(await predictions('?date=2026-11-22')).toEqual(await predictions('?date=2026-11-20'));
  });

  it('of given features depend on these features alone', async () => {
    const model = await (await service.ask('/openapi.json')).json();
    const { schema } = model.paths['/predict'].post.requestBody.content['application/json'];
    const names: string[] = schema.properties.instruments.items.properties.features.required;
    const features = (value: number) => Object.fromEntries(names.map((name) => [name, value]));
    const body = {
      instruments: [
        { code: 'A', features: features(0.1) },
        { code: 'B', features: features(-0.4) },
        { code: 'C', features: features(0.1) },
      ],
    };
    const answer = await (await service.ask('/predict', { body })).json();
    const byCode = new Map(answer.predictions.map(({ code, score }: Prediction) => [code, score]));
    expect(byCode.get('A')).toBe(byCode.get('C'));
    expect(byCode.get('A')).not.toBe(byCode.get('B'));
    expect(answer).toMatchObject({ date: null, panelDate: null });
  });

  it('are written down with who asked', async () => {
    const answer = await service.ask('/predict?date=2026-11-18&top_k=2');
    const id = answer.headers.get('x-request-id');
    const shared = join(service.root, 'shared');
    const logged = jsonLines(join(shared, 'data', 'predictions.jsonl')).find((line) => line.id === id);
    expect(logged).toMatchObject({ user: 'desk', ...(await answer.json()) });
    expect(jsonLines(join(shared, 'logs', 'requests.jsonl')).find((line) => line.id === id)).toMatchObject({
      method: 'GET',
      path: '/predict',
      status: 200,
      user: 'desk',
      version: '0.1.9',
    });
  });
});

describe('weights', () => {
  it('sum to 1, keep to minimum and turnover, and cost what the turnover costs', async () => {
    const first = await (await service.ask('/rebalance', { body: { date: '2026-10-30' } })).json();
    expect(first).toMatchObject({ names: 35, inception: true, turnover: 1, cost: { bps: 12 } });
    const body = { date: '2026-11-20', current_weights: first.weights, portfolio_value: 1e8 };
    const second = await (await service.ask('/rebalance', { body })).json();
    const weights: number[] = Object.values(second.weights);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 8);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0.02);
    expect(second.turnover).toBeGreaterThan(0);
    expect(second.turnover).toBeLessThanOrEqual(0.35 + 1e-9);
    expect(second.cost.bps).toBeCloseTo(2 * second.turnover * 12, 4);
    expect(second.cost.amount).toBeCloseTo((1e8 * second.cost.bps) / 1e4, 0);
  });

  it('can be had for scores of one’s own', async () => {
    const scores = [0.9, 0.8, 0.1].map((score, index) => ({ code: `N${index}`, score }));
    const answer = await service.ask('/optimize', { body: { predictions: scores, top_k: 2 } });
    expect(Object.keys((await answer.json()).weights)).toEqual(['N0', 'N1']);
  });
});

describe('who may ask', () => {
  it('nobody without a key, nor with an unknown one; health and metrics need none', async () => {
    for (const path of ['/predict', '/rebalance', '/optimize']) {
      const body = path === '/predict' ? undefined : {};
      expect((await service.ask(path, { key: '', body })).status).toBe(401);
      expect((await service.ask(path, { key: 'wrong-key-wrong-key', body })).status).toBe(403);
    }
    for (const path of ['/healthz', '/health', '/metrics', '/openapi.json']) {
      expect((await service.ask(path, { key: '' })).status).toBe(200);
    }
  });

  it('a key never appears in a log', async () => {
    await service.ask('/predict?top_k=x');
    const shared = join(service.root, 'shared');
    const logs = [join(shared, 'logs', 'requests.jsonl'), join(shared, 'data', 'predictions.jsonl')];
    const text = `${service.log()}${logs.map((path) => JSON.stringify(jsonLines(path))).join('')}`;
    for (const key of Object.values(keys)) expect(text).not.toContain(key);
  });
});

describe('mistakes', () => {
  const features = { code: 'A', features: { value: 'high' } };
  it.each([
    [
      '/predict?date=2026-02-30',
      undefined,
      400,
      /^date must be a date as YYYY-MM-DD, and is "2026-02-30"\.$/,
    ],
    ['/predict?horizon=7', undefined, 400, /^horizon must be one of 1, 5, 10, 20, and is 7\.$/],
    [
      '/predict?top_k=0&limit=3',
      undefined,
      400,
      /limit is not known here.*top_k must be a whole number from 1 to 500/,
    ],
    ['/predict', [1], 400, /the body must be a JSON object, and is \[1\]/],
    ['/predict', { instruments: [] }, 400, /instruments must be a list of 1 to 5000 entries, and has 0/],
    [
      '/predict',
      { instruments: [features] },
      400,
      /instruments\[0\]\.features\.value must be a finite number, and is "high"/,
    ],
    ['/optimize', {}, 400, /predictions must be a list of 1 to 5000 entries, and is absent/],
    [
      '/optimize',
      { predictions: [{ code: 'A', score: null }] },
      400,
      /predictions\[0\]\.score must be a number, and is null/,
    ],
    [
      '/rebalance',
      { current_weights: { A: 0.7, B: 0.7 } },
      400,
      /current_weights must sum to 1 at most, and sums to 1\.4/,
    ],
    [
      '/rebalance',
      { current_weights: { A: -1 } },
      400,
      /current_weights\.A must be a weight from 0 to 1, and is -1/,
    ],
    ['/nothing', undefined, 404, /nothing at \/nothing.*\/predict/],
    ['/optimize', undefined, 405, /\/optimize takes POST, not GET/],
    ['/__proto__', undefined, 404, /nothing at/],
  ])('%s with %j', async (path, body, status, message) => {
    const answer = await service.ask(path, { body });
    expect(answer.status).toBe(status);
    const problem = await answer.json();
    expect(problem.message).toMatch(message);
    expect(problem).toMatchObject({ error: expect.any(String), problems: expect.any(Array) });
  });

  it('a body that is no JSON, not said to be JSON, or too large, is told so', async () => {
    const send = (body: string, type = 'application/json') =>
      fetch(`${service.base}/optimize`, {
        method: 'POST',
        body,
        headers: { 'x-api-key': keys.desk, 'content-type': type },
      });
    expect(await (await send('{"a":')).json()).toMatchObject({ error: 'bad-json' });
    expect((await send('{}', 'text/plain')).status).toBe(415);
    expect((await send(`"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
    expect((await service.ask('/healthz')).status).toBe(200);
  });
});

it('a request that is no good HTTP address is answered, and the service lives on', async () => {
  for (const target of ['//', '//[', '*', '/predict?%', '/%zz', 'http://[/x']) {
    const socket = connect(service.port, '127.0.0.1');
    socket.end(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  }
  expect((await service.ask('/healthz')).status).toBe(200);
});

describe('rate limits', () => {
  // Settings and counters of this service's own.
  let limited: InstalledService;
  beforeEach(async () => {
    limited = await installService();
    limited.changeSettings((text) => text.replace('PER_USER_PER_HOUR=100', 'PER_USER_PER_HOUR=3'));
    limited.changeSettings((text) => text.replace('GLOBAL_PER_HOUR=1000', 'GLOBAL_PER_HOUR=5'));
    await limited.script('start');
  });
  afterEach(() => limited.end());

  it('each key has its own, all keys have one together, and the answer says when to come back', async () => {
    for (const left of ['2', '1', '0']) {
      const answer = await limited.ask('/predict?top_k=1');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-ratelimit-remaining')).toBe(left);
    }
    const refused = await limited.ask('/predict?top_k=1');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-ratelimit-limit')).toBe('3');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
    expect((await refused.json()).message).toMatch(/^3 requests an hour are allowed with this key/);

    for (const status of [200, 200, 429]) {
      expect((await limited.ask('/predict?top_k=1', { key: keys.checks })).status).toBe(status);
    }
    expect((await limited.ask('/healthz')).status).toBe(200);
    const metrics = await (await limited.ask('/metrics')).text();
    expect(metrics).toMatch(/ranker_rate_limited_total\{scope="user"\} 1/);
    expect(metrics).toMatch(/ranker_rate_limited_total\{scope="global"\} 1/);
  });
});

describe('faults, from the next request on', () => {
  it('slow delays answers, but neither metrics nor a word of them', async () => {
    service.writeFault('slow seconds=0.4');
    const began = performance.now();
    await (await service.ask('/metrics')).text();
    const metricsTook = performance.now() - began;
    const answer = await service.ask('/healthz');
    expect(answer.status).toBe(200);
    expect(performance.now() - began - metricsTook).toBeGreaterThanOrEqual(395);
  });

  it('wrong answers are well-formed: one score for all, none at all, or another version', async () => {
    service.writeFault('wrong');
    const constant = (await predictions()).map(({ score }) => score);
    expect(new Set(constant).size).toBe(1);
    service.writeFault('wrong scores=nan');
    expect((await predictions()).map(({ score }) => score)).toEqual(constant.map(() => null));
    expect(await (await service.ask('/metrics')).text()).toMatch(/^ranker_invalid_scores_total 35$/m);
    service.writeFault('wrong says=9.9.9');
    const answer = await service.ask('/health');
    expect(answer.headers.get('x-served-version')).toBe('9.9.9');
    expect((await answer.json()).version).toBe('9.9.9');
    expect((await service.ask('/metrics')).headers.get('x-served-version')).toBe('0.1.9');
  });

  it('failing answers 500 while health stays good', async () => {
    service.writeFault('failing');
    expect((await service.ask('/predict')).status).toBe(500);
    expect((await service.ask('/healthz')).status).toBe(200);
  });

  it('unhealthy answers 503 and says why, for the named version alone', async () => {
    service.writeFault('unhealthy version=0.2.0');
    expect((await service.ask('/healthz')).status).toBe(200);
    service.writeFault('unhealthy version=0.1.9');
    expect((await service.ask('/healthz')).status).toBe(503);
    expect(await (await service.ask('/health')).json()).toMatchObject({
      status: 'unhealthy',
      reason: expect.stringMatching(/shared\/fault/),
    });
  });
});

describe('metrics', () => {
  it('are Prometheus text: each family announced once, histograms rising to their count', async () => {
    await predictions();
    const answer = await service.ask('/metrics', { key: '' });
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const { types, samples } = parseMetrics(await answer.text());
    expect(types.get('ranker_requests_total')).toBe('counter');
    expect(types.get('process_resident_memory_bytes')).toBe('gauge');

    const info = samples.find(({ name }) => name === 'ranker_model_info');
    expect(info).toMatchObject({ value: 1, labels: { system: 'apex-ranker', version: '0.1.9' } });
    for (const [name, type] of types) {
      const own = samples.filter((sample) => familyOf(sample.name, types) === name);
      if (type !== 'histogram') continue;
      const series = Map.groupBy(own, ({ labels }) => JSON.stringify({ ...labels, le: undefined }));
      for (const lines of series.values()) {
        const buckets = lines.filter((line) => line.name.endsWith('_bucket')).map(({ value }) => value);
        expect([...buckets].sort((a, b) => a - b)).toEqual(buckets);
        expect(lines.find((line) => line.name.endsWith('_count'))?.value).toBe(buckets.at(-1));
      }
    }
    const scored = samples.find(({ name }) => name === 'ranker_prediction_score_count');
    expect(scored?.value).toBeGreaterThanOrEqual(35);
  });

  it('count each request by its path and status', async () => {
    const count = async () => {
      const { samples } = parseMetrics(await (await service.ask('/metrics')).text());
      const found = samples.find(
        ({ name, labels }) =>
          name === 'ranker_requests_total' && labels.path === 'other' && labels.status === '404',
      );
      return found?.value ?? 0;
    };
    const before = await count();
    await service.ask('/surely/not');
    await service.ask('/surely/not/either');
    expect(await count()).toBe(before + 2);
  });
});

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Reads the text format strictly: what it does not know is an error. */
function parseMetrics(text: string) {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.slice(0, -1).split('\n')) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line) ?? [];
    if (word === 'TYPE') {
      expect(types.has(name)).toBe(false);
      types.set(name, rest);
    }
    if (word) continue;
    const sample = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (!sample) throw new Error(`not a sample: ${line}`);
    const [, sampleName = '', labelText = '', value = ''] = sample;
    const labels = Object.fromEntries(
      [...labelText.matchAll(/([a-z0-9_]+)="((?:[^"\\]|\\.)*)"(?:,|$)/g)].map(([, label, of]) => [label, of]),
    );
    expect(types.has(familyOf(sampleName, types))).toBe(true);
    expect(Number.isFinite(Number(value))).toBe(true);
    samples.push({ name: sampleName, labels, value: Number(value) });
  }
  return { types, samples };
}

function familyOf(name: string, types: Map<string, string>): string {
  const base = name.replace(/_(bucket|sum|count)$/, '');
  return types.get(base) === 'histogram' ? base : name;
}
