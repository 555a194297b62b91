import { deviation, mean, Random } from '../../electron/compute/statistics/index.ts';

/** The same on every machine: the figures that tests and screens show of it can be written down. */
const seed = 20_251_029;
const codes = 60;
const days = 160;
const horizon = 20;
/** How much of a score is what comes: as little as good models show. */
const skill = 0.12;

interface Day {
  close: number;
  open: number;
  volumeValue: number;
}

/** A long panel of invented prices and scores, with the return that follows as its label. */
export function samplePanel(): string {
  const random = new Random(seed);
  const dates = tradingDays('2024-01-04', days);
  const market = standardised(random, days).map((value) => 0.0003 + 0.009 * value);
  const rows: string[][] = dates.map(() => []);
  const names = sampleCodes();
  for (let i = 0; i < codes; i += 1) {
    const prices = pricesOf(random, market);
    let noise = random.normal();
    for (const [t, day] of prices.entries()) {
      const later = prices[t + horizon];
      const label = later ? later.close / day.close - 1 : Number.NaN;
      noise = 0.9 * noise + Math.sqrt(1 - 0.9 ** 2) * random.normal();
      const score = (Number.isNaN(label) ? 0 : (skill * label) / 0.08) + noise;
      rows[t]?.push(
        [
          dates[t],
          names[i],
          day.close.toFixed(1),
          score.toFixed(4),
          day.open.toFixed(1),
          Math.round(day.volumeValue),
          Number.isNaN(label) ? '' : label.toFixed(5),
        ].join(','),
      );
    }
  }
  return `date,code,close,score,open,volume_value,label\n${rows.flat().join('\n')}\n`;
}

function pricesOf(random: Random, market: readonly number[]): Day[] {
  let close = 500 + 4000 * random.uniform();
  const beta = 0.6 + 0.8 * random.uniform();
  const size = 1e8 * (1 + 20 * random.uniform());
  return market.map((move) => {
    const gap = 0.004 * random.normal();
    const open = close * (1 + gap);
    close = open * (1 + beta * move + 0.014 * random.normal());
    return { open, close, volumeValue: size * (0.5 + random.uniform()) };
  });
}

/** Daily returns with an annual Sharpe ratio of 0.933 over 688 days: a claim that its own record cannot prove. */
export function sampleReturns(): string {
  const random = new Random(seed + 1);
  const noise = standardised(random, 688);
  const lines = tradingDays('2022-01-04', 688).map((date, t) => {
    const value = 0.0105 * ((noise[t] as number) + 0.933 / Math.sqrt(252));
    return `${date},${value.toFixed(6)}`;
  });
  return `date,return\n${lines.join('\n')}\n`;
}

/** Normal numbers whose mean is 0 and whose deviation is 1 in the sample itself. */
function standardised(random: Random, count: number): number[] {
  const values = Array.from({ length: count }, () => random.normal());
  const [centre, spread] = [mean(values), deviation(values, 1)];
  return values.map((value) => (value - centre) / spread);
}

export function sampleCodes(): number[] {
  return Array.from({ length: codes }, (_, i) => 1301 + 7 * i);
}

export function tradingDays(from: string, count: number): string[] {
  const found: string[] = [];
  for (let day = Date.parse(from); found.length < count; day += 864e5) {
    const date = new Date(day);
    if (date.getUTCDay() % 6 !== 0) found.push(date.toISOString().slice(0, 10));
  }
  return found;
}
