import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CsvReader } from './csv.ts';
import { DataError } from './errors.ts';
import { parseShape, readText } from './shape.ts';

/** The trading days of an exchange over a span, both ends included. */
export interface ExchangeCalendar {
  name: string | null;
  from: string;
  to: string;
  /** ISO dates, ascending. */
  sessions: readonly string[];
  sha256: string;
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const days = z.array(z.iso.date());
const shape = z.strictObject({
  exchange: z.string().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  weekend: z.array(z.enum(weekdays)).default(['saturday', 'sunday']),
  closed: days.optional(),
  open: days.default([]),
  sessions: days.min(1).optional(),
});
type Written = z.infer<typeof shape>;

/**
 * Reads a calendar: YAML or JSON with `closed` days, or all `sessions`; or CSV with a column of either name.
 * @throws DataError with what to change
 */
export async function readCalendar(file: string): Promise<ExchangeCalendar> {
  const text = await readText(file);
  const written = file.toLowerCase().endsWith('.csv')
    ? csvCalendar(text, file)
    : parseShape(text, file, shape);
  return { ...calendarOf(written, file), sha256: createHash('sha256').update(text).digest('hex') };
}

/** Whoever works with dates needs to know of each of them. @throws DataError where the calendar does not reach so far */
export function assertCovers({ from, to }: ExchangeCalendar, dates: readonly string[], file: string): void {
  const [first, last] = [dates[0] as string, dates.at(-1) as string];
  if (from <= first && last <= to) return;
  throw new DataError(
    'bad-config',
    `${file} covers ${from} to ${to}, and the data has ${first} to ${last}. Add the days of the rest, and set from and to.`,
  );
}

/** What data has of a calendar: trading days without it, and data on days that are closed. */
export function heldAgainst(
  { sessions }: ExchangeCalendar,
  dates: readonly string[],
): { missing: string[]; closed: string[] } {
  const [there, open] = [new Set(dates), new Set(sessions)];
  const [first, last] = [dates[0] as string, dates.at(-1) as string];
  return {
    missing: sessions.filter((day) => day >= first && day <= last && !there.has(day)),
    closed: dates.filter((date) => !open.has(date)),
  };
}

function calendarOf(written: Written, file: string): Omit<ExchangeCalendar, 'sha256'> {
  const { exchange, closed, sessions, open, weekend } = written;
  if ((closed === undefined) === (sessions === undefined)) {
    throw new DataError(
      'bad-config',
      `${file} needs either closed, the days without trading beside weekends, or sessions, all days with it. Write one of them.`,
    );
  }
  const named = [...(closed ?? sessions ?? [])].sort();
  const from = written.from ?? (sessions ? named[0] : named[0] && `${named[0].slice(0, 4)}-01-01`);
  const to = written.to ?? (sessions ? named.at(-1) : named[0] && `${named.at(-1)?.slice(0, 4)}-12-31`);
  if (from === undefined || to === undefined || from > to) {
    throw new DataError('bad-config', `${file} does not say which span it covers. Set from and to.`);
  }
  const name = exchange ?? null;
  if (sessions) return { name, from, to, sessions: [...new Set(named)] };
  const [shut, extra] = [new Set(named), new Set(open)];
  const rest = new Set(weekend.map((day) => weekdays.indexOf(day)));
  const all: string[] = [];
  for (let day = Date.parse(from); day <= Date.parse(to); day += 864e5) {
    const date = new Date(day).toISOString().slice(0, 10);
    if (extra.has(date) || !(shut.has(date) || rest.has(new Date(day).getUTCDay()))) all.push(date);
  }
  return { name, from, to, sessions: all };
}

function csvCalendar(text: string, file: string): Written {
  const rows: { cells: readonly string[]; line: number }[] = [];
  const csv = new CsvReader(({ cells, line }) => rows.push({ cells: [...cells], line }));
  csv.push(text);
  csv.end();
  const header = rows[0]?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  const at = header.findIndex((name) => name === 'closed' || name === 'session');
  if (at === -1) {
    throw new DataError(
      'missing-column',
      `${file}:1: there is no column "closed" or "session". Name the column of dates by what they are.`,
    );
  }
  const dates = rows.slice(1).map(({ cells, line }) => {
    const date = cells[at]?.trim() ?? '';
    if (z.iso.date().safeParse(date).success) return date;
    throw new DataError('bad-rows', `${file}:${line}: "${date}" is no date. Write it as 2024-12-31.`);
  });
  return {
    weekend: ['saturday', 'sunday'],
    open: [],
    [header[at] === 'closed' ? 'closed' : 'sessions']: dates,
  };
}
