import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  entryKind,
  type Journal,
  JournalError,
  on,
  openJournal,
  type Projection,
} from '../../../electron/journal/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

const counted = entryKind('test.counted', z.object({ name: z.string(), by: z.number().int() }));
const renamed = entryKind('test.renamed', z.object({ from: z.string(), to: z.string() }));

const tally: Projection = {
  name: 'tally',
  version: 1,
  tables: {
    tally: 'CREATE TABLE tally (name TEXT PRIMARY KEY, total INTEGER NOT NULL, last TEXT NOT NULL) STRICT',
  },
  rules: [
    on(counted, (tables, { name, by }, entry) => {
      tables
        .prepare(
          'INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET total = total + excluded.total, last = excluded.last',
        )
        .run(name, by, entry.hash);
    }),
    on(renamed, (tables, { from, to }) => {
      if (from === to) return;
      tables.prepare('DELETE FROM tally WHERE name = ?').run(to);
      tables.prepare('UPDATE tally SET name = ? WHERE name = ?').run(to, from);
    }),
  ],
};

function open(folder: string, projections: Projection[] = [tally]): Journal {
  const journal = openJournal(folder, { projections });
  onTestFinished(() => {
    try {
      journal.close();
    } catch {
      // Closed by the test.
    }
  });
  return journal;
}

const rows = (journal: Journal) => journal.prepare('SELECT * FROM tally ORDER BY name').all();

describe('the journal', () => {
  it('keeps entries and the rows they change across a close and an open', () => {
    const folder = temporaryFolder();
    const first = open(folder);
    first.append('ada', counted.draft({ name: 'a', by: 2 }), counted.draft({ name: 'a', by: 3 }));
    const before = { rows: rows(first), status: first.status(), device: first.device };
    first.close();

    const second = open(folder);
    expect({ rows: rows(second), status: second.status(), device: second.device }).toEqual({
      ...before,
      status: {
        ...before.status,
        lastBackup: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    });
    const [entry] = second.append('ada', counted.draft({ name: 'b', by: 1 }));
    expect(entry).toMatchObject({ seq: 3, lamport: 3, prev: before.status.head });
  });

  it('writes either the entry and its rows, or neither', () => {
    const journal = open(temporaryFolder(), [
      {
        ...tally,
        rules: [
          ...tally.rules,
          on(renamed, () => {
            throw new Error('the rule fails');
          }),
        ],
      },
    ]);
    journal.append('ada', counted.draft({ name: 'a', by: 1 }));
    const before = { rows: rows(journal), status: journal.status() };
    expect(() =>
      journal.append('ada', counted.draft({ name: 'a', by: 1 }), renamed.draft({ from: 'a', to: 'b' })),
    ).toThrow('the rule fails');
    expect({ rows: rows(journal), status: journal.status() }).toEqual(before);
    journal.append('ada', counted.draft({ name: 'a', by: 1 }));
    expect(journal.status().entries).toBe(2);
  });

  it('refuses a body that does not fit its kind', () => {
    // @ts-expect-error the body lacks a field
    expect(() => counted.draft({ name: 'a' })).toThrow(JournalError);
  });

  it('tells listeners of an append after its commit, until they stop listening', () => {
    const journal = open(temporaryFolder());
    const heard: string[] = [];
    const stop = journal.onAppend((entries) => heard.push(...entries.map(({ kind }) => kind)));
    journal.append('ada', counted.draft({ name: 'a', by: 1 }));
    stop();
    journal.append('ada', counted.draft({ name: 'a', by: 1 }));
    expect(heard).toEqual(['test.counted']);
  });

  it('gives the same tables rebuilt as it kept incrementally, whatever was recorded', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const draft = fc.oneof(
      fc.record({ name, by: fc.integer({ min: -5, max: 5 }) }).map((body) => counted.draft(body)),
      fc.record({ from: name, to: name }).map((body) => renamed.draft(body)),
    );
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 30 }), (drafts) => {
        const journal = open(temporaryFolder());
        for (const one of drafts) journal.append('ada', one);
        const incremental = rows(journal);
        journal.rebuild();
        expect(rows(journal)).toEqual(incremental);
        journal.close();
      }),
      { numRuns: 25 },
    );
  });

  it('rebuilds the tables at open when a projection has a new version', () => {
    const folder = temporaryFolder();
    const first = open(folder);
    first.append('ada', counted.draft({ name: 'a', by: 2 }));
    first.close();
    const doubled: Projection = {
      ...tally,
      version: 2,
      rules: [
        on(counted, (tables, { name, by }) => {
          tables.prepare('INSERT INTO tally VALUES (?, ?, ?)').run(name, by * 2, '');
        }),
      ],
    };
    expect(rows(open(folder, [doubled]))).toEqual([{ name: 'a', total: 4, last: '' }]);
  });
});

