import { Random } from '../../electron/compute/statistics/index.ts';
import { tradingDays } from './sample-panel.ts';

const seed = 20_251_115;
const trainingDays = 500;
const testDays = 250;
/** How much of a move is foreseen: more where the network was trained, as little as good ones show elsewhere. */
const skill = { train: 0.45, test: 0.03 };

interface Day {
  date: string;
  last: number;
  actual: number;
  predicted: number;
  confidence: number;
  isTraining: boolean;
}

/**
 * An invented price and a forecast of it a day ahead. On price levels its R² looks splendid and says nothing; it knows
 * its training days better than the others, and is surer of itself than it should be.
 */
function sampleDays(): Day[] {
  const random = new Random(seed);
  let price = 100;
  return tradingDays('2022-06-01', trainingDays + testDays).map((date, i) => {
    const isTraining = i < trainingDays;
    const known = isTraining ? skill.train : skill.test;
    const foreseen = random.normal();
    const move = 0.0004 + 0.012 * (known * foreseen + Math.sqrt(1 - known ** 2) * random.normal());
    const last = price;
    price = last * (1 + move);
    const confidence = 0.5 + 0.45 * (1 - Math.exp(-Math.abs(foreseen)));
    return { date, last, actual: price, predicted: last * (1 + 0.004 * foreseen), confidence, isTraining };
  });
}

export function samplePredictions(): string {
  const lines = sampleDays().map(({ date, last, actual, predicted, confidence, isTraining }) =>
    [
      date,
      actual.toFixed(3),
      predicted.toFixed(3),
      last.toFixed(3),
      confidence.toFixed(3),
      isTraining ? 'train' : 'test',
    ].join(','),
  );
  return `date,actual,predicted,last,confidence,split\n${lines.join('\n')}\n`;
}

/** What it makes to follow the forecast with all there is, one day at a time, at 2 bps a change of side. */
export function samplePredictionReturns(): string {
  let side = 0;
  const lines = sampleDays()
    .filter(({ isTraining }) => !isTraining)
    .map(({ date, last, actual, predicted }) => {
      const wanted = predicted > last ? 1 : -1;
      const cost = 0.0002 * Math.abs(wanted - side);
      side = wanted;
      return `${date},${(side * (actual / last - 1) - cost).toFixed(6)}`;
    });
  return `date,return\n${lines.join('\n')}\n`;
}
