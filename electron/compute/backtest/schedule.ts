/** How often the portfolio is set anew; a number is every so many trading days. */
export type Rebalance = 'daily' | 'weekly' | 'monthly' | number;

/**
 * Places of the dates on which a decision is due: the first always; weekly the last trading day of each ISO week, so that
 * a holiday on Friday moves it and skips nothing; monthly the first trading day of each month.
 */
export function decisionDates(dates: readonly string[], rebalance: Rebalance): Int32Array {
  const due = (at: number): boolean => {
    if (at === 0 || rebalance === 'daily') return true;
    const date = dates[at] as string;
    if (rebalance === 'monthly') return date.slice(0, 7) !== (dates[at - 1] as string).slice(0, 7);
    if (rebalance === 'weekly') {
      const next = dates[at + 1];
      return next !== undefined && weekOf(next) !== weekOf(date);
    }
    return at % rebalance === 0;
  };
  return Int32Array.from(dates.keys()).filter(due);
}

/** Weeks since a Monday long ago. */
function weekOf(date: string): number {
  const days =
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / 864e5;
  // 1970-01-01 was a Thursday.
  return Math.floor((days + 3) / 7);
}

export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
