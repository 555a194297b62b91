import {
  type BacktestConfig,
  defaultConfig,
  defaultTopK,
  type Panel,
  panelFromRows,
  type TopK,
} from '../../../../electron/compute/backtest/index.ts';
import { Random } from '../../../../electron/compute/statistics/index.ts';
import { congruential } from '../seeds.ts';

export function weekdays(from: string, count: number): string[] {
  const dates: string[] = [];
  for (let day = new Date(`${from}T00:00:00Z`); dates.length < count; day = new Date(day.getTime() + 864e5)) {
    if (day.getUTCDay() % 6 !== 0) dates.push(day.toISOString().slice(0, 10));
  }
  return dates;
}

/** Rows of the panel that `apex-engine-monthly.json` was computed on. */
export function apexRows({ codes = 120, days = 130 } = {}) {
  const draw = congruential(7);
  const prices = Array.from({ length: codes }, () => 500 + 2000 * draw());
  const rows = {
    date: [] as string[],
    code: [] as string[],
    close: [] as number[],
    score: [] as number[],
    volumeValue: [] as number[],
  };
  for (const [t, date] of weekdays('2023-01-04', days).entries()) {
    for (let i = 0; i < codes; i += 1) {
      if (t > 0) prices[i] = (prices[i] as number) * (1 + (draw() - 0.495) * 0.05);
      rows.date.push(date);
      rows.code.push(String(1000 + i));
      rows.close.push(prices[i] as number);
      rows.score.push(draw() - 0.5);
      rows.volumeValue.push(1e7 + 1e9 * draw());
    }
  }
  return rows;
}

export function apexPanel(): Panel {
  const rows = apexRows();
  return panelFromRows({
    ...rows,
    close: Float64Array.from(rows.close),
    score: Float64Array.from(rows.score),
    volumeValue: Float64Array.from(rows.volumeValue),
  });
}

interface Shape {
  days: number;
  codes: number;
  seed?: number;
  /** Share of prices that are missing. */
  missing?: number;
  /** How much of a score is yesterday's. */
  sticky?: number;
}

/** Random walks with scores; `open` is the close before. */
export function randomPanel({ days, codes, seed = 1, missing = 0, sticky = 0 }: Shape): Panel {
  const random = new Random(seed);
  const close = new Float64Array(codes * days);
  const open = new Float64Array(codes * days);
  const volumeValue = new Float64Array(codes * days);
  const score = new Float64Array(codes * days);
  for (let code = 0; code < codes; code += 1) {
    let [price, belief] = [10 + 90 * random.uniform(), random.normal()];
    for (let t = 0; t < days; t += 1) {
      open[code * days + t] = price;
      price *= 1 + 0.02 * random.normal();
      belief = sticky * belief + (1 - sticky) * random.normal();
      close[code * days + t] = random.uniform() < missing ? Number.NaN : price;
      volumeValue[code * days + t] = 1e6 + 1e9 * random.uniform();
      score[t * codes + code] = belief;
    }
  }
  return {
    dates: weekdays('2023-01-04', days),
    codes: Array.from({ length: codes }, (_, i) => String(1000 + i)),
    close,
    open,
    volumeValue,
    score,
    label: null,
  };
}

/** A panel written out: prices and scores by code, a value per date. */
export function writtenPanel(
  codes: Record<string, { close: number[]; score: number[]; open?: number[] }>,
  from = '2024-01-01',
): Panel {
  const names = Object.keys(codes).sort();
  const days = codes[names[0] ?? '']?.close.length ?? 0;
  const byCode = (pick: (code: string) => number[]) => Float64Array.from(names.flatMap(pick));
  return {
    dates: weekdays(from, days),
    codes: names,
    close: byCode((code) => codes[code]?.close ?? []),
    open: names.every((code) => codes[code]?.open) ? byCode((code) => codes[code]?.open ?? []) : null,
    volumeValue: null,
    score: Float64Array.from({ length: days * names.length }, (_, at) => {
      const [t, i] = [Math.floor(at / names.length), at % names.length];
      return codes[names[i] as string]?.score[t] as number;
    }),
    label: null,
  };
}

/** The top K rule, daily, at the close, free of cost, with a thousand to begin with. */
export const configOf = (strategy: Partial<TopK>, rest: Partial<BacktestConfig> = {}): BacktestConfig => ({
  ...defaultConfig,
  rebalance: 'daily',
  fill: 'close',
  capital: 1000,
  ...rest,
  strategy: { ...defaultTopK, ...strategy },
});
