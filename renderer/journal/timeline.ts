import type { TimelineRow } from '../../shared/contract/journal.ts';
import { formatDay, formatLongDay } from '../ui/index.ts';

export type Line =
  | { kind: 'day'; key: string; title: string }
  | { kind: 'entry'; key: string; row: TimelineRow };

export const keyOf = ({ device, seq }: Pick<TimelineRow, 'device' | 'seq'>) => `${device}:${seq}`;

/** Entries under the day they were written, in the reader's zone. */
export function groupByDay(rows: readonly TimelineRow[]): Line[] {
  const lines: Line[] = [];
  let day = '';
  for (const row of rows) {
    const at = new Date(row.at);
    const rowDay = formatDay(at);
    if (rowDay !== day) {
      day = rowDay;
      lines.push({ kind: 'day', key: `day ${rowDay} ${keyOf(row)}`, title: formatLongDay(at) });
    }
    lines.push({ kind: 'entry', key: keyOf(row), row });
  }
  return lines;
}

/**
 * The known rows with the new ones of the newest page on top. Null where the two do not meet: then more was written
 * than a page holds, and the rows in between are not known.
 */
export function joinNewest(
  known: readonly TimelineRow[],
  newest: readonly TimelineRow[],
): readonly TimelineRow[] | null {
  const [first] = known;
  if (!first) return newest;
  const at = newest.findIndex((row) => keyOf(row) === keyOf(first));
  if (at === -1) return null;
  return at === 0 ? known : [...newest.slice(0, at), ...known];
}
