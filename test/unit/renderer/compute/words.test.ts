import { expect, test } from 'vitest';
import { computeWords } from '../../../../renderer/app/compute.ts';
import { equityGist, lagGist, turnoverGist } from '../../../../renderer/compute/backtests/gists.ts';
import { boundOf, longerSentence, summaryOf } from '../../../../renderer/compute/claims/claim-words.ts';
import { featuresSentence, freshnessWords } from '../../../../renderer/compute/data/profile-words.ts';
import {
  formatBound,
  formatFigure,
  formatInterval,
  formatNumber,
  formatValue,
} from '../../../../renderer/compute/figures/format.ts';
import { byVerdict } from '../../../../renderer/compute/figures/verdicts.ts';
import { latencyGist, percentileWords } from '../../../../renderer/compute/models/latency-words.ts';
import {
  bestSentence,
  bestVerdict,
  overfittingSentence,
} from '../../../../renderer/compute/sweep/sweep-words.ts';
import { jobToShow, jobWords } from '../../../../renderer/compute/work/job-words.ts';
import type { Job } from '../../../../shared/contract/compute/index.ts';
import { backtest } from '../../../support/stage/fixtures/compute/backtests.ts';
import { claims } from '../../../support/stage/fixtures/compute/claims.ts';
import { figures, sharpe } from '../../../support/stage/fixtures/compute/figures.ts';
import { jobOf } from '../../../support/stage/fixtures/compute/jobs.ts';
import { infer } from '../../../support/stage/fixtures/compute/models.ts';

test('a value stands in its unit, and says so where there is none', () => {
  expect(
    [
      [0.1844, 'fraction'],
      [0.0031, 'fraction'],
      [-0.2001, 'fraction'],
      [0, 'fraction'],
      [56.43, '%'],
      [0.62, 'probability'],
      [0.0001, 'probability'],
      [0.933, 'ratio'],
      [0.021, 'ratio'],
      [20_395, 'days'],
      [10_152_902.13, 'money'],
      [80.9, 'years'],
      [2.67, 'bps'],
      [1688, 'count'],
      [3.2, 'mm'],
      [null, 'ratio'],
      [Number.POSITIVE_INFINITY, 'ratio'],
    ].map(([value, unit]) => formatValue(value as number | null, unit as string)),
  ).toEqual([
    '18.4 %',
    '0.31 %',
    '-20.0 %',
    '0 %',
    '56.4 %',
    '0.620',
    '< 0.001',
    '0.93',
    '0.021',
    '20,395 d',
    '10,152,902',
    '81 y',
    '2.7 bps',
    '1,688',
    '3.2 mm',
    'too few data',
    '∞',
  ]);
});

test('an interval names its unit once', () => {
  expect(formatInterval(sharpe)).toBe('[-0.26, 2.12]');
  expect(formatInterval({ interval: [-0.341, -0.128], unit: 'fraction' })).toBe('[-34.1, -12.8 %]');
  expect(formatInterval({ interval: [9, 12], unit: 'years' })).toBe('[9.0, 12 y]');
  expect(formatInterval({ interval: null, unit: 'ratio' })).toBe('');
  expect(formatFigure(sharpe)).toBe('0.93 [-0.26, 2.12]');
});

test('a bound is shown as it was written, and any number in about four digits', () => {
  expect([formatBound(1.439, 'ratio'), formatBound(0.5643, 'fraction'), formatBound(30, '%')]).toEqual([
    '1.439',
    '56.43 %',
    '30 %',
  ]);
  expect([0, -0.08908, 12.3456, 3973, 1.2e-7, 4.2e10].map(formatNumber)).toEqual([
    '0',
    '-0.0891',
    '12.35',
    '3,973',
    '1.2e-7',
    '4.2e10',
  ]);
});

const job = (change: Partial<Job>) =>
  jobOf(
    'j',
    { kind: 'claims', predictions: null, returns: 'data/returns.csv' },
    'Claims against returns.csv',
    change,
  );

test('a job says in a line where it is, or what came of it', () => {
  const now = new Date(2026, 10, 21, 21, 14);
  const stored = new Date(2026, 10, 21, 14, 2).toISOString();
  const words = (change: Partial<Job>) => jobWords(job(change), now);
  expect(words({ state: 'waiting', ahead: 0 })).toBe('next');
  expect(words({ state: 'waiting', ahead: 1 })).toBe('waits for 1 job');
  expect(words({ state: 'running', phase: 'ranking', share: 0.419, remainingMs: 17_000 })).toBe(
    'ranking · 41 % · about 17 s left',
  );
  expect(words({ state: 'running', phase: '', share: 0, remainingMs: null })).toBe('0 %');
  expect(words({ outcome: 'Sharpe 0.93, unproven' })).toBe('Sharpe 0.93, unproven · in 4.2 s');
  expect(words({ outcome: 'Sharpe 0.93', stored })).toBe('Sharpe 0.93 · from the store, computed 14:02');
  expect(words({ state: 'cancelled', elapsedMs: 1300 })).toBe('cancelled after 1.3 s');
  expect(words({ state: 'failed', problem: 'There is no file x.' })).toBe('There is no file x.');
});

test('shown is what was asked for, else the newest answer, else the newest job', () => {
  const [running, done, older] = [job({ id: 'a', state: 'running' }), job({ id: 'b' }), job({ id: 'c' })];
  expect(jobToShow([running, done, older], 'c')).toBe(older);
  expect(jobToShow([running, done, older], 'gone')).toBe(done);
  expect(jobToShow([running], undefined)).toBe(running);
  expect(jobToShow([], undefined)).toBeNull();
});

