import { ours, type ProbeFinding, Random, sharpe } from '../statistics/index.ts';
import type { BacktestConfig } from './config.ts';
import { runBacktest } from './engine.ts';
import { backtestReturns } from './figures.ts';
import type { Panel } from './panel.ts';

export interface LagPoint {
  lag: number;
  sharpe: number;
}

/** The Sharpe ratio when every fill comes so many days later. Knowledge of the next day dies with the first one. */
export function lagCurve(
  panel: Panel,
  config: BacktestConfig,
  lags: readonly number[] = [0, 1, 2, 5],
): { points: LagPoint[]; finding: ProbeFinding } {
  const points = lags.map((lag) => ({ lag, sharpe: sharpeOf(panel, { ...config, lag: config.lag + lag }) }));
  const [first, second] = points;
  const probe = 'fill lag';
  if (!first || !second || !(first.sharpe > 0)) {
    const sentence = 'The Sharpe ratio is not above zero without a lag: there is nothing to lose.';
    return { points, finding: { probe, verdict: 'unproven', sentence } };
  }
  const lost = 1 - second.sharpe / first.sharpe;
  const told = `Sharpe ratio ${first.sharpe.toFixed(2)} falls to ${second.sharpe.toFixed(2)} when fills come ${second.lag} day${second.lag === 1 ? '' : 's'} later`;
  return lost > 0.5
    ? {
        points,
        finding: {
          probe,
          verdict: 'fail',
          sentence: `${told}: more than half is gone. Check that scores do not know the day they trade on.`,
        },
      }
    : { points, finding: { probe, verdict: 'pass', sentence: `${told}.` } };
}

/** The same rules on scores without meaning: each date's scores are dealt anew to its names, so that as many are traded. */
export function shuffledScores(
  panel: Panel,
  config: BacktestConfig,
  { rounds = 20, seed = 1 } = {},
): { sharpes: Float64Array; finding: ProbeFinding } {
  const actual = sharpeOf(panel, config);
  const random = new Random(seed);
  const n = panel.codes.length;
  const sharpes = Float64Array.from({ length: rounds }, () => {
    const score = panel.score.slice();
    // One deal for all dates keeps how long a name stays on top, and with it the turnover.
    const deal = random.shuffle(Int32Array.from({ length: n }, (_, i) => i));
    for (let start = 0; start < score.length; start += n) {
      for (let i = 0; i < n; i += 1) score[start + i] = panel.score[start + (deal[i] as number)] as number;
    }
    return sharpeOf({ ...panel, score }, config);
  });
  const better = sharpes.filter((value) => value >= actual).length;
  const share = (better + 1) / (rounds + 1);
  const told = `${better} of ${rounds} deals of the same scores to other names do as well as ${actual.toFixed(2)}`;
  return {
    sharpes,
    finding: {
      probe: 'shuffled scores',
      verdict: share <= 0.05 ? 'pass' : 'unproven',
      sentence:
        share <= 0.05
          ? `${told}.`
          : `${told}: what it shows may be the market and no skill.${better === 0 ? ' Deal more often to tell.' : ''}`,
    },
  };
}

function sharpeOf(panel: Panel, config: BacktestConfig): number {
  return sharpe(backtestReturns(runBacktest(panel, config, { record: false }), config), ours);
}
