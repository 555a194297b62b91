import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../../../electron/compute/answers/profile/rows.ts';
import { decisionDates, runBacktest } from '../../../../electron/compute/backtest/index.ts';
import { assertCovers, heldAgainst, readCalendar } from '../../../../electron/compute/data/index.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { configOf, randomPanel, weekdays } from '../backtest/panels.ts';

const written = (name: string, text: string) => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
};
/** Made-up days, and no exchange's. */
const closed = `exchange: Example
from: 2024-01-01
to: 2024-02-29
closed: [2024-01-01, 2024-01-26, 2024-02-01]
open: [2024-02-10]
`;

describe('a calendar', () => {
  it('of closed days is every other weekday of its span, and what is open all the same', async () => {
    const { name, from, to, sessions } = await readCalendar(written('calendar.yaml', closed));
    expect([name, from, to]).toEqual(['Example', '2024-01-01', '2024-02-29']);
    const expected = weekdays('2024-01-01', 44).filter(
      (day) => !['2024-01-01', '2024-01-26', '2024-02-01'].includes(day),
    );
    expect(sessions).toEqual([...expected, '2024-02-10'].sort());
  });

  it('is the same from CSV, as closed days or as sessions', async () => {
    const days = await readCalendar(written('closed.csv', 'closed,why\n2024-01-01,x\n2024-12-25,y\n'));
    expect([days.from, days.to, days.sessions.length]).toEqual(['2024-01-01', '2024-12-31', 260]);
    const csv = `session\n${days.sessions.join('\n')}\n`;
    const { sessions, from, to } = await readCalendar(written('sessions.csv', csv));
    expect(sessions).toEqual(days.sessions);
    expect([from, to]).toEqual(['2024-01-02', '2024-12-31']);
  });

  it.each([
    ['a.yaml', 'exchange: X\n', 'needs either closed, the days without trading'],
    ['a.yaml', 'closed: []\n', 'does not say which span it covers'],
    ['a.csv', 'holiday\n2024-01-01\n', 'there is no column "closed" or "session"'],
    ['a.csv', 'closed\n1.1.2024\n', ':2: "1.1.2024" is no date'],
    ['a.yaml', 'closed: [2024-01-01]\nholidays: []\n', '"holidays" is no setting'],
  ])('%s with %j is refused', async (name, text, sentence) => {
    await expect(readCalendar(written(name, text))).rejects.toThrow(sentence);
  });

  it('tells trading days without data from holidays, and data on days without trading', async () => {
    const calendar = await readCalendar(written('calendar.yaml', closed));
    const dates = ['2024-01-25', '2024-01-26', '2024-01-30'];
    expect(heldAgainst(calendar, dates)).toEqual({ missing: ['2024-01-29'], closed: ['2024-01-26'] });
    expect(() => assertCovers(calendar, ['2024-02-28', '2024-03-01'], 'calendar.yaml')).toThrow(
      'covers 2024-01-01 to 2024-02-29, and the data has 2024-02-28 to 2024-03-01',
    );
  });
});

it('a profile counts trading days without rows and not holidays, and names rows on closed days', async () => {
  const calendar = await readCalendar(written('calendar.yaml', closed));
  const dates = ['2024-01-25', '2024-01-26', '2024-01-30'].map((date) => ({ date, rows: 5 }));
  expect(calendarOf(dates, calendar)).toMatchObject({
    by: 'Example',
    gaps: [{ after: '2024-01-26', before: '2024-01-30', weekdays: 1 }],
    weekdaysMissing: 1,
    closedDates: ['2024-01-26'],
  });
  const holiday = ['2024-01-25', '2024-01-29'].map((date) => ({ date, rows: 5 }));
  expect(calendarOf(holiday, calendar).weekdaysMissing).toBe(0);
  expect(calendarOf(holiday)).toMatchObject({ by: 'weekdays', weekdaysMissing: 1 });
});

describe('decisions by a calendar', () => {
  const trading = async () => (await readCalendar(written('calendar.yaml', closed))).sessions;

  it('weekly are on the last trading day, also where the data ends on it, and the next date where it is missing', async () => {
    const sessions = await trading();
    const there = sessions.filter((day) => day !== '2024-01-12' && day <= '2024-02-02');
    const of = (days: readonly string[], by?: readonly string[]) =>
      Array.from(decisionDates(days, 'weekly', by), (at) => days[at]);
    // Of the data alone: the day before the hole, and nothing at the end.
    expect(of(there)).toEqual(['2024-01-02', '2024-01-05', '2024-01-11', '2024-01-19', '2024-01-25']);
    const byCalendar = ['2024-01-02', '2024-01-05', '2024-01-15', '2024-01-19', '2024-01-25', '2024-02-02'];
    expect(of(there, sessions)).toEqual(byCalendar);
  });

  it('monthly are on the first trading day, and every n days count trading days', async () => {
    const sessions = await trading();
    const dates = sessions.filter((day) => !['2024-01-04', '2024-02-02'].includes(day));
    const of = (rebalance: 'monthly' | number) =>
      Array.from(decisionDates(dates, rebalance, sessions), (at) => dates[at]);
    expect(of('monthly')).toEqual(['2024-01-02', '2024-02-05']);
    expect(of(2).slice(0, 3)).toEqual(['2024-01-02', '2024-01-05', '2024-01-08']);
  });

  it('are those of the data where the data is the calendar', () => {
    const panel = randomPanel({ days: 90, codes: 20, seed: 8 });
    const sessions = [...panel.dates, '2030-01-01'];
    for (const rebalance of ['daily', 'weekly', 'monthly', 7] as const) {
      const config = configOf({ topK: 4 }, { rebalance });
      expect(runBacktest({ ...panel, sessions }, config).values).toEqual(runBacktest(panel, config).values);
    }
  });
});