test('the foot of the window tells what compute does, and nothing while it rests', () => {
  expect(computeWords([job({})])).toBeNull();
  expect(
    computeWords([
      job({ state: 'waiting' }),
      job({ state: 'running', share: 0.5 }),
      job({ state: 'waiting' }),
    ]),
  ).toBe('Claims against returns.csv · 50 % · 2 waiting');
  expect(computeWords([job({ state: 'running' }), job({ state: 'running', share: 0.2 })])).toBe(
    'Claims against returns.csv · 20 % · 1 more running',
  );
  expect(computeWords([job({ state: 'waiting' })])).toBe('compute: 1 waiting');
});

test('what does not hold comes first, and keeps the order of the document otherwise', () => {
  const sorted = byVerdict(claims.claims);
  expect(sorted.map(({ verdict }) => verdict).filter((one, at, all) => one !== all[at - 1])).toEqual([
    'fail',
    'error',
    'unproven',
    'pass',
    'not-checked',
  ]);
  const unproven = sorted.filter(({ verdict }) => verdict === 'unproven').map(({ line }) => line);
  expect(unproven).toEqual([...unproven].sort((a, b) => a - b));
  expect(summaryOf(claims.claims).map(({ verdict, count }) => `${count} ${verdict}`)).toEqual([
    '1 fail',
    '1 error',
    '3 unproven',
    '3 pass',
    '7 not-checked',
  ]);
});

test('how much longer it would take is said once', () => {
  const claim = { periodsNeeded: 20_395, yearsNeeded: 80.9, sentence: '0.75 lies within.' };
  expect(longerSentence(claim, 688)).toBe(
    '19,707 more days as good as these would prove it, 81 years in all. There are 688.',
  );
  expect(longerSentence({ ...claim, sentence: 'To show it takes 20,395 days.' }, 688)).toBe('');
  expect(longerSentence({ ...claim, periodsNeeded: null }, 688)).toBe('');
  expect(longerSentence({ ...claim, periodsNeeded: 600 }, 688)).toBe('');
});

test('a drawdown is written with either sign, and stands on the side of ours', () => {
  const ours = figures.find(({ name }) => name === 'maxDrawdown') ?? null;
  expect([0.25, -0.25].map((theirs) => boundOf({ theirs, ours }))).toEqual([-0.25, -0.25]);
  expect(boundOf({ theirs: -0.5, ours: sharpe })).toBe(-0.5);
  expect(boundOf({ theirs: null, ours })).toBeNull();
});

test('freshness and declared features are said in words', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(freshnessWords('2026-11-21', now)).toBe('2026-11-21, today');
  expect(freshnessWords('2026-11-19', now)).toBe('2026-11-19, 2 d ago');
  expect(freshnessWords('week 7', now)).toBe('week 7');
  const features = { ok: false, version: 'v1', listed: 89, missing: ['a', 'b'], unlisted: ['c'] };
  expect(featuresSentence(features)).toBe('The list v1 of 89 features lacks a, b. 1 column not on it: c.');
  expect(featuresSentence({ ...features, ok: true, version: null, missing: [], unlisted: [] })).toBe(
    'The list of 89 features is here in full.',
  );
});

test('a percentile without enough samples says how many it takes', () => {
  const warm = infer.bench?.warm;
  if (!warm) throw new Error('the fixture has a bench');
  expect(percentileWords(warm, 'p99')).toBe('not resolvable, n = 212 of 459');
  expect(percentileWords(warm, 'p90')).toBe('31.4 ms');
  expect(latencyGist(warm)).toBe(
    '212 warm runs: p50 27.9 ms, p90 31.4 ms, p95 33.8 ms. p99 takes 247 more runs.',
  );
});

test('the best of a sweep is held against luck', () => {
  const best = {
    point: 3,
    sharpe: 1.5,
    interval: [0.1, 2.9] as [number, number],
    luckyBest: 1.44,
    deflatedSharpe: 0.36,
  };
  expect(bestVerdict(best)).toBe('unproven');
  expect(bestSentence(best)).toContain('only with probability 0.360');
  expect(bestSentence({ ...best, sharpe: 1.2 })).toContain('This one is not above it.');
  expect(bestVerdict({ ...best, deflatedSharpe: 0.97 })).toBe('pass');
  expect(overfittingSentence(0.47)).not.toContain('drawing lots');
  expect(overfittingSentence(0.6)).toContain('60 times of 100. Choosing it is no better than drawing lots.');
});

test('each chart says its gist, also where there is nothing to draw', () => {
  expect(equityGist({ equity: [], band: [] })).toBe('No day was run.');
  expect(equityGist(backtest)).toMatch(
    /^From [\d,]+ on 2022-01-04 to [\d,]+ on 2024-08-22; deepest -18\.3 %/,
  );
  expect(turnoverGist({ rebalances: [], costs: [] })).toBe('It never rebalanced.');
  expect(turnoverGist(backtest)).toContain('Paid: commission 412,000, slippage 1,428,000.');
  expect(lagGist(backtest.probes?.lags ?? [])).toContain(
    'Filled 5 days later, a Sharpe ratio of 0.93 becomes 0.080.',
  );
  expect(lagGist([])).toBe('Only one lag was run.');
});
