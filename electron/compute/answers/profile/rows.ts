import { DataError, type ExchangeCalendar } from '../../data/index.ts';
import type { Duck } from '../../tables/index.ts';
import type { CalendarProfile, CodeProfile, ProfileAnswer } from './answer.ts';

/** A code is active while it has a row on one of the last so many dates. */
const activeDates = 5;
const mostShown = 10;
const dayMs = 864e5;

export type RowProfile = Pick<
  ProfileAnswer,
  'rows' | 'dates' | 'codes' | 'from' | 'to' | 'calendar' | 'activity' | 'duplicates'
>;

/**
 * What the rows are: dates, codes, gaps and keys that are there twice. Leaves the tables `day(date, place, rows)` and
 * `code(code, first, last, present, active)` for what follows.
 */
export async function profileRows(
  duck: Duck,
  file: string,
  calendar: ExchangeCalendar | null,
): Promise<RowProfile> {
  await duck.run(
    `CREATE TABLE day AS SELECT "#date" AS date, row_number() OVER (ORDER BY "#date") AS place, count(*) AS rows
     FROM panel GROUP BY "#date"`,
  );
  const days = await duck.rows('SELECT date::VARCHAR AS date, rows FROM day ORDER BY date');
  if (days.length === 0)
    throw new DataError('bad-table', `${file} has no rows. Give data with at least one.`);
  await duck.run(
    `CREATE TABLE code AS SELECT "#code" AS code, min(place) AS first, max(place) AS last,
       count(DISTINCT place) AS present, max(place) > ${days.length - activeDates} AS active
     FROM panel JOIN day ON day.date = panel."#date" GROUP BY "#code"`,
  );
  const dates = days.map(({ date, rows }) => ({ date: String(date), rows: Number(rows) }));
  const [{ codes } = { codes: 0 }] = await duck.rows('SELECT count(*) AS codes FROM code');
  return {
    rows: dates.reduce((sum, { rows }) => sum + rows, 0),
    dates: dates.length,
    codes: Number(codes),
    from: dates[0]?.date as string,
    to: dates.at(-1)?.date as string,
    calendar: calendarOf(dates, calendar),
    activity: await activity(duck),
    duplicates: await duplicates(duck),
  };
}

/**
 * Pure: what the dates leave out, and where there are few rows. Dates ascend. Without the calendar of an exchange every
 * weekday is expected.
 */
export function calendarOf(
  dates: readonly { date: string; rows: number }[],
  calendar: ExchangeCalendar | null = null,
): CalendarProfile {
  const expected = calendar && new Set(calendar.sessions);
  const isExpected = (day: number) =>
    expected ? expected.has(new Date(day).toISOString().slice(0, 10)) : !isWeekend(day);
  const gaps: CalendarProfile['gaps'] = [];
  for (const [i, { date }] of dates.entries()) {
    const next = dates[i + 1];
    if (!next) break;
    const weekdays = daysBetween(date, next.date, isExpected);
    if (weekdays > 0) gaps.push({ after: date, before: next.date, weekdays });
  }
  const sorted = dates.map(({ rows }) => rows).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const medianRows =
    sorted.length % 2 === 1
      ? (sorted[middle] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return {
    gaps,
    weekdaysMissing: gaps.reduce((sum, { weekdays }) => sum + weekdays, 0),
    weekendDates: dates.filter(({ date }) => isWeekend(Date.parse(date))).map(({ date }) => date),
    by: calendar ? (calendar.name ?? 'calendar') : 'weekdays',
    closedDates: expected ? dates.filter(({ date }) => !expected.has(date)).map(({ date }) => date) : [],
    medianRows,
    thinDates: dates.filter(({ rows }) => rows < medianRows / 2),
  };
}

/** Strictly between two days. */
function daysBetween(after: string, before: string, isExpected: (day: number) => boolean): number {
  let count = 0;
  for (let day = Date.parse(after) + dayMs; day < Date.parse(before); day += dayMs) {
    if (isExpected(day)) count += 1;
  }
  return count;
}

const isWeekend = (day: number) => new Date(day).getUTCDay() % 6 === 0;

async function activity(duck: Duck): Promise<CodeProfile> {
  const [all = {}] = await duck.rows(
    `SELECT count(*) AS active, coalesce(sum(last - first + 1), 0)::DOUBLE AS dates,
       coalesce(sum(last - first + 1 - present), 0)::DOUBLE AS absent FROM code WHERE active`,
  );
  const most = await duck.rows(
    `SELECT code, last - first + 1 - present AS absent, last - first + 1 AS dates FROM code
     WHERE active AND absent > 0 ORDER BY absent DESC, code LIMIT ${mostShown}`,
  );
  return {
    active: Number(all.active),
    activeDates: Number(all.dates),
    absentRows: Number(all.absent),
    mostAbsent: most.map(({ code, absent, dates }) => ({
      code: String(code),
      absent: Number(absent),
      dates: Number(dates),
    })),
  };
}

async function duplicates(duck: Duck): Promise<ProfileAnswer['duplicates']> {
  await duck.run(
    `CREATE TABLE twice AS SELECT "#date" AS date, "#code" AS code, count(*) AS rows FROM panel
     GROUP BY ALL HAVING count(*) > 1`,
  );
  const [{ keys, rows } = { keys: 0, rows: 0 }] = await duck.rows(
    'SELECT count(*) AS keys, coalesce(sum(rows), 0)::DOUBLE AS rows FROM twice',
  );
  const examples = await duck.rows(
    `SELECT date::VARCHAR AS date, code, rows FROM twice ORDER BY date, code LIMIT ${mostShown}`,
  );
  return {
    keys: Number(keys),
    rows: Number(rows),
    examples: examples.map((row) => ({
      date: String(row.date),
      code: String(row.code),
      rows: Number(row.rows),
    })),
  };
}
