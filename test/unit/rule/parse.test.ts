import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../shared/contract/common.ts';
import { parseRule, parseRules, renderRule } from '../../../shared/rule/index.ts';

const day = 86_400;

/** `quantity comparator value unit`, or `v…` for a version. */
const short = ({ quantity, comparator, bound }: Rule) =>
  [
    quantity,
    comparator,
    'version' in bound ? `v${bound.version}` : bound.value,
    'unit' in bound ? bound.unit : '',
  ]
    .filter((part) => part !== '')
    .join(' ');

const written: [string, string[]][] = [
  ['Sharpe ratio > 0.75', ['sharpe ratio > 0.75']],
  ['sharpe > 0.75', ['sharpe > 0.75']],
  ['Sharpe ratio > 1.0 in backtesting', ['sharpe ratio > 1']],
  ['p95 < 5s, p99 < 10s', ['p95 < 5 s', 'p99 < 10 s']],
  ['Latency under load: p95 < 5s, p99 < 10s', ['latency p95 < 5 s', 'latency p99 < 10 s']],
  [
    'Latency p50 < 1 s, p95 < 5s and p99 < 10s',
    ['latency p50 < 1 s', 'latency p95 < 5 s', 'latency p99 < 10 s'],
  ],
  ['p95 latency below 250 ms', ['latency p95 < 0.25 s']],
  ['99th percentile latency < 1s', ['latency p99 < 1 s']],
  ['latency p95 < 5 s and error rate < 1 %', ['latency p95 < 5 s', 'error rate < 1 %']],
  ['API response times are acceptable (p95 < 5s)', ['api response time p95 < 5 s']],
  ['500GB+ available', ['>= 500000000000 B']],
  ['Dataset storage: 500GB+ available', ['dataset storage >= 500000000000 B']],
  ['>5% error rate', ['error rate > 5 %']],
  ['Inference failures (>5% error rate)', ['error rate > 5 %']],
  ['(>10s p99)', ['p99 > 10 s']],
  ['Latency spikes (>10s p99)', ['latency p99 > 10 s']],
  ['Python 3.12+ installed', ['python >= v3.12']],
  ['PyTorch 2.8+ with CUDA support', ['pytorch >= v2.8']],
  ['CUDA version >= 12.4', ['cuda >= v12.4']],
  ['exporter >= v2', ['exporter >= v2']],
  ['<24 hours old', [`< ${day} s`]],
  ['Data freshness: <24 hours old', [`data freshness < ${day} s`]],
  ['Model staleness (>35 days since update)', [`model staleness > ${35 * day} s`]],
  ['(<100ms)', ['< 0.1 s']],
  ['Database queries fast (<100ms)', ['database query < 0.1 s']],
  ['R² Score > 0.70', ['r² score > 0.7']],
  ['k ≥ 5 folds', ['k fold >= 5']],
  ['Latency > 1000ms', ['latency > 1 s']],
  ['max drawdown < 30%', ['max drawdown < 30 %']],
  ['Minimum position size threshold set (2%)', ['min position size = 2 %']],
  ['Daily turnover limit configured (35%)', ['daily turnover limit = 35 %']],
  ['100 req/hour', ['request = 100 1/h']],
  ['Per-user limits (e.g., 100 req/hour)', ['per-user limit = 100 1/h']],
  ['at most 50 requests per second', ['request <= 180000 1/h']],
  ['(90 days)', [`= ${90 * day} s`]],
  ['Retention policy set (90 days)', [`retention = ${90 * day} s`]],
  ['89 features', ['feature = 89']],
  ['every 2 hours', ['interval <= 7200 s']],
  ['Check the dashboards every 2 hours', ['dashboard interval <= 7200 s']],
  ['Stress test: 100 concurrent requests', ['concurrent request = 100']],
  ['at least 3 replicas', ['replica >= 3']],
  ['Throughput ≥ 50 MB/s', ['throughput >= 50000000 B/s']],
  ['cost must not exceed 1,500 per month', ['cost <= 1500']],
  ['Loss < 1e-4', ['loss < 0.0001']],
  ['Skew > -0.5', ['skew > -0.5']],
  ['Test coverage ≥ 80% (92%)', ['test coverage >= 80 %']],
  ['Secrets rotated within the last 90 days', [`secret rotated <= ${90 * day} s`]],
  ['Backout window: 15 minutes max from failure', ['backout window <= 900 s']],
  ['Coverage: 80% or more', ['coverage >= 80 %']],
  ['Response time (p95) > 10s for 5 minutes', ['response time p95 > 10 s']],
  ['< 2% overhead verified', ['overhead < 2 %']],
  ['Restore tested (restore time <2 hours)', ['restore time < 7200 s']],
  ['Block size < 512 B', ['block size < 512 B']],
  ['Downtime < 30 min per month', ['downtime < 1800 s']],
  ['Fee below 5 bps', ['fee < 0.05 %']],
];

