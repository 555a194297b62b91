import { describe, expect, it } from 'vitest';
import {
  annualisedReturn,
  apexDeflatedSharpe,
  calmar,
  considered,
  conventions,
  deflatedSharpe,
  expectedMaximum,
  expectedShortfall,
  kurtosis,
  loStandardError,
  maxDrawdown,
  minimumTrackRecord,
  normalCdf,
  normalQuantile,
  probabilisticSharpe,
  profitFactor,
  quantstatsExpectedShortfall,
  quantstatsProbabilisticSharpe,
  quantstatsSmartSharpe,
  quantstatsValueAtRisk,
  returnFigures,
  sharpe,
  sharpeInterval,
  sharpeSample,
  sharpeStandardError,
  skewness,
  sortino,
  stability,
  sum,
  tailRatio,
  totalReturn,
  valueAtRisk,
  volatility,
  winRate,
} from '../../../../electron/compute/statistics/index.ts';
import { fixture, goldenReturns } from '../seeds.ts';

const stored = fixture('metrics.json');
const { values } = stored;
const returns = goldenReturns();
const annual = Math.sqrt(252);

/** Every stored figure of a group, each within 1e-10 of ours. */
function expectAll(group: Record<string, number>, found: Record<string, number>) {
  expect(Object.keys(found).sort()).toEqual(Object.keys(group).sort());
  for (const [name, value] of Object.entries(group)) {
    expect(Math.abs((found[name] as number) - value), name).toBeLessThan(1e-10);
  }
}

describe('figures that other tools computed from the same 504 returns', () => {
  it('start from the same series', () => {
    expect(returns[0]).toBe(values.r0);
    expect(returns[503]).toBe(values.r503);
    expect(sum(returns)).toBeCloseTo(values.sum, 12);
  });

  it('empyrical', () => {
    const convention = conventions.empyrical;
    expectAll(values.empyrical, {
      total: totalReturn(returns, convention),
      cagr252: annualisedReturn(returns, convention),
      vol: volatility(returns, convention),
      sharpe: sharpe(returns, convention),
      sortino: sortino(returns, convention),
      mdd: maxDrawdown(returns, convention).depth,
      calmar: calmar(returns, convention),
      omega: profitFactor(returns),
      tail: tailRatio(returns),
      stability: stability(returns),
      var5: valueAtRisk(returns),
      cvar5: expectedShortfall(returns),
    });
  });

  it('quantstats, with what it does otherwise', () => {
    const convention = conventions.quantstats;
    expectAll(values.quantstats, {
      total: totalReturn(returns, convention),
      cagr: annualisedReturn(returns, convention),
      sharpe: sharpe(returns, convention),
      sortino: sortino(returns, convention),
      mdd: maxDrawdown(returns, convention).depth,
      calmar: calmar(returns, convention),
      win: winRate(returns, convention),
      pf: profitFactor(returns),
      psr: quantstatsProbabilisticSharpe(returns, convention),
      smart: quantstatsSmartSharpe(returns, convention),
      var: quantstatsValueAtRisk(returns),
      cvar: quantstatsExpectedShortfall(returns),
    });
  });

  it('ffn, whose years go by the calendar', () => {
    const convention = conventions.ffn;
    // 505 prices on business days, the first on 2023-01-02.
    const days = Math.floor(504 / 5) * 7 + (504 % 5);
    const years = days / 365.25;
    expectAll(stored.ffn, {
      total: totalReturn(returns, convention),
      cagr_calendar_505_prices: annualisedReturn(returns, convention, years),
      mdd: maxDrawdown(returns, convention).depth,
      sharpe: sharpe(returns, convention),
      sortino: sortino(returns, convention),
      calmar: calmar(returns, convention, years),
    });
  });

  it('APEX-Ranker, in percent and without the first day', () => {
    const convention = conventions.apex;
    const kept = considered(returns, convention);
    expectAll(values.apex, {
      total_pct: 100 * totalReturn(returns, convention),
      ann_pct: 100 * annualisedReturn(returns, convention),
      sharpe: sharpe(kept, convention),
      sortino: sortino(kept, convention),
      mdd_pct: 100 * maxDrawdown(returns, convention).depth,
      win: winRate(kept, convention),
    });
    const figures = returnFigures(returns, convention);
    expect(figures.sharpe.value).toBeCloseTo(values.apex.sharpe, 10);
    expect(figures.maxDrawdown).toMatchObject({ unit: '%', convention: { drawdownSign: 'positive' } });
    expect(figures.maxDrawdown.value).toBeCloseTo(values.apex.mdd_pct, 10);
  });

  it('probabilistic and deflated ratios', () => {
    const sample = sharpeSample(returns);
    const [skew, kurt] = [skewness(returns, 'unbiased'), kurtosis(returns, 'unbiased')];
    expectAll(values.psr, {
      sr_daily: sample.sharpe,
      skew_biased: sample.skewness,
      kurt_biased: sample.kurtosis,
      skew_unbiased: skew,
      kurt_unbiased: kurt,
      psr_biased: probabilisticSharpe(sample),
      psr_unbiased: probabilisticSharpe({ ...sample, skewness: skew, kurtosis: kurt }),
    });
    const deflated = deflatedSharpe(sample, { trials: 45, deviation: Math.sqrt(0.5 / 252) });
    expectAll(values.dsr, {
      'N45_var0.5ann_biased': deflated.probability,
      sr0_annual: deflated.benchmark * annual,
    });
    const theirs = apexDeflatedSharpe(returns, conventions.holdpoint);
    expectAll(values.apex_dsr, {
      sharpe: sharpe(returns, conventions.holdpoint),
      sr_std: theirs.standardError,
      dsr: theirs.zScore,
    });
    expect(loStandardError(sample) * annual).toBeCloseTo(values.lo_se_annual, 10);
  });

  it('the expected best of trials without skill', () => {
    const trials = Object.keys(values.expected_max);
    expectAll(values.expected_max, Object.fromEntries(trials.map((n) => [n, expectedMaximum(Number(n))])));
  });
});

