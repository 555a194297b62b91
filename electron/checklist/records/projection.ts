import { on, type Projection, type Tables } from '../../journal/index.ts';
import {
  checklistRead,
  itemAnswered,
  itemAssigned,
  itemMarked,
  itemNoted,
  itemOverridden,
  itemOverrideWithdrawn,
  itemRematched,
} from './entries.ts';

/** What was said of each item, by launch. `statement` holds what nobody has replaced knowingly: one row, or a dispute. */
export const checklistProjection: Projection = {
  name: 'checklist',
  version: 1,
  tables: {
    item_words: `CREATE TABLE item_words (
      launch TEXT NOT NULL, item TEXT NOT NULL, title TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (launch, item)
    ) STRICT`,
    item_statement: `CREATE TABLE item_statement (
      launch TEXT NOT NULL, item TEXT NOT NULL, question TEXT NOT NULL, hash TEXT NOT NULL, lamport INTEGER NOT NULL,
      value TEXT NOT NULL, reason TEXT NOT NULL, box TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,
      PRIMARY KEY (launch, item, question, hash)
    ) STRICT`,
    item_note: `CREATE TABLE item_note (
      launch TEXT NOT NULL, item TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (launch, item, hash)
    ) STRICT`,
    item_assignee: `CREATE TABLE item_assignee (
      launch TEXT NOT NULL, item TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (launch, item)
    ) STRICT`,
    item_override: `CREATE TABLE item_override (
      launch TEXT NOT NULL, item TEXT NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,
      PRIMARY KEY (launch, item)
    ) STRICT`,
    item_history: `CREATE TABLE item_history (
      launch TEXT NOT NULL, item TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (launch, item, hash)
    ) STRICT`,
    checklist_reading: `CREATE TABLE checklist_reading (
      launch TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL, key TEXT NOT NULL
    ) STRICT`,
  },
  rules: [
    on(itemMarked, (tables, body, entry) => {
      state(tables, 'mark', { ...entry, ...body, value: body.state });
    }),
    on(itemAnswered, (tables, body, entry) => {
      state(tables, 'answer', { ...entry, ...body, value: JSON.stringify(body.holds), reason: body.note });
    }),
    on(itemNoted, (tables, body, { hash }) => {
      remember(tables, body, hash);
      tables.prepare('INSERT INTO item_note VALUES (?, ?, ?)').run(body.launch, body.item, hash);
    }),
    on(itemAssigned, (tables, body, { hash }) => {
      remember(tables, body, hash);
      tables.prepare('DELETE FROM item_assignee WHERE launch = ? AND item = ?').run(body.launch, body.item);
      if (body.to === '') return;
      tables.prepare('INSERT INTO item_assignee VALUES (?, ?, ?)').run(body.launch, body.item, body.to);
    }),
    on(itemOverridden, (tables, body, { hash, author, at }) => {
      remember(tables, body, hash);
      tables
        .prepare('INSERT OR REPLACE INTO item_override VALUES (?, ?, ?, ?, ?)')
        .run(body.launch, body.item, body.reason, author, at);
    }),
    on(itemOverrideWithdrawn, (tables, body, { hash }) => {
      remember(tables, body, hash);
      tables.prepare('DELETE FROM item_override WHERE launch = ? AND item = ?').run(body.launch, body.item);
    }),
    on(itemRematched, (tables, body, { hash }) => {
      moveAll(tables, body.launch, body.item, body.to?.item ?? null);
      remember(tables, { ...body, ...body.to }, hash);
      if (body.to === null) forgetWords(tables, body.launch, body.item);
    }),
    on(checklistRead, (tables, { launch, digest, key }) => {
      tables.prepare('INSERT OR REPLACE INTO checklist_reading VALUES (?, ?, ?)').run(launch, digest, key);
    }),
  ],
};

interface About {
  launch: string;
  item: string;
  title: string;
  path: string[];
}

function remember(tables: Tables, { launch, item, title, path }: About, hash: string): void {
  tables
    .prepare('INSERT OR REPLACE INTO item_words VALUES (?, ?, ?, ?)')
    .run(launch, item, title, JSON.stringify(path));
  tables.prepare('INSERT INTO item_history VALUES (?, ?, ?)').run(launch, item, hash);
}

interface Said extends About {
  value: string;
  reason: string;
  box: string;
  digest: string;
  seen: string[];
  hash: string;
  lamport: number;
  author: string;
  at: string;
}

function state(tables: Tables, question: 'mark' | 'answer', said: Said): void {
  const { launch, item, hash, lamport, value, reason, box, author, at } = said;
  remember(tables, said, hash);
  const replace = tables.prepare(
    'DELETE FROM item_statement WHERE launch = ? AND item = ? AND question = ? AND hash = ?',
  );
  for (const replaced of said.seen) replace.run(launch, item, question, replaced);
  tables
    .prepare('INSERT INTO item_statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(launch, item, question, hash, lamport, value, reason, box, author, at);
  // The file is now as this entry left it, which is no news at the next reading.
  tables.prepare('UPDATE checklist_reading SET digest = ? WHERE launch = ?').run(said.digest, launch);
}

const movable = ['item_statement', 'item_note', 'item_assignee', 'item_override', 'item_history'];

/** Moves what was said of an item to another; where both have the only one of a kind, the other keeps its own. */
function moveAll(tables: Tables, launch: string, from: string, to: string | null): void {
  for (const table of movable) {
    if (to !== null) {
      tables
        .prepare(`UPDATE OR IGNORE ${table} SET item = ? WHERE launch = ? AND item = ?`)
        .run(to, launch, from);
    }
    if (to !== null || table !== 'item_history') {
      tables.prepare(`DELETE FROM ${table} WHERE launch = ? AND item = ?`).run(launch, from);
    }
  }
  if (to !== null) forgetWords(tables, launch, from);
}

function forgetWords(tables: Tables, launch: string, item: string): void {
  tables.prepare('DELETE FROM item_words WHERE launch = ? AND item = ?').run(launch, item);
}
