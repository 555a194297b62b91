/**
 * How a figure was computed, as data: two tools that disagree here give two numbers for one series. Rates are per
 * period; `name` says whose definitions these are.
 */
export interface Convention {
  name: string;
  periodsPerYear: number;
  /** Subtracted from the count in the divisor of a variance. */
  ddof: 0 | 1;
  compounding: 'compounded' | 'summed';
  /** Years are counted by periods, or by the calendar (365.25 days). */
  years: 'periods' | 'calendar';
  riskFreePerPeriod: number;
  drawdownSign: 'negative' | 'positive';
  /** `all`: root mean square of shortfalls over all periods. `losses`: standard deviation of the losing periods. */
  downside: 'all' | 'losses';
  /** Where a series of values starts: `dropped` leaves out the first return, as a difference of marks does. */
  firstPeriod: 'kept' | 'dropped';
  /** What a win rate is a share of. */
  winBasis: 'all days' | 'non-zero days';
  scale: 'fraction' | 'percent';
}

/** What Holdpoint itself computes with. */
export const ours: Convention = {
  name: 'holdpoint',
  periodsPerYear: 252,
  ddof: 1,
  compounding: 'compounded',
  years: 'periods',
  riskFreePerPeriod: 0,
  drawdownSign: 'negative',
  downside: 'all',
  firstPeriod: 'kept',
  winBasis: 'all days',
  scale: 'fraction',
};

/** The definitions of tools whose figures people claim. */
export const conventions = {
  holdpoint: ours,
  empyrical: { ...ours, name: 'empyrical' },
  quantstats: { ...ours, name: 'quantstats', winBasis: 'non-zero days' },
  ffn: { ...ours, name: 'ffn', years: 'calendar' },
  qlib: { ...ours, name: 'qlib', periodsPerYear: 238, compounding: 'summed' },
  apex: {
    ...ours,
    name: 'apex',
    ddof: 0,
    drawdownSign: 'positive',
    downside: 'losses',
    firstPeriod: 'dropped',
    scale: 'percent',
  },
} as const satisfies Record<string, Convention>;
