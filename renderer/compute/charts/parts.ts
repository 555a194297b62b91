import type { Histogram } from '../../../shared/contract/compute/index.ts';
import type { Paint } from './theme.ts';

/** What charts have in common: axes, the words at the pointer, lines, bands and bars, painted by the theme. */

type Format = (value: number) => string;

export const grid = { left: 58, right: 14, top: 12, bottom: 24 };

export function categories(paint: Paint, data: readonly string[], more: object = {}) {
  return {
    type: 'category' as const,
    data: [...data],
    axisLine: { lineStyle: { color: paint.edge } },
    axisTick: { show: false },
    axisLabel: { color: paint.mute, hideOverlap: true },
    ...more,
  };
}

export function values(paint: Paint, format: Format, more: object = {}) {
  return {
    type: 'value' as const,
    scale: true,
    splitNumber: 4,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: paint.mute, formatter: format },
    splitLine: { lineStyle: { color: paint.line, opacity: 0.7 } },
    ...more,
  };
}

/** Drawn on the canvas: what a library writes into the page as HTML would break the content security policy. */
export function pointer(paint: Paint, format: Format) {
  return {
    trigger: 'axis' as const,
    renderMode: 'richText' as const,
    backgroundColor: paint.raised,
    borderColor: paint.edge,
    textStyle: { color: paint.text, fontFamily: paint.mono, fontSize: 11 },
    axisPointer: { type: 'line' as const, lineStyle: { color: paint.edge } },
    valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : ''),
  };
}

export function line(name: string, color: string, data: readonly (number | null)[], more: object = {}) {
  return {
    name,
    type: 'line' as const,
    data: [...data],
    showSymbol: data.length < 40,
    symbolSize: 4,
    sampling: 'lttb' as const,
    lineStyle: { width: 1.5, color },
    itemStyle: { color },
    emphasis: { disabled: true },
    ...more,
  };
}

/** Two lines of which the second stands on the first: the room between is the interval. */
export function band(color: string, low: readonly number[], high: readonly number[], more: object = {}) {
  const hidden = {
    type: 'line' as const,
    stack: 'band',
    stackStrategy: 'all' as const,
    showSymbol: false,
    silent: true,
    lineStyle: { opacity: 0 },
    itemStyle: { color },
    emphasis: { disabled: true },
    tooltip: { show: false },
    ...more,
  };
  return [
    { ...hidden, name: 'lower bound', data: [...low] },
    {
      ...hidden,
      name: 'upper bound',
      data: high.map((bound, index) => bound - (low[index] ?? 0)),
      areaStyle: { color, opacity: 0.18 },
    },
  ];
}

export function bars(name: string, color: string, data: readonly (number | null)[], more: object = {}) {
  return {
    name,
    type: 'bar' as const,
    data: [...data],
    itemStyle: { color },
    barCategoryGap: '12%',
    emphasis: { disabled: true },
    ...more,
  };
}

/** An upright line at a category, with a word. */
export function marks(paint: Paint, at: readonly { x: string | number; word: string }[]) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: paint.text, type: 'dashed' as const },
    label: { color: paint.text, formatter: '{b}', fontSize: 11 },
    data: at.map(({ x, word }) => ({ name: word, xAxis: x })),
  };
}

/** The middle of each bar of a histogram, for reading. */
export function middles({ edges, counts }: Histogram, format: Format): string[] {
  return counts.map((_, bar) => format(((edges[bar] ?? 0) + (edges[bar + 1] ?? 0)) / 2));
}
