import type { ComputedFigure } from '../../../shared/contract/compute/index.ts';

/** Figures as they are read. All are pure; what has no value says so. */

const places = (value: number, digits: number) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const formats: Record<string, (value: number) => string> = {
  fraction: (value) => (value === 0 ? '0 %' : `${places(value * 100, Math.abs(value) < 0.1 ? 2 : 1)} %`),
  '%': (value) => `${places(value, Math.abs(value) < 10 ? 2 : 1)} %`,
  probability: (value) => (value > 0 && value < 0.001 ? '< 0.001' : places(value, 3)),
  ratio: (value) => places(value, Math.abs(value) < 0.1 ? 3 : 2),
  days: (value) => `${places(value, 0)} d`,
  count: (value) => places(value, Number.isInteger(value) ? 0 : 1),
  money: (value) => places(value, 0),
  bps: (value) => `${places(value, 1)} bps`,
  years: (value) => `${places(value, value < 10 ? 1 : 0)} y`,
};

/** `18.4 %`, `0.93`, `688 d`: a value in its unit. */
export function formatValue(value: number | null, unit: string): string {
  if (value === null) return 'too few data';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  const format = formats[unit];
  return format ? format(value) : [formatNumber(value), unit].filter(Boolean).join(' ');
}

/** About four digits of any number: `0.3012`, `12.35`, `3,973`, `1.2e-7`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e9)) return value.toExponential(1).replace('e+', 'e');
  if (Number.isInteger(value)) return value.toLocaleString('en');
  if (size < 1) return value.toLocaleString('en', { maximumFractionDigits: 4 });
  return value.toLocaleString('en', { maximumSignificantDigits: size >= 1000 ? 6 : 4 });
}

/** The same in a narrow column: `71.7M`, `2,777`. */
export function formatShort(value: number): string {
  if (Math.abs(value) < 1000) return formatNumber(value);
  const notation = Math.abs(value) < 1e5 ? 'standard' : 'compact';
  return value.toLocaleString('en', { notation, maximumFractionDigits: notation === 'compact' ? 1 : 0 });
}

/** `[-0.26, 2.12]`, with the unit once, at its end. Empty where the figure is no estimate. */
export function formatInterval({ interval, unit }: Pick<ComputedFigure, 'interval' | 'unit'>): string {
  if (!interval) return '';
  const [low, high] = interval.map((bound) => formatValue(bound, unit));
  const suffix = / [^\d]+$/.exec(high ?? '')?.[0] ?? '';
  return `[${low?.endsWith(suffix) ? low.slice(0, low.length - suffix.length) : low}, ${high}]`;
}

/** `0.93 [-0.26, 2.12]`. */
export function formatFigure(figure: ComputedFigure): string {
  return [formatValue(figure.value, figure.unit), formatInterval(figure)].filter(Boolean).join(' ');
}

/** `18.4 %` of a share from 0 to 1. */
export const formatShare = (share: number) => formatValue(share, 'fraction');

/** `0.0091`: an index that is small where all is well, in four places. */
export const formatIndex = (value: number) => places(value, 4);

/** A bound as it was written, with no more places than it needs: `0.75`, `1.439`, `30 %`. */
export function formatBound(value: number, unit: string): string {
  const written = (number: number) => number.toLocaleString('en', { maximumFractionDigits: 4 });
  if (unit === 'ratio' || unit === 'probability') return written(value);
  if (unit === 'fraction') return `${written(Number((value * 100).toFixed(6)))} %`;
  if (unit === '%') return `${written(value)} %`;
  return formatValue(value, unit);
}
