import {
  conventions,
  type Figure,
  type ReturnFigureName,
  returnFigures,
  returnsOfValues,
  sum,
} from '../../statistics/index.ts';
import type { ApexConfig } from './config.ts';
import type { ApexRun } from './engine.ts';

export type ApexFigureName =
  | ReturnFigureName
  | 'averageTurnover'
  | 'meanLoggedTurnover'
  | 'trades'
  | 'totalCost'
  | 'costShare'
  | 'dailyCost';

/** The figures that engine prints, by its own definitions. */
export function apexFigures(run: ApexRun, { capital }: ApexConfig): Record<ApexFigureName, Figure> {
  const { values, halfTraded, cost, trades } = run;
  const days = values.length;
  const final = values[days - 1] as number;
  const of = (value: number, unit: Figure['unit'], method: string): Figure => ({
    value,
    unit,
    convention: { name: 'apex', method },
  });
  return {
    ...returnFigures(returnsOfValues(values, capital), conventions.apex),
    averageTurnover: of(
      sum(halfTraded.subarray(1)) / final / days,
      'fraction',
      'per day, of the final value, without the first rebalance',
    ),
    meanLoggedTurnover: of(
      values.reduce((total, value, t) => total + (halfTraded[t] as number) / value, 0) / days,
      'fraction',
      'per day, of the value a day later',
    ),
    trades: of(trades.length, 'count', 'buys and sales'),
    totalCost: of(cost, 'money', 'commission and slippage, in the currency of the prices'),
    costShare: of((100 * cost) / capital, '%', 'whole run, of the initial capital'),
    dailyCost: of((cost / days / capital) * 10_000, 'bps', 'per day, of the initial capital'),
  };
}