describe('thresholds in the words of documents', () => {
  it.each(written)('reads %j', (text, rules) => {
    expect(parseRules(text).map(short)).toEqual(rules);
  });

  it.each([
    'Backtest complete (2023-2025, 688 trading days)',
    'Expected cost reduction: ~86% (156% → ~23%)',
    'Phase 4.1 and 4.2 complete',
    'Monitor for 3-7 days',
    'scores 0-1, reasonable spread',
    'Model comparison complete (enhanced > pruned)',
    'GPU utilization reasonable (not pegged at 100%)',
    'Daily cron job configured (6am JST)',
    'GPU instance configured (A100 or equivalent)',
    'Git tag created: v0.2.0-production',
    'Checkpoint saved: models/ranker_v0.2.0.pt',
    '429 responses tested',
    'Canary stages (10%, 25%, 50%)',
    'Rollout 10% → 50% → 100%',
    'Satisfaction ≥ 4.0/5.0',
    'Response time > 2x baseline',
    'All tests passing (755/755)',
    'CPU utilization (warning at 80%)',
    'Latency (threshold: 300-500ms by stage)',
    'Route 10% of traffic to the new version',
    'Due 2025-10-29, 09:00',
    'a -> 5, b => 6, c << 7',
    'Memory stability over 24 hours',
    'Config costs $500',
    'Model has at most 7B parameters',
    'curl http://api:8000/health',
    '',
  ])('reads no threshold in %j', (text) => {
    expect(parseRules(text)).toEqual([]);
  });

  it('gives the words of the document for each', () => {
    const texts = (text: string) => parseRules(text).map((rule) => rule.text);
    expect(texts('Latency under load: p95 < 5s, p99 < 10s')).toEqual(['p95 < 5s', 'p99 < 10s']);
    expect(texts('Inference failures (>5% error rate)')).toEqual(['>5% error rate']);
    expect(texts('Transaction costs still > 50%')).toEqual(['Transaction costs still > 50%']);
  });
});

describe('the rule of a pack file', () => {
  it('is one comparison', () => {
    expect(parseRule(' latency p95 < 5 s ')).toEqual({
      ok: true,
      rule: {
        quantity: 'latency p95',
        comparator: '<',
        bound: { value: 5, unit: 's' },
        text: 'latency p95 < 5 s',
      },
    });
  });

  it('that says nothing, or two things, is told what to write', () => {
    expect(parseRule('fast enough')).toMatchObject({
      ok: false,
      message: expect.stringContaining('p95 < 5 s'),
    });
    expect(parseRule('p95 < 5s, p99 < 10s')).toMatchObject({
      ok: false,
      message: expect.stringContaining('2 rules'),
    });
  });
});

describe('any text', () => {
  const word = fc.constantFrom(
    ...'latency,p95,p99.9,error rate,max,of,under,every,within,python,version,k,at least,not exceed,sharpe,(e.g.,,per'.split(
      ',',
    ),
  );
  const sign = fc.constantFrom(
    '<',
    '>',
    '<=',
    '≥',
    '=',
    '+',
    '~',
    '(',
    ')',
    ':',
    ',',
    '-',
    '→',
    ' and ',
    '\n',
    '|',
  );
  const figure = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom('0.1', '24', '1,000', '3.12', '1.2.3', 'v2', '.5', '1e400', '-0', '35'),
  );
  const unit = fc.constantFrom(
    's',
    'ms',
    'GB',
    'GiB',
    '%',
    'req/hour',
    '/min',
    'MB/s',
    'days',
    'bps',
    'folds',
    'rps',
    'h',
  );
  const text = fc
    .array(fc.oneof(word, sign, figure, unit, fc.string({ maxLength: 4 })), { maxLength: 14 })
    .chain((parts) => fc.constantFrom(' ', '').map((glue) => parts.join(glue)));

  it('is read without an error, into rules with finite bounds', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary', maxLength: 80 })), (input) => {
        for (const { bound, quantity } of parseRules(input)) {
          if ('value' in bound) expect(Number.isFinite(bound.value)).toBe(true);
          expect(quantity).toBe(quantity.trim().toLowerCase());
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('gives rules that read the same after rendering', () => {
    fc.assert(
      fc.property(text, (input) => {
        for (const rule of parseRules(input)) {
          const rendered = renderRule(rule);
          expect(parseRules(rendered)).toEqual([{ ...rule, text: rendered }]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('costs no square of its length', () => {
    const ms = (copies: number) => {
      const long = 'latency p95 < 5 s, 35, > 3 '.repeat(copies);
      const start = performance.now();
      parseRules(long);
      return performance.now() - start;
    };
    ms(2000);
    expect(ms(16_000)).toBeLessThan(8 * 6 * ms(2000));
  });
});
