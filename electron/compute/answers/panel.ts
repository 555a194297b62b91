import type { Panel } from '../backtest/index.ts';
import { assertCovers, heldAgainst, readCalendar, readPanel } from '../data/index.ts';

/** How the dates of a panel lie in the calendar of an exchange. */
export interface CalendarAnswer {
  name: string | null;
  /** Trading days between the first and the last date of the panel that it has no rows for. */
  missing: string[];
  /** Dates with rows on days without trading. */
  closed: string[];
}

export interface OpenedPanel {
  panel: Panel;
  /** SHA-256 of all that was read. */
  digests: string[];
  calendar: CalendarAnswer | null;
}

/** A panel with the trading days of its exchange, where a calendar is given. @throws DataError */
export async function openPanel(file: string, calendarFile: string | null | undefined): Promise<OpenedPanel> {
  const { panel, sha256 } = await readPanel(file);
  if (!calendarFile) return { panel, digests: [sha256], calendar: null };
  const calendar = await readCalendar(calendarFile);
  assertCovers(calendar, panel.dates, calendarFile);
  return {
    panel: { ...panel, sessions: calendar.sessions },
    digests: [sha256, calendar.sha256],
    calendar: { name: calendar.name, ...heldAgainst(calendar, panel.dates) },
  };
}
