import type { Rule } from '../../../shared/contract/common.ts';
import { type PredictionFile, type PredictionRow, readPredictions } from '../data/index.ts';
import {
  type Calibration,
  calibration,
  type Figure,
  type FigureVerdict,
  type ForecastDate,
  type ForecastFigureName,
  type ForecastTarget,
  forecastFigures,
  judgeRule,
  ours,
  type ProbeFinding,
  sharpeSample,
  tooGoodProbe,
} from '../statistics/index.ts';
import { digestOf, type WrittenFigure, writtenAll } from './written.ts';

export interface ForecastQuestion {
  file: string;
  /** Null: levels where every value is above zero, changes where one is not. */
  target: ForecastTarget | null;
  rules: readonly Rule[];
}

export interface ForecastAnswer {
  /** Of the rows that the model was not trained on. */
  rows: number;
  dates: number;
  codes: number;
  from: string;
  to: string;
  target: ForecastTarget;
  /** Rows it was trained on; the gap to them is among the figures where there are any. */
  trainingRows: number;
  metrics: Record<ForecastFigureName, WrittenFigure> &
    Partial<Record<'overfittingGap' | 'calibrationError' | 'meanConfidence', WrittenFigure>>;
  /** What was promised and what came true, where the file has confidences. */
  reliability: Calibration['bins'];
  /** What makes the figures worth less than they look. */
  findings: ProbeFinding[];
  verdicts: FigureVerdict[];
  /** SHA-256 of the file's bytes. */
  input: string;
  digest: string;
}

/** Every figure of a file of predictions, outside of what the model was trained on. @throws DataError */
export async function answerForecast({
  file,
  target: asked,
  rules,
}: ForecastQuestion): Promise<ForecastAnswer> {
  const read = await readPredictions(file);
  const target = asked ?? (read.rows.every(({ actual }) => actual > 0) ? 'level' : 'change');
  const rows = withNaive(read, target);
  const test = rows.filter(({ isTraining }) => !isTraining);
  const train = rows.filter(({ isTraining }) => isTraining);
  const shown = test.length > 0 ? test : train;
  const dates = byDate(shown);
  const figures = forecastFigures(dates, target);
  const trained = train.length > 0 && test.length > 0 ? forecastFigures(byDate(train), target) : null;
  const confident = calibrationOf(shown);
  const all: Record<string, Figure> = {
    ...figures,
    ...(trained && { overfittingGap: gapOf(trained.directionAccuracy, figures.directionAccuracy) }),
    ...confident?.figures,
  };
  const context = { periods: dates.length, periodsPerYear: 252, sample: sharpeSample(new Float64Array(2)) };
  return {
    rows: shown.length,
    dates: dates.length,
    codes: new Set(shown.map(({ code }) => code)).size,
    from: shown[0]?.date as string,
    to: shown.at(-1)?.date as string,
    target,
    trainingRows: train.length,
    metrics: writtenAll(all) as ForecastAnswer['metrics'],
    reliability: confident?.bins ?? [],
    findings: [
      tooGoodProbe(figures.rSquared.value, figures.rSquaredAgainstNaive.value),
      splitFinding(read, train.length, test.length),
    ],
    verdicts: rules.map((rule) => judgeRule(rule, all, context)),
    input: read.sha256,
    digest: digestOf('forecast', [read.sha256], { target, rules: rules.map(({ text }) => text) }),
  };
}

type KnownRow = PredictionRow & { naive: number };

/** Beside each row what a forecast would say that knows nothing: the value before it of the same code, or no change. */
function withNaive({ rows, hasLast }: PredictionFile, target: ForecastTarget): KnownRow[] {
  const before = new Map<string, number>();
  return rows.map((row) => {
    const previous = before.get(row.code) ?? Number.NaN;
    before.set(row.code, row.actual);
    return { ...row, naive: hasLast ? row.last : target === 'change' ? 0 : previous };
  });
}

function byDate(rows: readonly KnownRow[]): ForecastDate[] {
  return [...Map.groupBy(rows, ({ date }) => date).values()].map((found) => ({
    actual: found.map(({ actual }) => actual),
    predicted: found.map(({ predicted }) => predicted),
    naive: found.map(({ naive }) => naive),
  }));
}

/** By how much directions were right more often in training. The two samples are apart, so their errors add in squares. */
function gapOf(train: Figure, test: Figure): Figure {
  const value = train.value - test.value;
  const half = Math.hypot(halfWidth(train), halfWidth(test));
  const convention = { name: ours.name, method: 'direction accuracy in training, less outside of it' };
  if (!Number.isFinite(half)) return { value, unit: 'fraction', convention };
  return {
    value,
    unit: 'fraction',
    convention: { ...convention, interval: '95 %, from the intervals of both' },
    interval: [value - half, value + half],
  };
}

function halfWidth({ interval }: Figure): number {
  return interval ? (interval[1] - interval[0]) / 2 : Number.NaN;
}

/** Confidences are held against whether the direction came true. */
function calibrationOf(rows: readonly KnownRow[]) {
  const told = rows.filter(
    ({ confidence, naive, actual }) => !Number.isNaN(confidence) && !Number.isNaN(naive) && actual !== naive,
  );
  if (told.length === 0) return null;
  const { error, bins } = calibration(
    told.map(({ confidence }) => confidence),
    told.map(({ actual, predicted, naive }) => actual > naive === predicted > naive),
  );
  const of = (value: number, method: string): Figure => ({
    value,
    unit: 'fraction',
    convention: { name: ours.name, method },
  });
  const mean = told.reduce((total, { confidence }) => total + confidence, 0) / told.length;
  return {
    bins,
    figures: {
      calibrationError: of(error, `expected calibration error over ${bins.length} bins of equal width`),
      meanConfidence: of(mean, 'mean of the confidences'),
    },
  };
}

function splitFinding({ hasSplit }: PredictionFile, train: number, test: number): ProbeFinding {
  const probe = 'out of sample';
  if (!hasSplit) {
    return {
      probe,
      verdict: 'unproven',
      sentence:
        'The file does not say which rows the model was trained on. Add a column "split" with train or test.',
    };
  }
  if (test === 0) {
    return {
      probe,
      verdict: 'fail',
      sentence: 'The model was trained on every row. Give rows that it has not seen.',
    };
  }
  return {
    probe,
    verdict: 'pass',
    sentence: `The figures are of ${test} rows that the model was not trained on${train > 0 ? `; ${train} that it was are left out` : ''}.`,
  };
}
