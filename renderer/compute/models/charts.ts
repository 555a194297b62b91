import type { EChartsCoreOption } from 'echarts/core';
import type { Histogram, InferView, ShadowView } from '../../../shared/contract/compute/index.ts';
import { band, bars, categories, grid, line, marks, middles, pointer, values } from '../charts/parts.ts';
import type { Paint } from '../charts/theme.ts';
import { formatNumber, formatShare, formatValue } from '../figures/format.ts';

type Labels = NonNullable<InferView['labels']>;

const low = { ...grid, left: 44 };
const percent = (value: number) => `${Math.round(value * 100)} %`;

export function distributionOption(histogram: Histogram) {
  return (paint: Paint): EChartsCoreOption => ({
    grid: low,
    xAxis: categories(paint, middles(histogram, formatNumber)),
    yAxis: values(paint, formatNumber, { scale: false, splitNumber: 3 }),
    tooltip: pointer(paint, (value) => `${formatNumber(value)} codes`),
    series: [bars('codes', paint.first, histogram.counts)],
  });
}

/** Two histograms on the edges of the first; each as shares, so that their sizes do not matter. */
export function twoDistributionsOption({ champion, challenger }: ShadowView['distributions']) {
  const share = ({ counts }: Histogram) => {
    const all = counts.reduce((sum, count) => sum + count, 0) || 1;
    return counts.map((count) => count / all);
  };
  const points = (histogram: Histogram) =>
    share(histogram).map((part, bar) => [
      ((histogram.edges[bar] ?? 0) + (histogram.edges[bar + 1] ?? 0)) / 2,
      part,
    ]);
  return (paint: Paint): EChartsCoreOption => {
    const curve = (name: string, color: string, histogram: Histogram, type: string) => ({
      ...line(name, color, []),
      data: points(histogram),
      showSymbol: false,
      step: 'middle' as const,
      lineStyle: { width: 1.5, color, type },
    });
    return {
      grid: low,
      xAxis: { ...values(paint, formatNumber), splitLine: { show: false } },
      yAxis: values(paint, percent, { scale: false, splitNumber: 3 }),
      tooltip: pointer(paint, formatShare),
      series: [
        curve('champion', paint.first, champion, 'solid'),
        curve('challenger', paint.second, challenger, 'dashed'),
      ],
    };
  };
}

export function shadowOption(days: ShadowView['days']) {
  return (paint: Paint): EChartsCoreOption => ({
    grid: low,
    xAxis: categories(
      paint,
      days.map(({ date }) => date),
    ),
    yAxis: values(paint, (value) => formatValue(value, 'ratio'), { max: 1 }),
    tooltip: pointer(paint, (value) => formatValue(value, 'probability')),
    series: [
      line(
        'rank correlation',
        paint.first,
        days.map(({ rankCorrelation }) => rankCorrelation),
      ),
      line(
        'overlap of the top',
        paint.second,
        days.map(({ overlap }) => overlap),
        {
          lineStyle: { width: 1.5, color: paint.second, type: 'dashed' },
        },
      ),
    ],
  });
}

export function precisionOption(precision: Labels['precision']) {
  return (paint: Paint): EChartsCoreOption => ({
    grid: low,
    xAxis: categories(
      paint,
      precision.map(({ date }) => date),
    ),
    yAxis: values(paint, percent),
    tooltip: pointer(paint, formatShare),
    series: [
      line(
        'P@K',
        paint.first,
        precision.map((day) => day.precision),
      ),
      line(
        'base rate',
        paint.second,
        precision.map(({ base }) => base),
        {
          showSymbol: false,
          lineStyle: { width: 1.5, color: paint.second, type: 'dashed' },
        },
      ),
    ],
  });
}

/** Observed share by predicted one, with its interval; the diagonal is what a calibrated model gives. */
export function reliabilityOption({ bins }: NonNullable<Labels['calibration']>) {
  return (paint: Paint): EChartsCoreOption => ({
    grid: low,
    xAxis: categories(
      paint,
      bins.map(({ predicted }) => formatValue(predicted, 'ratio')),
      {
        boundaryGap: false,
      },
    ),
    yAxis: values(paint, percent, { min: 0, max: 1, interval: 0.25 }),
    tooltip: pointer(paint, formatShare),
    series: [
      ...band(
        paint.first,
        bins.map((bin) => bin.low),
        bins.map((bin) => bin.high),
      ),
      line(
        'observed',
        paint.first,
        bins.map(({ observed }) => observed),
      ),
      line(
        'if calibrated',
        paint.rest,
        bins.map(({ predicted }) => predicted),
        {
          showSymbol: false,
          lineStyle: { width: 1.5, color: paint.rest, type: 'dashed' },
        },
      ),
    ],
  });
}

/** Latencies with the percentiles that enough samples allow. */
export function latencyOption(histogram: Histogram, percentiles: readonly { word: string; ms: number }[]) {
  const barOf = (ms: number) =>
    Math.max(
      0,
      Math.min(
        histogram.counts.length - 1,
        histogram.edges.findLastIndex((edge) => edge <= ms),
      ),
    );
  return (paint: Paint): EChartsCoreOption => ({
    grid: { ...low, top: 26 },
    xAxis: categories(
      paint,
      middles(histogram, (ms) => `${formatNumber(Math.round(ms * 10) / 10)} ms`),
    ),
    yAxis: values(paint, formatNumber, { scale: false, splitNumber: 3 }),
    tooltip: pointer(paint, (value) => `${formatNumber(value)} runs`),
    series: [
      bars('runs', paint.first, histogram.counts, {
        markLine: marks(
          paint,
          percentiles.map(({ word, ms }) => ({ word, x: barOf(ms) })),
        ),
      }),
    ],
  });
}