describe('anchors of the papers', () => {
  const anchors = stored.paper_anchors_from_pypbo_tests;
  const normal = { skewness: 0, kurtosis: 3 };
  const close = (found: number, expected: number) => expect(Math.abs(found - expected)).toBeLessThan(1e-9);

  it('probabilistic ratio of 24 months', () => {
    const sample = { sharpe: 1.585 / Math.sqrt(12), periods: 24, skewness: -2.448, kurtosis: 10.164 };
    close(probabilisticSharpe(sample), anchors['psr_sr1.585_ann_monthly_T24_skew-2.448_kurt10.164']);
  });

  it('deflated ratio of a hundred trials over 1250 days', () => {
    const sample = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, skewness: -3, kurtosis: 10 };
    const { probability } = deflatedSharpe(sample, { trials: 100, deviation: Math.sqrt(0.5 / 250) });
    close(probability, anchors['dsr_sr2.5_var0.5_N100_T1250_skew-3_kurt10_250d']);
    close(expectedMaximum(100), anchors.expected_max_100);
  });

  it.each([
    ['mintrl_years_daily_2_vs_1', 250, 2, 1, 0, 3],
    ['mintrl_years_weekly_2_vs_1', 52, 2, 1, 0, 3],
    ['mintrl_years_monthly_3_vs_2.5_skew-.72_kurt5.78', 12, 3, 2.5, -0.72, 5.78],
  ])('%s', (name, perYear, ratio, benchmark, skew, kurt) => {
    const root = Math.sqrt(perYear);
    const sample = { sharpe: ratio / root, periods: 100, skewness: skew, kurtosis: kurt };
    close(minimumTrackRecord(sample, benchmark / root) / perYear, anchors[name]);
  });

  it('the headline of a real launch: 0.933 over 688 days proves nothing', () => {
    const sample = { sharpe: 0.933 / annual, periods: 688, ...normal };
    expect(sharpeStandardError(sample) * annual).toBeCloseTo(0.606, 3);
    expect(sharpeInterval(sample).map((end) => (end * annual).toFixed(2))).toEqual(['-0.26', '2.12']);
    expect(probabilisticSharpe(sample, 0.75 / annual)).toBeCloseTo(0.62, 2);
    expect(Math.round(minimumTrackRecord(sample, 0.75 / annual))).toBe(20_395);
  });
});

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [-3, 0.0013498980316300946],
    [-8, 6.220960574271786e-16],
  ])('up to %d', (x, p) => {
    expect(Math.abs(normalCdf(x) - p)).toBeLessThan(1e-15);
    expect(Math.abs(normalQuantile(p) - x)).toBeLessThan(1e-13 * Math.max(1, Math.abs(x)));
  });
});
