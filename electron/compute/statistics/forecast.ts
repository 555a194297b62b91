import { automaticBlockLength } from './block-length.ts';
import { Blocks, percentileInterval } from './bootstrap.ts';
import type { Figure, FigureUnit } from './figure.ts';
import { Random } from './random.ts';

/** What was predicted for one date, and what came. Arrays are as long as each other. */
export interface ForecastDate {
  actual: readonly number[];
  predicted: readonly number[];
  /** What a forecast would say that knows nothing: the last known value, or no change. NaN where unknown. */
  naive: readonly number[];
}

/** `level`: prices and the like, that go on from their last value. `change`: returns, that start at zero. */
export type ForecastTarget = 'level' | 'change';

export type ForecastFigureName =
  | 'meanAbsoluteError'
  | 'rootMeanSquareError'
  | 'meanAbsolutePercentageError'
  | 'rSquared'
  | 'rSquaredAgainstNaive'
  | 'directionAccuracy'
  | 'upPrecision'
  | 'upRecall'
  | 'upBaseRate';

/** Sums that every figure is made of, so that a resample of dates is a sum of their sums. */
const sumNames = [
  'rows',
  'absolute',
  'square',
  'shares',
  'shareRows',
  'value',
  'valueSquare',
  'known',
  'knownSquare',
  'naiveSquare',
  'right',
  'directed',
  'ups',
  'calledUps',
  'rightUps',
] as const;
type Sums = Record<(typeof sumNames)[number], number>;

interface Definition {
  unit: FigureUnit;
  method: string;
  of(sums: Sums): number;
}

const definitions: Record<ForecastFigureName, Definition> = {
  meanAbsoluteError: {
    unit: 'ratio',
    method: 'mean of the sizes of the errors, in the unit of what is forecast',
    of: ({ absolute, rows }) => absolute / rows,
  },
  rootMeanSquareError: {
    unit: 'ratio',
    method: 'root of the mean square error, in the unit of what is forecast',
    of: ({ square, rows }) => Math.sqrt(square / rows),
  },
  meanAbsolutePercentageError: {
    unit: 'fraction',
    method: 'mean of error over value, where the value is not zero',
    of: ({ shares, shareRows }) => shares / shareRows,
  },
  rSquared: {
    unit: 'ratio',
    method: 'against the mean of what came',
    of: ({ square, value, valueSquare, rows }) => 1 - square / (valueSquare - (value * value) / rows),
  },
  rSquaredAgainstNaive: {
    unit: 'ratio',
    method: 'against a forecast that knows nothing',
    of: ({ knownSquare, naiveSquare }) => 1 - knownSquare / naiveSquare,
  },
  directionAccuracy: {
    unit: 'fraction',
    method: 'of the rows that moved, those whose direction was right',
    of: ({ right, directed }) => right / directed,
  },
  upPrecision: {
    unit: 'fraction',
    method: 'of the rows forecast to rise, those that rose',
    of: ({ rightUps, calledUps }) => rightUps / calledUps,
  },
  upRecall: {
    unit: 'fraction',
    method: 'of the rows that rose, those forecast to',
    of: ({ rightUps, ups }) => rightUps / ups,
  },
  upBaseRate: {
    unit: 'fraction',
    method: 'of the rows that moved, those that rose: what a precision is to be held against',
    of: ({ ups, directed }) => ups / directed,
  },
};

/** One seed, so that the same forecasts always give the same interval. */
const seed = 20_251_101;
const resamples = 1000;

/**
 * How well numbers were forecast, each figure with a 95 % interval of a stationary bootstrap over dates: rows of one
 * date come true or fail together.
 */
export function forecastFigures(
  dates: readonly ForecastDate[],
  target: ForecastTarget,
): Record<ForecastFigureName, Figure> {
  const table = tableOf(dates);
  const names = Object.keys(definitions) as ForecastFigureName[];
  const whole = totalOf(table, dates.keys());
  const drawn = draw(table, dates.length, names);
  return Object.fromEntries(
    names.map((name): [string, Figure] => {
      const { unit, method, of } = definitions[name];
      const value = of(whole);
      const interval = percentileInterval(drawn[name]);
      const isKnown = Number.isFinite(value) && interval.every(Number.isFinite);
      const used = name === 'rSquaredAgainstNaive' ? `${method}: ${naiveWords[target]}` : method;
      return [
        name,
        {
          value,
          unit,
          convention: {
            name: 'holdpoint',
            method: used,
            ...(isKnown && { interval: `95 %, stationary bootstrap over dates, ${resamples} resamples` }),
          },
          ...(isKnown && { interval }),
        },
      ];
    }),
  ) as Record<ForecastFigureName, Figure>;
}

const naiveWords: Record<ForecastTarget, string> = { level: 'the last known value', change: 'no change' };

function sumsOf({ actual, predicted, naive }: ForecastDate): Sums {
  const sums = Object.fromEntries(sumNames.map((name) => [name, 0])) as Sums;
  for (const [i, value] of actual.entries()) {
    const [forecast, known] = [predicted[i] as number, naive[i] as number];
    const error = value - forecast;
    sums.rows += 1;
    sums.absolute += Math.abs(error);
    sums.square += error * error;
    sums.value += value;
    sums.valueSquare += value * value;
    if (value !== 0) {
      sums.shares += Math.abs(error / value);
      sums.shareRows += 1;
    }
    if (Number.isNaN(known)) continue;
    sums.knownSquare += error * error;
    sums.naiveSquare += (value - known) ** 2;
    if (value === known) continue;
    const [rose, calledUp] = [value > known, forecast > known];
    sums.directed += 1;
    sums.right += rose === calledUp ? 1 : 0;
    sums.ups += rose ? 1 : 0;
    sums.calledUps += calledUp ? 1 : 0;
    sums.rightUps += rose && calledUp ? 1 : 0;
  }
  return sums;
}

/** A row of sums per date, in the order of their names. */
function tableOf(dates: readonly ForecastDate[]): Float64Array {
  return Float64Array.from(
    dates.flatMap((date) => {
      const sums = sumsOf(date);
      return sumNames.map((name) => sums[name]);
    }),
  );
}

function totalOf(table: Float64Array, places: Iterable<number>): Sums {
  const width = sumNames.length;
  const total = new Float64Array(width);
  for (const place of places) {
    for (let i = 0; i < width; i += 1) total[i] = (total[i] as number) + (table[place * width + i] as number);
  }
  return Object.fromEntries(sumNames.map((name, i) => [name, total[i] as number])) as Sums;
}

function draw(
  table: Float64Array,
  n: number,
  names: readonly ForecastFigureName[],
): Record<ForecastFigureName, Float64Array> {
  const errors = Float64Array.from({ length: n }, (_, date) => {
    const { square, rows } = totalOf(table, [date]);
    return square / rows;
  });
  const blocks = new Blocks(new Random(seed), n, automaticBlockLength(errors));
  const found = Object.fromEntries(names.map((name) => [name, new Float64Array(resamples)])) as Record<
    ForecastFigureName,
    Float64Array
  >;
  const places = new Int32Array(n);
  for (let round = 0; round < resamples; round += 1) {
    for (let filled = 0; filled < n; filled += blocks.length) {
      blocks.next(n - filled);
      for (let i = 0; i < blocks.length; i += 1) places[filled + i] = (blocks.start + i) % n;
    }
    const total = totalOf(table, places);
    for (const name of names) found[name][round] = definitions[name].of(total);
  }
  return found;
}
