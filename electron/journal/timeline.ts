import type { Link } from '../../shared/contract/board.ts';
import type { TimelineRow } from '../../shared/contract/journal.ts';
import type { Entry, EntryKind } from './entry.ts';
import type { Tables } from './projection.ts';

/** How an entry of one kind is told to people. */
export interface Teller {
  kind: string;
  tell(entry: Entry): Told;
}

export interface Told {
  /** What happened, in a sentence without its subject: the author stands beside it. */
  text: string;
  link?: Link;
}

export function teller<Body>(kind: EntryKind<Body>, tell: (body: Body) => Told): Teller {
  return { kind: kind.name, tell: (entry) => tell(kind.parse(entry)) };
}

export interface TimelineQuery {
  launch: string;
  /** Lamport time to go on before, as given with the last page; null for the newest. */
  before: number | null;
  limit: number;
  /** First words of kinds; empty for all. */
  groups: readonly string[];
  /** Must occur in the told text or the author; empty for all. */
  text: string;
}

export interface TimelinePage {
  rows: TimelineRow[];
  before: number | null;
  total: number;
}

export interface Timeline {
  tell(entry: Entry): TimelineRow;
  /** Newest first. */
  page(query: TimelineQuery): TimelinePage;
}

export function createTimeline(tables: Tables, tellers: readonly Teller[]): Timeline {
  const byKind = new Map(tellers.map((one) => [one.kind, one]));
  const rowOf = (entry: Entry): TimelineRow => {
    const told = byKind.get(entry.kind)?.tell(entry) ?? { text: entry.kind };
    const { device, seq, at, author, kind, hash } = entry;
    return {
      device,
      seq,
      at,
      author,
      kind,
      hash,
      group: groupOf(kind),
      text: told.text,
      link: told.link ?? null,
    };
  };
  return {
    tell: rowOf,
    page({ launch, before, limit, groups, text }) {
      const wanted = text.toLowerCase();
      const entries = tables
        .prepare(
          `SELECT * FROM entry WHERE json_extract(body, '$.launch') = ? AND lamport < ?
           ORDER BY lamport DESC, device DESC, seq DESC`,
        )
        .iterate(launch, before ?? Number.MAX_SAFE_INTEGER) as Iterable<Entry>;
      const rows: TimelineRow[] = [];
      let last: number | null = null;
      let more = false;
      for (const entry of entries) {
        // A page ends between two moments, never inside one, so that nothing is told twice or not at all.
        if (rows.length >= limit && entry.lamport !== last) {
          more = true;
          break;
        }
        if (groups.length > 0 && !groups.includes(groupOf(entry.kind))) continue;
        const row = rowOf(entry);
        if (wanted !== '' && !`${row.author} ${row.text}`.toLowerCase().includes(wanted)) continue;
        rows.push(row);
        last = entry.lamport;
      }
      const total = tables
        .prepare(`SELECT count(*) FROM entry WHERE json_extract(body, '$.launch') = ?`)
        .pluck()
        .get(launch) as number;
      return { rows, before: more ? last : null, total };
    },
  };
}

function groupOf(kind: string): string {
  return kind.split('.')[0] ?? kind;
}
