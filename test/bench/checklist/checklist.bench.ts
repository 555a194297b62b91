import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { checklistProjection, openChecklist } from '../../../electron/checklist/index.ts';
import { openJournal } from '../../../electron/journal/index.ts';
import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { inTurn, timed } from '../figures.ts';
import { longChecklist } from './documents.ts';

const work = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const file = join(work, 'checklist.md');
const text = longChecklist();
writeFileSync(file, text);
const journal = openJournal(join(work, 'data'), { projections: [checklistProjection] });
const open = (launch: string, mode: 'live' | 'rehearsal') =>
  openChecklist({ journal, launch, file, mode, writable: true, cacheFolder: join(work, 'cache') });

try {
  const import_ = await timed(async () => (await open('first', 'rehearsal')).close());
  console.log(formatRow('first import of 10,000 items | 2.5 s', import_, 2_500, 'ms', 1));
  const reopen = await timed(async () => {
    const checklist = await open('first', 'rehearsal');
    JSON.stringify(checklist.get());
    await checklist.close();
  });
  console.log(formatRow('reopening them, whole and ready to send | 300 ms', reopen, 300, 'ms', 1));

  const bare = new SQLite(join(work, 'bare.db'));
  bare.pragma('journal_mode = WAL');
  bare.pragma('synchronous = FULL');
  bare.exec('CREATE TABLE mark (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = bare.prepare('INSERT INTO mark (body) VALUES (?)');
  const commit = (round: number) => insert.run(`item ${round} is done, says somebody, at some time, and why`);

  const journaled = await open('marks', 'rehearsal');
  const marks = await inTurn(
    200,
    (round) => journaled.mark('ada', journaled.items[round]?.id ?? '', 'done'),
    commit,
  );
  console.log(formatRow('marking an item, durable | a bare commit', marks.ours, marks.baseline, 'ms', 2));
  await journaled.close();

  const written = await open('boxes', 'live');
  const boxes = await inTurn(
    100,
    (round) => written.mark('ada', written.items[round]?.id ?? '', 'done'),
    (round) => {
      commit(round);
      replaceFile(join(work, 'plain.md'), text);
    },
  );
  const name = 'the same with its box in the file | a bare commit and a bare durable replacement of the file';
  console.log(formatRow(name, boxes.ours, boxes.baseline, 'ms', 4));
  await written.close();
  bare.close();
} finally {
  journal.close();
  rmSync(work, { recursive: true, force: true });
}

function replaceFile(path: string, content: string): void {
  const partial = `${path}.part`;
  const handle = openSync(partial, 'w');
  writeSync(handle, content);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(partial, path);
  const folder = openSync(join(path, '..'), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
