import type { EChartsCoreOption } from 'echarts/core';
import type { CompareView } from '../../../shared/contract/compute/index.ts';
import { categories, grid, line, pointer, values } from '../charts/parts.ts';
import type { Paint } from '../charts/theme.ts';
import { formatShare } from '../figures/format.ts';

type Equity = CompareView['first']['equity'];

export interface Day {
  date: string;
  /** Null before its first day and after its last one. */
  first: number | null;
  second: number | null;
}

/** Two runs on one axis: every date that either has, in order. */
export function daysOf(first: Equity, second: Equity): Day[] {
  const one = new Map(first.map(({ date, value }) => [date, value]));
  const other = new Map(second.map(({ date, value }) => [date, value]));
  return [...new Set([...one.keys(), ...other.keys()])]
    .sort()
    .map((date) => ({ date, first: one.get(date) ?? null, second: other.get(date) ?? null }));
}

/** What was made since both began, at 1: `4.20 %`. */
export const formatGrowth = (value: number | null) => (value === null ? 'not run' : formatShare(value - 1));

const short = (value: number) =>
  `${Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(value * 100)} %`;
const made = (value: number | null) => (value === null ? null : value - 1);

export function twoCurves(days: readonly Day[], firstName: string, secondName: string) {
  return (paint: Paint): EChartsCoreOption => ({
    grid,
    xAxis: categories(
      paint,
      days.map(({ date }) => date),
    ),
    yAxis: values(paint, short),
    tooltip: pointer(paint, formatShare),
    series: [
      line(
        firstName,
        paint.first,
        days.map(({ first }) => made(first)),
        { showSymbol: false },
      ),
      line(
        secondName,
        paint.second,
        days.map(({ second }) => made(second)),
        {
          showSymbol: false,
          lineStyle: { width: 1.5, color: paint.second, type: 'dashed' },
        },
      ),
    ],
  });
}
