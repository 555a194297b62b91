import { mean, type Numbers } from './moments.ts';

/** How well numbers were forecast. */
export interface ForecastQuality {
  meanAbsoluteError: number;
  rootMeanSquareError: number;
  /** As a fraction, over the values that are not zero. */
  meanAbsolutePercentageError: number;
  /** Against the mean of what happened. */
  rSquared: number;
  /** Against the last known value. On price levels the plain R² is near 1 for a forecast that knows nothing. */
  rSquaredAgainstLast: number;
}

/** @param last what was known when the forecast was made: the value before it */
export function forecastQuality(actual: Numbers, forecast: Numbers, last: Numbers): ForecastQuality {
  const centre = mean(actual);
  let [absolute, square, share, shares, spread, naive] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < actual.length; i += 1) {
    const value = actual[i] as number;
    const error = value - (forecast[i] as number);
    absolute += Math.abs(error);
    square += error * error;
    spread += (value - centre) ** 2;
    naive += (value - (last[i] as number)) ** 2;
    if (value !== 0) {
      share += Math.abs(error / value);
      shares += 1;
    }
  }
  return {
    meanAbsoluteError: absolute / actual.length,
    rootMeanSquareError: Math.sqrt(square / actual.length),
    meanAbsolutePercentageError: share / shares,
    rSquared: 1 - square / spread,
    rSquaredAgainstLast: 1 - square / naive,
  };
}

export interface Classification {
  precision: number;
  recall: number;
  f1: number;
  accuracy: number;
  /** Share of positives: what a precision is to be held against. */
  baseRate: number;
}

/** @param positive whether it was so, by row; @param called whether it was said to be so */
export function classification(positive: readonly boolean[], called: readonly boolean[]): Classification {
  const count = (was: boolean, said: boolean) =>
    positive.filter((value, i) => value === was && called[i] === said).length;
  const hits = count(true, true);
  const precision = hits / (hits + count(false, true));
  const recall = hits / (hits + count(true, false));
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    accuracy: (hits + count(false, false)) / positive.length,
    baseRate: positive.filter(Boolean).length / positive.length,
  };
}
