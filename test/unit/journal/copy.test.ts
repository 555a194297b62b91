import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  type Entry,
  entryKind,
  on,
  openCopy,
  openJournal,
  type Projection,
} from '../../../electron/journal/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

const said = entryKind('test.said', z.object({ launch: z.string(), word: z.string() }));
const words: Projection = {
  name: 'words',
  version: 1,
  tables: { word: 'CREATE TABLE word (word TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT' },
  rules: [
    on(said, (tables, { word }, { author, at }) => {
      tables.prepare('INSERT INTO word VALUES (?, ?, ?)').run(word, author, at);
    }),
  ],
};

/** A journal of two launches, and the entries of the second. */
function someEntries() {
  const journal = openJournal(temporaryFolder(), { projections: [words] });
  onTestFinished(() => journal.close());
  const entries = ['a', 'b', 'c', 'd'].flatMap((word, index) =>
    journal.append(`author ${word}`, said.draft({ launch: `launch ${index % 2}`, word })),
  );
  return { journal, entries: entries.filter(({ body }) => body.includes('launch 1')) };
}

it('folds some entries of a journal as they are folded there, and keeps what is appended to itself', () => {
  const { journal, entries } = someEntries();
  const copy = openCopy(entries, { projections: [words] });
  const all = 'SELECT * FROM word ORDER BY word';
  expect(copy.prepare(all).all()).toEqual(
    journal.prepare("SELECT * FROM word WHERE word IN ('b', 'd') ORDER BY word").all(),
  );
  const [appended] = copy.append('me', said.draft({ launch: 'launch 1', word: 'e' }));
  expect(appended?.lamport).toBeGreaterThan(entries.at(-1)?.lamport ?? 0);
  expect(copy.prepare(all).all()).toHaveLength(3);
  expect(copy.backUp()).toBeNull();
  expect(copy.status()).toMatchObject({ entries: 3, problem: null, lastBackup: null });
  copy.close();
  expect(journal.prepare(all).all()).toHaveLength(4);
});

it('takes no entry that is not what its hash says', () => {
  const { entries } = someEntries();
  const forged = entries.map((entry): Entry => ({ ...entry, at: '2020-01-01T00:00:00.000Z' }));
  expect(() => openCopy(forged)).toThrow(/is not what its hash says/);
});
