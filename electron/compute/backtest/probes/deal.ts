import { correlation, mean, type ProbeFinding, Random, ranks, sharpeSample } from '../../statistics/index.ts';
import type { BacktestConfig } from '../config.ts';
import { runBacktest } from '../engine.ts';
import { backtestReturns } from '../figures.ts';
import { marksOf } from '../marks.ts';
import type { Panel } from '../panel.ts';

/** What a figure is, and what it is when chance deals the names. */
export interface Dealt {
  actual: number;
  /** One a deal. */
  dealt: Float64Array;
  finding: ProbeFinding;
}

/**
 * The same rules on scores without meaning: scores are dealt to other names, one deal for all dates, which keeps how
 * long a name stays on top and with it the turnover. Ratios are annual.
 */
export function dealtScores(
  panel: Panel,
  config: BacktestConfig,
  { periodsPerYear, rounds = 40, seed = 1 }: { periodsPerYear: number; rounds?: number; seed?: number },
): Dealt & { turnover: number; dealtTurnover: number } {
  const actual = outcome(panel, config, periodsPerYear);
  const deals = Array.from(dealsOf(panel.codes.length, rounds, seed), (deal) =>
    outcome({ ...panel, marks: marksOf(panel), score: dealt(panel.score, deal) }, config, periodsPerYear),
  );
  const sharpes = Float64Array.from(deals, ({ sharpe }) => sharpe);
  return {
    actual: actual.sharpe,
    dealt: sharpes,
    turnover: actual.turnover,
    dealtTurnover: mean(deals.map(({ turnover }) => turnover)),
    finding: judged(
      'random scores',
      `a Sharpe ratio of ${actual.sharpe.toFixed(2)}`,
      actual.sharpe,
      sharpes,
      ['deals of the scores to other names do as well as', 'what it shows may be the market and no skill'],
    ),
  };
}

/**
 * Rank correlation of scores and labels, a mean over dates, against the same labels dealt to other names: one deal for
 * all dates, so that labels which overlap in time still do.
 * @param dates places of the dates that count
 */
export function dealtLabels(
  { score, label, codes }: Panel & { label: Float64Array },
  dates: Int32Array,
  { rounds = 100, seed = 1 } = {},
): Dealt {
  const n = codes.length;
  const scored = Array.from(dates, (date) => ranksOf(score.subarray(date * n, (date + 1) * n)));
  const labelled = Array.from(dates, (date) => ranksOf(label.subarray(date * n, (date + 1) * n)));
  const over = (deal: Int32Array | null) =>
    mean(
      scored
        .map((one, i) => {
          const other = labelled[i] as Float64Array;
          return correlation(one, deal === null ? other : dealt(other, deal));
        })
        .filter((value) => !Number.isNaN(value)),
    );
  const actual = over(null);
  const values = Float64Array.from(dealsOf(n, rounds, seed), over);
  return {
    actual,
    dealt: values,
    finding: judged('shuffled labels', `a mean rank correlation of ${actual.toFixed(3)}`, actual, values, [
      'deals of the labels to other names correlate with the scores as much as',
      'the scores may say nothing of the labels',
    ]),
  };
}

function judged(
  probe: string,
  told: string,
  actual: number,
  values: Float64Array,
  [asWell, otherwise]: [string, string],
): ProbeFinding {
  if (Number.isNaN(actual)) {
    return { probe, verdict: 'unproven', sentence: 'There is no figure to compare: too few dates or names.' };
  }
  const better = values.filter((value) => value >= actual).length;
  const share = (better + 1) / (values.length + 1);
  const sentence = `${better} of ${values.length} ${asWell} ${told}`;
  return share <= 0.05
    ? { probe, verdict: 'pass', sentence: `${sentence}.` }
    : {
        probe,
        verdict: 'unproven',
        sentence: `${sentence}: ${otherwise}.${better === 0 ? ' Deal more often to tell.' : ''}`,
      };
}

function* dealsOf(names: number, rounds: number, seed: number): Generator<Int32Array> {
  const random = new Random(seed);
  for (let round = 0; round < rounds; round += 1) {
    yield random.shuffle(Int32Array.from({ length: names }, (_, i) => i));
  }
}

/** Each date's values dealt to other names. */
function dealt(values: Float64Array, deal: Int32Array): Float64Array {
  const n = deal.length;
  const result = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += n) {
    for (let i = 0; i < n; i += 1) result[start + i] = values[start + (deal[i] as number)] as number;
  }
  return result;
}

/** Of one date; NaN stays where a value is missing. */
function ranksOf(values: Float64Array): Float64Array {
  const known = Array.from(values.keys()).filter((i) => !Number.isNaN(values[i]));
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (const [i, rank] of ranks(known.map((at) => values[at] as number)).entries()) {
    result[known[i] as number] = rank;
  }
  return result;
}

function outcome(panel: Panel, config: BacktestConfig, periodsPerYear: number) {
  const run = runBacktest(panel, config, { record: false });
  return {
    sharpe: sharpeSample(backtestReturns(run, config)).sharpe * Math.sqrt(periodsPerYear),
    turnover: mean(run.rebalances.map(({ turnover }) => turnover)),
  };
}
