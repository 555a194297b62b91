import type { BacktestConfig } from './config.ts';
import type { BacktestRun } from './engine.ts';
import type { TradeLog } from './log.ts';
import type { Panel } from './panel.ts';

/** A run as tables of plain rows, for export and for screens. */
export interface BacktestTables {
  equity: { date: string; value: number; drawdown: number }[];
  months: { month: string; return: number }[];
  rebalances: {
    decided: string;
    date: string;
    names: number;
    alpha: number;
    wantedTurnover: number;
    turnover: number;
    cost: number;
    cash: number;
    minWeight: number;
    maxWeight: number;
    untradable: number;
  }[];
  trades: {
    date: string;
    code: string;
    shares: number;
    price: number;
    value: number;
    commission: number;
    slippage: number;
  }[];
  holdings: { code: string; shares: number; price: number; value: number }[];
  delistings: { date: string; code: string; price: number }[];
}

export function backtestTables(panel: Panel, run: BacktestRun, { capital }: BacktestConfig): BacktestTables {
  const date = (at: number) => panel.dates[at] as string;
  const code = (at: number) => panel.codes[at] as string;
  return {
    ...valueRows(panel.dates.slice(run.start), run.values.subarray(run.start), capital),
    rebalances: run.rebalances.map(({ decided, date: filled, ...row }) => ({
      decided: date(decided),
      date: date(filled),
      names: row.names,
      alpha: row.alpha,
      wantedTurnover: row.wantedTurnover,
      turnover: row.turnover,
      cost: row.cost,
      cash: row.cash,
      minWeight: row.minWeight,
      maxWeight: row.maxWeight,
      untradable: row.untradable,
    })),
    trades: run.trades === null ? [] : tradeRows(panel, run.trades),
    holdings: run.holdings.map((held) => ({
      code: code(held.code),
      shares: held.shares,
      price: held.price,
      value: held.shares * held.price,
    })),
    delistings: run.delistings.map((gone) => ({
      date: date(gone.date),
      code: code(gone.code),
      price: gone.price,
    })),
  };
}

export function tradeRows({ dates, codes }: Panel, log: TradeLog): BacktestTables['trades'] {
  return Array.from(log.rows(), (trade) => ({
    date: dates[trade.date] as string,
    code: codes[trade.code] as string,
    shares: trade.shares,
    price: trade.price,
    value: Math.abs(trade.shares) * trade.price,
    commission: trade.commission,
    slippage: trade.slippage,
  }));
}

/** The value at the close of each date, and what it makes of each month. */
export function valueRows(
  dates: readonly string[],
  values: Float64Array,
  capital: number,
): Pick<BacktestTables, 'equity' | 'months'> {
  let peak = capital;
  const equity = Array.from(values, (value, i) => {
    peak = Math.max(peak, value);
    return { date: dates[i] as string, value, drawdown: value / peak - 1 };
  });
  return { equity, months: monthsOf(equity, capital) };
}

/** Returns by calendar month; they compound to the return of the whole. */
function monthsOf(equity: BacktestTables['equity'], capital: number): BacktestTables['months'] {
  const ends = new Map<string, number>();
  for (const { date, value } of equity) ends.set(date.slice(0, 7), value);
  let before = capital;
  return [...ends].map(([month, value]) => {
    const row = { month, return: value / before - 1 };
    before = value;
    return row;
  });
}

/** RFC 4180: a header, then a line a row, quoted where needed. */
export function csvOf(rows: readonly Record<string, string | number | null>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const cell = (value: string | number | null | undefined) => {
    const text = String(value ?? '');
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [names, ...rows.map((row) => names.map((name) => row[name]))]
    .map((cells) => `${cells.map(cell).join(',')}\n`)
    .join('');
}
