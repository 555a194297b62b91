import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { entryKind, openJournal } from '../../../electron/journal/index.ts';
import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { median, timed } from '../figures.ts';

const count = 100_000;
const inOneGo = 5_000;
const marked = entryKind(
  'item.marked',
  z.object({
    launch: z.string(),
    item: z.string(),
    title: z.string(),
    state: z.string(),
    reason: z.string(),
  }),
);
const work = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));

try {
  const journal = openJournal(work);
  for (let index = 0; index < count; index += inOneGo) {
    const drafts = Array.from({ length: inOneGo }, (_, offset) =>
      marked.draft({
        launch: `apex@${Math.floor((index + offset) / 1_000)}`,
        item: `launch/before/${(index + offset) % 500}`,
        title: `The figure number ${(index + offset) % 500} is what was asked for`,
        state: offset % 7 === 0 ? 'failed' : 'done',
        reason: 'Looked at by hand; the figures are on the board of the team, as “agreed”.',
      }),
    );
    journal.append('Ada Example', ...drafts);
  }
  journal.close();
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    let opened: ReturnType<typeof openJournal> | undefined;
    times.push(await timed(() => (opened = openJournal(work))));
    if (opened?.status().entries !== count) throw new Error('The journal is not what was written.');
    opened.close();
  }
  console.log(
    formatRow(
      `open of a journal of ${count} entries, every hash verified | 1 s`,
      median(times),
      1_000,
      'ms',
      1,
    ),
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