describe('append-only', () => {
  const attempts = {
    update: `UPDATE entry SET author = 'eve'`,
    delete: 'DELETE FROM entry',
    'insert or replace': `INSERT OR REPLACE INTO entry SELECT device, seq, lamport, at, 'eve', kind, body, prev, hash || 'x' FROM entry`,
    'replace by hash': `INSERT OR REPLACE INTO entry SELECT device, seq + 100, lamport + 100, at, 'eve', kind, body, prev, hash FROM entry`,
  };
  for (const [name, sql] of Object.entries(attempts)) {
    it(`refuses ${name}`, () => {
      const journal = open(temporaryFolder());
      journal.append('ada', counted.draft({ name: 'a', by: 1 }));
      expect(() => journal.prepare(sql).run()).toThrow('append-only');
    });
  }
});

describe('one instance', () => {
  it('is told who has the data folder, and what to do', () => {
    const folder = temporaryFolder();
    open(folder);
    expect(() => open(folder)).toThrow(`process ${process.pid}`);
    expect(() => open(folder)).toThrow('--data');
  });

  it('makes the folder for this user alone', () => {
    const folder = join(temporaryFolder(), 'data');
    openJournal(folder).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('gives the folder free when it closes', () => {
    const folder = temporaryFolder();
    open(folder).close();
    expect(open(folder).status().entries).toBe(0);
  });
});

describe('damage', () => {
  function damagedFolder(): string {
    const folder = temporaryFolder();
    const journal = open(folder);
    journal.append('ada', counted.draft({ name: 'a', by: 1 }), counted.draft({ name: 'a', by: 1 }));
    journal.close();
    return folder;
  }

  function tamper(folder: string, sql: string): void {
    const db = new SQLite(join(folder, 'holdpoint.db'));
    db.exec('DROP TRIGGER entry_is_final; DROP TRIGGER entry_is_kept;');
    db.exec(sql);
    db.close();
  }

  const cases = {
    'a changed author': `UPDATE entry SET author = 'eve' WHERE seq = 1`,
    'a changed body': `UPDATE entry SET body = '{"name":"a","by":100}' WHERE seq = 2`,
    'a missing entry': 'DELETE FROM entry WHERE seq = 1',
  };
  for (const [name, sql] of Object.entries(cases)) {
    it(`finds ${name}, writes nothing more, and opens the last whole backup`, () => {
      const folder = damagedFolder();
      tamper(folder, sql);
      const journal = open(folder);
      const { problem, entries } = journal.status();
      expect(problem).toMatch(/damaged: entry [12] of device .*Shown is the backup .*: 2 entries/);
      expect(entries).toBe(2);
      expect(rows(journal)).toMatchObject([{ name: 'a', total: 2 }]);
      expect(() => journal.append('ada', counted.draft({ name: 'a', by: 1 }))).toThrow('damaged');
      const copies = readdirSync(folder).filter((file) => file.includes('.damaged-'));
      expect(existsSync(join(folder, copies[0] ?? '', 'holdpoint.db'))).toBe(true);
    });
  }

  it('opens the last whole backup when the file itself cannot be read', () => {
    const folder = damagedFolder();
    const path = join(folder, 'holdpoint.db');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x58, 0, 4096));
    expect(open(folder).status()).toMatchObject({ entries: 2, problem: expect.stringContaining('damaged') });
  });

  it('says so when there is no whole backup either', () => {
    const folder = damagedFolder();
    tamper(folder, cases['a changed author']);
    for (const file of readdirSync(join(folder, 'backups')))
      writeFileSync(join(folder, 'backups', file), 'gone');
    expect(() => open(folder)).toThrow('There is no whole backup');
  });
});

describe('backups', () => {
  it('are made on close, only when something was appended since the last one', () => {
    const folder = temporaryFolder();
    const backups = () => (existsSync(join(folder, 'backups')) ? readdirSync(join(folder, 'backups')) : []);
    open(folder).close();
    expect(backups()).toEqual([]);
    const journal = open(folder);
    journal.append('ada', counted.draft({ name: 'a', by: 1 }));
    expect(journal.backUp()).not.toBeNull();
    expect(journal.backUp()).toBeNull();
    journal.close();
    expect(backups()).toHaveLength(1);
    const copy = new SQLite(join(folder, 'backups', backups()[0] ?? ''), { readonly: true });
    expect(copy.prepare('SELECT count(*) FROM entry').pluck().get()).toBe(1);
    copy.close();
  });

  it('keep the newest 24', () => {
    const folder = temporaryFolder();
    let minute = 0;
    const journal = openJournal(folder, { now: () => new Date(Date.UTC(2026, 0, 1, 0, minute++)) });
    for (let i = 0; i < 30; i += 1) {
      journal.append('ada', counted.draft({ name: 'a', by: 1 }));
      journal.backUp();
    }
    journal.close();
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(24);
  });
});
