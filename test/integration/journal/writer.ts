import { writeSync } from 'node:fs';
import { z } from 'zod';
import { entryKind, on, openJournal } from '../../../electron/journal/index.ts';

/** Appends for ever and acknowledges each commit on standard output; the test kills it at a random moment. */
const counted = entryKind('test.counted', z.object({ n: z.number().int() }));
const journal = openJournal(process.argv[2] ?? '', {
  projections: [
    {
      name: 'numbers',
      version: 1,
      tables: { numbers: 'CREATE TABLE numbers (n INTEGER PRIMARY KEY) STRICT' },
      rules: [on(counted, (tables, { n }) => tables.prepare('INSERT INTO numbers VALUES (?)').run(n))],
    },
  ],
});
for (let n = journal.status().entries + 1; ; n += 1) {
  journal.append('writer', counted.draft({ n }));
  writeSync(1, `${n}\n`);
}
