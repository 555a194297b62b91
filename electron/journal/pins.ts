import { z } from 'zod';
import type { Pin } from '../../shared/contract/journal.ts';
import { type Entry, entryKind } from './entry.ts';
import type { Journal } from './journal.ts';
import { on, type Projection } from './projection.ts';
import { type Teller, type Timeline, teller } from './timeline.ts';

const entryPinned = entryKind(
  'pin.set',
  z.object({ launch: z.string(), device: z.string(), seq: z.int().positive(), note: z.string() }),
);
const entryUnpinned = entryKind(
  'pin.removed',
  z.object({ launch: z.string(), device: z.string(), seq: z.int().positive() }),
);

/** The entries that somebody chose to tell of, each with what they say about it. The last word counts. */
export const pinProjection: Projection = {
  name: 'pin',
  version: 1,
  tables: {
    pin: `CREATE TABLE pin (
      launch TEXT NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL,
      note TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
      PRIMARY KEY (launch, device, seq)
    ) STRICT`,
  },
  rules: [
    on(entryPinned, (tables, { launch, device, seq, note }, { author, at }) => {
      tables
        .prepare(
          `INSERT INTO pin VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (launch, device, seq)
           DO UPDATE SET note = excluded.note, by = excluded.by, at = excluded.at`,
        )
        .run(launch, device, seq, note, author, at);
    }),
    on(entryUnpinned, (tables, { launch, device, seq }) => {
      tables.prepare('DELETE FROM pin WHERE launch = ? AND device = ? AND seq = ?').run(launch, device, seq);
    }),
  ],
};

export const pinTellers: readonly Teller[] = [
  teller(entryPinned, ({ seq, note }) => ({ text: `Pinned entry ${seq}${note && `: ${note}`}` })),
  teller(entryUnpinned, ({ seq }) => ({ text: `Took the pin off entry ${seq}` })),
];

export interface Pins {
  /** In the order in which things happened. */
  list(launch: string): Pin[];
  /** Pins an entry, or tells it in other words. @throws Error where the launch has no such entry */
  set(author: string, pin: { launch: string; device: string; seq: number; note: string }): void;
  remove(author: string, pin: { launch: string; device: string; seq: number }): void;
}

export function createPins(journal: Journal, timeline: Timeline): Pins {
  return {
    list(launch) {
      const rows = journal
        .prepare(
          `SELECT entry.*, pin.note, pin.by AS pinned_by, pin.at AS pinned_at
           FROM pin JOIN entry ON entry.device = pin.device AND entry.seq = pin.seq
           WHERE pin.launch = ? ORDER BY entry.lamport, entry.device, entry.seq`,
        )
        .all(launch) as (Entry & { note: string; pinned_by: string; pinned_at: string })[];
      return rows.map(({ note, pinned_by, pinned_at, ...entry }) => ({
        ...{ row: timeline.tell(entry), note, by: pinned_by, at: pinned_at },
      }));
    },
    set(author, { launch, device, seq, note }) {
      const found = journal
        .prepare(`SELECT 1 FROM entry WHERE device = ? AND seq = ? AND json_extract(body, '$.launch') = ?`)
        .get(device, seq, launch);
      if (!found) throw new Error(`There is no entry ${seq} of device ${device} in this launch.`);
      journal.append(author, entryPinned.draft({ launch, device, seq, note: note.trim() }));
    },
    remove(author, { launch, device, seq }) {
      journal.append(author, entryUnpinned.draft({ launch, device, seq }));
    },
  };
}
