import type { EChartsCoreOption } from 'echarts/core';
import type { BacktestView } from '../../../shared/contract/compute/index.ts';
import { band, bars, categories, grid, line, pointer, values } from '../charts/parts.ts';
import type { Paint } from '../charts/theme.ts';
import { formatNumber, formatShare, formatValue } from '../figures/format.ts';

/** Options of the charts of one run: data in, drawing out. */

const short = (value: number) =>
  Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);

/** Equity with its interval above, drawdown below, on one axis of dates. */
export function equityOption({ equity, band: range }: Pick<BacktestView, 'equity' | 'band'>) {
  return (paint: Paint): EChartsCoreOption => {
    const dates = equity.map(({ date }) => date);
    const below = { xAxisIndex: 1, yAxisIndex: 1 };
    return {
      grid: [
        { ...grid, bottom: 108 },
        { ...grid, top: undefined, bottom: 24, height: 66 },
      ],
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      xAxis: [
        categories(paint, dates, { axisLabel: { show: false } }),
        categories(paint, dates, { gridIndex: 1 }),
      ],
      yAxis: [
        values(paint, short),
        values(paint, (value) => `${Math.round(value * 100)} %`, {
          gridIndex: 1,
          splitNumber: 2,
          max: 0,
        }),
      ],
      tooltip: pointer(paint, (value) =>
        Math.abs(value) <= 1 ? formatShare(value) : formatValue(value, 'money'),
      ),
      series: [
        ...(range.length > 0
          ? band(
              paint.first,
              range.map(({ low }) => low),
              range.map(({ high }) => high),
            )
          : []),
        line(
          'equity',
          paint.first,
          equity.map(({ value }) => value),
          { showSymbol: false },
        ),
        line(
          'drawdown',
          paint.loss,
          equity.map(({ drawdown }) => drawdown),
          {
            ...below,
            showSymbol: false,
            areaStyle: { color: paint.loss, opacity: 0.2 },
          },
        ),
      ],
    };
  };
}

/** By rebalance: the share that was turned over as bars, its cost as a line. */
export function turnoverOption(rebalances: BacktestView['rebalances']) {
  return (paint: Paint): EChartsCoreOption => ({
    grid: { ...grid, right: 58 },
    xAxis: categories(
      paint,
      rebalances.map(({ date }) => date),
    ),
    yAxis: [
      values(paint, (value) => `${Math.round(value * 100)} %`, { scale: false, min: 0 }),
      values(paint, short, { scale: false, min: 0, splitLine: { show: false } }),
    ],
    tooltip: pointer(paint, (value) => (value <= 2 ? formatShare(value) : formatValue(value, 'money'))),
    series: [
      bars(
        'turnover',
        paint.rest,
        rebalances.map(({ turnover }) => turnover),
      ),
      line(
        'cost',
        paint.second,
        rebalances.map(({ cost }) => cost),
        { yAxisIndex: 1, showSymbol: false },
      ),
    ],
  });
}

/** Sharpe ratio by how many days later orders are filled, with its interval. */
export function lagOption(lags: NonNullable<BacktestView['probes']>['lags']) {
  return (paint: Paint): EChartsCoreOption => ({
    grid,
    xAxis: categories(
      paint,
      lags.map(({ lag }) => (lag === 0 ? 'as set' : `${lag} d later`)),
      {
        boundaryGap: false,
      },
    ),
    yAxis: values(paint, formatNumber),
    tooltip: pointer(paint, (value) => formatValue(value, 'ratio')),
    series: [
      ...band(
        paint.first,
        lags.map(({ low }) => low),
        lags.map(({ high }) => high),
      ),
      line(
        'Sharpe ratio',
        paint.first,
        lags.map(({ sharpe }) => sharpe),
        { symbolSize: 6 },
      ),
    ],
  });
}
