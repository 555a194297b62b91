import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFlatYaml } from '../../../resources/sandbox/ranker-api/app/config-files.mjs';
import { readSettings } from '../../../resources/sandbox/ranker-api/app/settings.mjs';
import { temporaryFolder } from '../../support/folder.ts';

const environment = 'PORT=8000\nAPI_KEYS=desk:0123456789abcdef\n';
const defaults = `top_k: 35
min_position_size: 0.02
max_daily_turnover: 0.35
horizon: 20
transaction_cost_bps: 12
`;

function settings(env: string, config: Record<string, string>) {
  const root = temporaryFolder();
  const release = join(root, 'releases', 'one');
  mkdirSync(join(root, 'shared'));
  mkdirSync(join(release, 'config'), { recursive: true });
  writeFileSync(join(root, 'shared', '.env'), env);
  for (const [name, text] of Object.entries({ 'defaults.yaml': defaults, ...config })) {
    writeFileSync(join(release, 'config', name), text);
  }
  return () => readSettings(root, release);
}

describe('settings of the demo service', () => {
  it('limits, level and version have their defaults', () => {
    expect(settings(environment, {})()).toMatchObject({
      port: 8000,
      keys: [{ name: 'desk', key: '0123456789abcdef' }],
      requestsPerHour: { perUser: 100, global: 1000 },
      logLevel: 'info',
      environmentVersion: '',
      rebalance: 'monthly',
      portfolio: { topK: 35, minPosition: 0.02, maxTurnover: 0.35, costBps: 12 },
    });
  });

  it('a file of the release overrides the defaults, by whichever name and in either form', () => {
    expect(settings(environment, { 'a.yaml': 'top_k: 20 # fewer' })().portfolio.topK).toBe(20);
    expect(settings(environment, { 'v0_production.json': '{"horizon": 5}' })().horizon).toBe(5);
    const both = { 'a.yaml': 'top_k: 10', 'b.yaml': 'top_k: "12"\ntop_k: 11' };
    expect(settings(environment, both)().portfolio.topK).toBe(11);
  });

  it('nested settings and lists of other programs are passed over', () => {
    const yaml = 'data:\n  parquet: x\n  list:\n    - 1\nhorizons:\n- 1\n- 5\ntop_k: 7\n---\n';
    expect([...parseFlatYaml(yaml, 'x.yaml')].map(([key, { value }]) => [key, value])).toEqual([
      ['data', null],
      ['horizons', null],
      ['top_k', 7],
    ]);
  });

  it.each([
    [
      'a missing port',
      'API_KEYS=0123456789abcdef',
      {},
      /PORT is missing; it must be a whole number from 1 to 65535/,
    ],
    ['a port that is none', 'PORT=http\nAPI_KEYS=x', {}, /PORT is "http"/],
    ['a line that is none', 'PORT=1\nnonsense here\n', {}, /\.env:2 is not KEY=value/],
    ['no key', 'PORT=1\n', {}, /API_KEYS is missing, so nobody could ask anything/],
    ['a short key', 'PORT=1\nAPI_KEYS=desk:short', {}, /entry 1 of API_KEYS is not "name:key"/],
    [
      'one name for two keys',
      'PORT=1\nAPI_KEYS=a:0123456789abcdef,a:0123456789abcdeg',
      {},
      /one name to two keys/,
    ],
    [
      'a level that is none',
      `${environment}LOG_LEVEL=loud`,
      {},
      /LOG_LEVEL is loud; it must be one of debug/,
    ],
    [
      'a broken line of YAML',
      environment,
      { 'a.yaml': 'top_k: 1\n=?' },
      /config\/a\.yaml:2 is not "key: value"/,
    ],
    ['broken JSON', environment, { 'a.json': '{' }, /config\/a\.json is not JSON/],
    [
      'a word for a number',
      environment,
      { 'a.yaml': 'top_k: many' },
      /config\/a\.yaml:1: top_k is "many"; it must/,
    ],
    [
      'limits that exclude each other',
      environment,
      { 'a.yaml': 'min_position_size: 0.05' },
      /top_k 35 times min_position_size 0\.05 is more than 1/,
    ],
    [
      'a horizon without a head',
      environment,
      { 'a.yaml': 'horizon: 7' },
      /horizon is 7; it must be one of 1, 5/,
    ],
  ])('%s is refused in a sentence that says where', (_, env, config, message) => {
    expect(settings(env, config)).toThrow(message);
  });

  it('a key is never repeated in a message', () => {
    expect(settings('PORT=1\nAPI_KEYS=desk:not a good key', {})).toThrow(/^(?!.*not a good key).*$/);
  });
});
