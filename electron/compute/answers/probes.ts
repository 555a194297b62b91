import {
  type BacktestConfig,
  type BacktestRun,
  dealtLabels,
  dealtScores,
  labelTiming,
  lagCurve,
  type Panel,
  sharedScores,
  truncatedRuns,
} from '../backtest/index.ts';
import { readPanel, readTraining, type Training } from '../data/index.ts';
import {
  fittingOf,
  labelAmongFeaturesProbe,
  overlapProbe,
  type ProbeFinding,
  truncationProbe,
} from '../statistics/index.ts';
import { finite, finiteAll } from './written.ts';

/** Looks for knowledge of the future in scores. What is null is not looked at, and said so. */
export interface ProbesQuestion {
  /** The panel again, with scores made from data that ends earlier. */
  truncated: string | null;
  /** What the training run says of itself: label, horizon, features and spans. */
  training: string | null;
}

/** Ratios are annual. */
export interface ProbesAnswer {
  findings: ProbeFinding[];
  /** Fills that come so many dates later. */
  lag: { lag: number; sharpe: number | null; interval: [number, number] | null }[];
  /** The Sharpe ratio, and those of the scores dealt to other names, with what is traded at a rebalance. */
  randomScores: { actual: number | null; dealt: number[]; turnover: number; dealtTurnover: number };
  /** The mean rank correlation of scores and labels, and those of the labels dealt to other names. */
  shuffledLabels: { actual: number | null; dealt: number[] } | null;
  /** Whether each test had a model of its own; null where no training run is given. */
  fitting: 'retrained' | 'static' | null;
}

/** Cells of scores and labels that deals are made over; further dates are thinned out. */
const mostDealt = 200_000;

/** @throws DataError about the files that the question names */
export async function probe(
  panel: Panel,
  run: BacktestRun,
  config: BacktestConfig,
  periodsPerYear: number,
  question: ProbesQuestion,
  progress: (share: number) => void,
): Promise<ProbesAnswer> {
  const training = question.training === null ? null : await readTraining(question.training);
  const cut = question.truncated === null ? null : await readPanel(question.truncated);
  progress(0.1);
  const truncated = truncatedRuns(panel, config, run);
  progress(0.3);
  const lags = lagCurve(panel, config, { periodsPerYear });
  progress(0.4);
  const random = dealtScores(panel, config, { periodsPerYear });
  progress(0.9);
  const labelled = panel.label === null ? null : { ...panel, label: panel.label };
  const shuffled = labelled && dealtLabels(labelled, thinned(panel, run));
  return {
    findings: [
      truncated,
      cut === null
        ? absent(
            'truncation',
            'Give the panel again with scores made from data that ends earlier, with --truncated.',
          )
        : scoresAgain(panel, cut.panel),
      lags.finding,
      random.finding,
      shuffled?.finding ?? absent('shuffled labels', 'The panel has no column "label". Add it.'),
      ...(labelled === null
        ? [absent('label timing', 'The panel has no column "label". Add it.')]
        : labelTiming(labelled, training?.horizon ?? null)),
      ...(training === null
        ? [absent('train and test', 'Give what the training run says of itself, with --training.')]
        : ofTraining(panel, run, training)),
    ],
    lag: lags.points.map(({ lag, sharpe, interval }) => ({
      lag,
      sharpe: finite(sharpe),
      interval: interval.every(Number.isFinite) ? interval : null,
    })),
    randomScores: {
      actual: finite(random.actual),
      dealt: finiteAll(random.dealt),
      turnover: random.turnover,
      dealtTurnover: random.dealtTurnover,
    },
    shuffledLabels: shuffled && { actual: finite(shuffled.actual), dealt: finiteAll(shuffled.dealt) },
    fitting: training === null ? null : fittingOf(training.folds.flatMap(({ model }) => model ?? [])),
  };
}

const absent = (probe: string, sentence: string): ProbeFinding => ({
  probe,
  verdict: 'not-checked',
  sentence,
});

function scoresAgain(panel: Panel, again: Panel): ProbeFinding {
  const { full, cut } = sharedScores(panel, again);
  return truncationProbe(full, cut);
}

/** Decision dates, so few of them that deals over them are quick. */
function thinned({ codes }: Panel, { rebalances }: BacktestRun): Int32Array {
  const dates = rebalances.map(({ decided }) => decided);
  const step = Math.max(1, Math.ceil((dates.length * codes.length) / mostDealt));
  return Int32Array.from(dates.filter((_, i) => i % step === 0));
}

function ofTraining(
  { dates }: Panel,
  run: BacktestRun,
  { label, horizon, features, folds }: Training,
): ProbeFinding[] {
  const whole = { from: dates[run.rebalances[0]?.decided ?? 0] as string, to: dates.at(-1) as string };
  const spans = folds.map(({ train, test }) => {
    const tested = test ?? whole;
    return overlapProbe(train, tested, { gap: between(dates, train, tested), horizon });
  });
  const bad = spans.filter(({ verdict }) => verdict === 'fail');
  const [first] = bad.length > 0 ? bad : spans;
  const many =
    folds.length > 1 ? ` That is so in ${bad.length || folds.length} of ${folds.length} folds.` : '';
  const fitting = fittingOf(folds.flatMap(({ model }) => model ?? []));
  return [
    { ...(first as ProbeFinding), sentence: `${(first as ProbeFinding).sentence}${many}` },
    ...(folds.length > 1
      ? [
          {
            probe: 'retraining',
            ...(fitting === 'retrained'
              ? {
                  verdict: 'pass' as const,
                  sentence: `Each of the ${folds.length} tests has a model of its own.`,
                }
              : {
                  verdict: 'fail' as const,
                  sentence: `The tests do not have a model each: this is a static test of one model and no walk-forward. Name the digest of each fold's own model.`,
                }),
          },
        ]
      : []),
    ...(label !== null && features.length > 0 ? [labelAmongFeaturesProbe(features, label)] : []),
  ];
}

/** Dates of the panel strictly between two spans. */
function between(
  dates: readonly string[],
  a: { from: string; to: string },
  b: { from: string; to: string },
): number {
  const [after, before] = a.to < b.from ? [a.to, b.from] : [b.to, a.from];
  return dates.filter((date) => date > after && date < before).length;
}
