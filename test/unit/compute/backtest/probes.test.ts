import { describe, expect, it } from 'vitest';
import {
  dealtLabels,
  dealtScores,
  labelTiming,
  lagCurve,
  type Panel,
  panelUntil,
  runBacktest,
  sharedScores,
  truncatedRuns,
} from '../../../../electron/compute/backtest/index.ts';
import { truncationProbe } from '../../../../electron/compute/statistics/index.ts';
import { configOf, randomPanel } from './panels.ts';

const year = { periodsPerYear: 252 };
const names = 60;
const panel = randomPanel({ days: 200, codes: names, seed: 21, missing: 0.01 });
const config = configOf({ topK: 6 }, { fill: 'close', rebalance: 'weekly' });
const days = panel.dates.length;
/** A value for each date and code from the closes of the code. */
const byDate = (value: (close: (at: number) => number, t: number) => number) =>
  panel.score.map((_, at) => {
    const [t, code] = [Math.floor(at / names), at % names];
    return value(
      (day) => (day < 0 || day >= days ? Number.NaN : (panel.close[code * days + day] as number)),
      t,
    );
  });
/** Scores that know how the next day ends. */
const knowing: Panel = { ...panel, score: byDate((close, t) => close(t + 1) / close(t)) };
const daily = configOf({ topK: 6 }, { fill: 'close' });

describe('the lag curve', () => {
  it('of scores that know tomorrow falls when fills come a day later, and says that it is no chance', () => {
    const { points, finding } = lagCurve(knowing, daily, year);
    expect(finding).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('more than half is gone'),
    });
    expect(points.map(({ lag }) => lag)).toEqual([0, 1, 2, 3, 5, 10]);
    const [first, second] = points;
    expect(first?.interval[0]).toBeGreaterThan(10);
    expect(second?.interval[1]).toBeLessThan(first?.interval[0] as number);
  });

  it('of a slow signal keeps what it has', () => {
    const drift = panel.close.map(
      (price, at) => price * 1.002 ** ((at % days) * (Math.floor(at / days) < 10 ? 1 : 0)),
    );
    const slow = { ...panel, close: drift, score: panel.score.map((_, at) => -(at % names)) };
    expect(lagCurve(slow, daily, year).finding.verdict).toBe('pass');
  });
});

describe('names dealt by chance', () => {
  it('do as well as scores without meaning, and not as well as scores that know', () => {
    expect(dealtScores(panel, daily, year).finding.verdict).toBe('unproven');
    expect(dealtScores(knowing, daily, year).finding.verdict).toBe('pass');
  });

  it('trade as much as the scores do', () => {
    const sticky = randomPanel({ days: 200, codes: names, seed: 22, sticky: 0.9 });
    const { turnover, dealtTurnover } = dealtScores(sticky, daily, year);
    expect(dealtTurnover).toBeCloseTo(turnover, 2);
    expect(turnover).toBeLessThan(0.5);
  });

  it('take the correlation of labels away, where there was one', () => {
    const label = byDate((close, t) => close(t + 1) / close(t) - 1);
    const dates = Int32Array.from({ length: days - 1 }, (_, i) => i);
    const found = dealtLabels({ ...knowing, label }, dates);
    expect(found.actual).toBeCloseTo(1, 12);
    expect(found.finding.verdict).toBe('pass');
    expect(Math.max(...found.dealt)).toBeLessThan(0.1);
    expect(dealtLabels({ ...panel, label }, dates).finding.verdict).toBe('unproven');
  });
});

describe('truncation', () => {
  it('changes nothing in a run by the rules', () => {
    for (const fill of ['close', 'next-open', 'next-close'] as const) {
      const limited = configOf({ topK: 6, turnoverLimit: 0.3 }, { fill, rebalance: 'weekly' });
      const run = runBacktest(panel, limited);
      expect(truncatedRuns(panel, limited, run)).toMatchObject({ verdict: 'pass' });
    }
  });

  it('shows a run that is of other rows before the cut', () => {
    const run = runBacktest(knowing, config);
    const finding = truncatedRuns(panel, config, run);
    expect(finding).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining(`the value on ${panel.dates[1]}`),
    });
  });

  it('shows scores that were scaled by what came later', () => {
    const scaled = (until: Panel): Panel => {
      const mean = until.score.reduce((total, value) => total + value, 0) / until.score.length;
      return { ...until, score: until.score.map((value) => value - mean) };
    };
    const ends = panelUntil(panel, 90);
    const compare = (full: Panel, cut: Panel) => {
      const scores = sharedScores(full, cut);
      expect(scores.full).toHaveLength(90 * names);
      return truncationProbe(scores.full, scores.cut).verdict;
    };
    expect(compare(panel, ends)).toBe('pass');
    expect(compare(scaled(panel), scaled(ends))).toBe('fail');
  });
});

describe('the label', () => {
  const forward = byDate((close, t) => close(t + 5) / close(t) - 1);

  it('that follows its date passes, and its horizon is found', () => {
    const findings = labelTiming({ ...panel, label: forward }, null);
    expect(findings.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
    expect(findings[0]?.sentence).toContain('over 5 dates');
  });

  it('that is a return before its date fails, and so does one that is known at the end', () => {
    const backwards = byDate((close, t) => close(t) / close(t - 20) - 1);
    const findings = labelTiming({ ...panel, label: backwards }, null);
    expect(findings.map(({ verdict }) => verdict)).toEqual(['fail', 'fail']);
    expect(findings[0]?.sentence).toContain('looks backwards');
    expect(findings[0]?.sentence).toContain('over 20 dates');
  });

  it('that is neither is left open', () => {
    const findings = labelTiming({ ...panel, label: panel.score.map((value) => value * 2) }, null);
    expect(findings.map(({ verdict }) => verdict)).toEqual(['unproven']);
  });
});
