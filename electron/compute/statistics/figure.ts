import type { Measured } from '../../../shared/contract/common.ts';
import type { Convention } from './convention.ts';

/** `ratio`: a plain number. `fraction`: 0.2 is 20 %. `probability`: 0 to 1. */
export type FigureUnit =
  | 'ratio'
  | 'fraction'
  | '%'
  | 'bps'
  | 'probability'
  | 'days'
  | 'years'
  | 'count'
  | 'money';

/** A number with what is needed to read it. NaN where the data are too few; `interval` is of 95 % where given. */
export interface Figure {
  value: number;
  unit: FigureUnit;
  /** The parts of the convention that move this figure, and how its interval was found. */
  convention: FigureConvention;
  interval?: [number, number];
}

export type FigureConvention = Partial<Convention> & { method?: string; interval?: string };

/** A figure as a rule is held against it: shares in percent, times in their own unit. */
export function measuredOf(quantity: string, { value, unit, convention, interval }: Figure): Measured {
  const percent = unit === 'fraction' || unit === 'probability' || unit === '%' || unit === 'bps';
  const factor = unit === 'fraction' || unit === 'probability' ? 100 : unit === 'bps' ? 0.01 : 1;
  const shown = (one: number) => `${Number((one * factor).toPrecision(4))}`;
  const range = interval ? ` [${shown(interval[0])}, ${shown(interval[1])}]` : '';
  return {
    quantity,
    value: value * factor,
    unit: percent ? '%' : '',
    text: `${shown(value)}${percent ? ' %' : ''}${range}`,
    convention: conventionText(convention),
    ...(interval ? { interval: [interval[0] * factor, interval[1] * factor] as [number, number] } : {}),
  };
}

const words: { [Key in keyof FigureConvention]?: (value: string) => string } = {
  periodsPerYear: (value) => `${value} periods a year`,
  ddof: (value) => `ddof ${value}`,
  riskFreePerPeriod: (value) => `risk-free ${value} per period`,
  years: (value) => `years by ${value}`,
  downside: (value) => `downside of ${value}`,
  firstPeriod: (value) => `first period ${value}`,
  drawdownSign: (value) => `drawdown ${value}`,
  winBasis: (value) => `of ${value}`,
  interval: (value) => `interval: ${value}`,
};

/** `holdpoint, 252 periods a year, ddof 1, interval: stationary bootstrap`. */
export function conventionText(convention: FigureConvention): string {
  return Object.entries(convention)
    .map(([key, value]) => (words[key as keyof FigureConvention] ?? String)(String(value)))
    .join(', ');
}
