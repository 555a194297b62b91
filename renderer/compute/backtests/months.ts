import type { BacktestView } from '../../../shared/contract/compute/index.ts';

export interface Year {
  year: string;
  /** January to December; null where the run has no such month. */
  months: (number | null)[];
  /** Compounded from its months. */
  total: number;
}

/** Months by year, for a table. */
export function yearsOf(months: BacktestView['months']): Year[] {
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))];
  return years.map((year) => {
    const cells = Array.from(
      { length: 12 },
      (_, at) =>
        months.find(({ month }) => month === `${year}-${String(at + 1).padStart(2, '0')}`)?.return ?? null,
    );
    return { year, months: cells, total: cells.reduce<number>((sum, one) => sum * (1 + (one ?? 0)), 1) - 1 };
  });
}

/** How strongly a return is coloured, from 0 to 1: full where it is as large as the largest. */
export function strengthOf(value: number, months: BacktestView['months']): number {
  const most = months.reduce((top, one) => Math.max(top, Math.abs(one.return)), 0);
  return most === 0 ? 0 : Math.min(1, Math.abs(value) / most);
}
