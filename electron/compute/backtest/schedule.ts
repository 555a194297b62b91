/** How often the portfolio is set anew; a number is every so many trading days. */
export type Rebalance = 'daily' | 'weekly' | 'monthly' | number;

/**
 * Places of the dates on which a decision is due: the first always; weekly the last trading day of each ISO week, so that
 * a holiday on Friday moves it and skips nothing; monthly the first trading day of each month. Trading days are those of
 * the exchange where they are given; a decision due on one that the data lacks is made on the next date that it has.
 */
export function decisionDates(
  dates: readonly string[],
  rebalance: Rebalance,
  sessions: readonly string[] | null = null,
): Int32Array {
  const known = decisions.get(dates)?.get(rebalance);
  if (known?.sessions === sessions) return known.due;
  const due = decisionsOf(dates, rebalance, sessions);
  const ofDates = decisions.get(dates) ?? new Map<Rebalance, Decisions>();
  decisions.set(dates, ofDates.set(rebalance, { sessions, due }));
  return due;
}

interface Decisions {
  sessions: readonly string[] | null;
  due: Int32Array;
}

/** The configurations of a sweep decide on the same dates, mostly. */
const decisions = new WeakMap<readonly string[], Map<Rebalance, Decisions>>();

function decisionsOf(
  dates: readonly string[],
  rebalance: Rebalance,
  sessions: readonly string[] | null,
): Int32Array {
  if (!sessions) return dueDays(dates, rebalance);
  const first = dates[0] as string;
  const days = sessions.filter((day) => day >= first);
  const due = Array.from(dueDays(days, rebalance), (at) => days[at] as string);
  const places = new Set([0]);
  let next = 0;
  for (const day of due) {
    while (next < dates.length && (dates[next] as string) < day) next += 1;
    if (next < dates.length) places.add(next);
  }
  return Int32Array.from(places);
}

function dueDays(days: readonly string[], rebalance: Rebalance): Int32Array {
  const due = (at: number): boolean => {
    if (at === 0 || rebalance === 'daily') return true;
    const day = days[at] as string;
    if (rebalance === 'monthly') return !day.startsWith((days[at - 1] as string).slice(0, 7));
    if (rebalance === 'weekly') {
      const next = days[at + 1];
      return next !== undefined && weekOf(next) !== weekOf(day);
    }
    return at % rebalance === 0;
  };
  return Int32Array.from(days.keys()).filter(due);
}

/** Weeks since a Monday long ago. */
function weekOf(date: string): number {
  const digits = (from: number, to: number) => {
    let value = 0;
    for (let at = from; at < to; at += 1) value = 10 * value + date.charCodeAt(at) - 48;
    return value;
  };
  const month = digits(5, 7);
  // Years are counted from March on, so that a leap day is the last of its year.
  const year = digits(0, 4) - (month < 3 ? 1 : 0);
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + digits(8, 10) - 1;
  const days = 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + ofYear;
  // 0000-03-01 was a Wednesday.
  return Math.floor((days + 2) / 7);
}

export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
