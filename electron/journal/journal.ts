import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SQLite, { type Database } from 'better-sqlite3';
import { backUp, entriesInNewestBackup, newestBackupAt } from './backup.ts';
import { assertDurable, openDatabase } from './database.ts';
import { type Draft, type Entry, hashEntry } from './entry.ts';
import { JournalError } from './errors.ts';
import { lockDataFolder } from './lock.ts';
import { migrate, newestVersion, versionOf } from './migrations/index.ts';
import { type Projection, Projector, statementCache, type Tables } from './projection.ts';
import { recover } from './recover.ts';
import { verifyChains } from './verify.ts';

export interface JournalOptions {
  projections?: readonly Projection[];
  now?: () => Date;
}

export interface JournalStatus {
  entries: number;
  /** Hash of this device's last entry; empty before the first. */
  head: string;
  /** When the newest backup was made, ISO; null before the first. */
  lastBackup: string | null;
  /** Why nothing can be written, in a sentence; null when all is well. */
  problem: string | null;
}

/** The journal of one data folder: one writer, one file. */
export interface Journal extends Tables {
  readonly device: string;
  /** Commits the drafts and the table rows they change, durably, in one transaction, in the order given. */
  append(author: string, ...drafts: Draft[]): Entry[];
  /** Hears of every append after its commit. Gives the function that stops it. */
  onAppend(listener: (entries: readonly Entry[]) => void): () => void;
  status(): JournalStatus;
  /** Throws the derived tables away and folds them again from the entries. */
  rebuild(): void;
  /** Writes a verified copy when anything was appended since the last one. Gives its path, or null. */
  backUp(): string | null;
  /** Backs up and gives the data folder free. */
  close(): void;
}

/**
 * Opens `folder/holdpoint.db`: claims the folder, migrates, verifies every hash, rebuilds outdated tables.
 * A damaged file is never written again: the journal then opens read-only from the last whole backup.
 * @throws JournalError `in-use`, `newer-schema`, `corrupt`, `not-durable`
 */
export function openJournal(folder: string, options: JournalOptions = {}): Journal {
  const lock = lockDataFolder(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const backups = join(folder, 'backups');
    const { now = () => new Date() } = options;
    const opened = openVerified(join(folder, 'holdpoint.db'), backups, now());
    return new OpenJournal({ ...opened, backups }, options, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Part of somebody's journal, folded in memory as it is folded there: every entry keeps its place, its time, its author
 * and its hash, and may stand without those before it. What is appended reaches no file.
 * @throws JournalError `bad-entry` where an entry is not what its hash says
 */
export function openCopy(entries: readonly Entry[], options: JournalOptions = {}): Journal {
  const damaged = entries.find((entry) => entry.hash !== hashEntry(entry));
  if (damaged)
    throw new JournalError(
      'bad-entry',
      `Entry ${damaged.seq} of ${damaged.device} is not what its hash says.`,
    );
  const db = new SQLite(':memory:');
  migrate(db);
  const insert = db.prepare(insertion);
  for (const entry of entries) insert.run(entry);
  return new OpenJournal({ db, problem: null, backups: null }, options, () => {});
}

const insertion = `INSERT INTO entry (device, seq, lamport, at, author, kind, body, prev, hash)
  VALUES (@device, @seq, @lamport, @at, @author, @kind, @body, @prev, @hash)`;

interface OpenedDatabase {
  db: Database;
  /** Why nothing can be written; null when all is well. */
  problem: string | null;
  /** Where backups are kept; null for what lives in memory. */
  backups: string | null;
}

class OpenJournal implements Journal {
  readonly device: string;
  readonly #db: Database;
  readonly #backups: string | null;
  readonly #now: () => Date;
  readonly #release: () => void;
  readonly #projector: Projector;
  readonly #tables: Tables;
  readonly #listeners = new Set<(entries: readonly Entry[]) => void>();
  readonly #problem: string | null;
  #seq: number;
  #lamport: number;
  #head: string;
  #entries: number;
  #entriesBackedUp: number;

  constructor(
    { db, problem, backups }: OpenedDatabase,
    { projections = [], now = () => new Date() }: JournalOptions,
    release: () => void,
  ) {
    this.#now = now;
    this.#release = release;
    this.#backups = backups;
    this.#db = db;
    this.#problem = problem;
    this.#tables = statementCache(this.#db);
    this.#projector = new Projector(this.#db, projections);
    this.#projector.rebuildIfChanged();

    this.device = this.#ownDevice();
    const own = this.prepare('SELECT seq, hash FROM entry WHERE device = ? ORDER BY seq DESC LIMIT 1').get(
      this.device,
    );
    const { seq, hash } = (own as Entry | undefined) ?? { seq: 0, hash: '' };
    this.#seq = seq;
    this.#head = hash;
    this.#lamport = (this.prepare('SELECT max(lamport) FROM entry').pluck().get() as number | null) ?? 0;
    this.#entries = this.prepare('SELECT count(*) FROM entry').pluck().get() as number;
    this.#entriesBackedUp = backups === null ? 0 : entriesInNewestBackup(backups);
  }

  prepare(sql: string) {
    return this.#tables.prepare(sql);
  }

  append(author: string, ...drafts: Draft[]): Entry[] {
    if (this.#problem) throw new JournalError('read-only', this.#problem);
    const at = this.#now().toISOString();
    const entries: Entry[] = [];
    let [seq, lamport, prev] = [this.#seq, this.#lamport, this.#head];
    for (const { kind, body } of drafts) {
      seq += 1;
      lamport += 1;
      const entry = { device: this.device, seq, lamport, at, author, kind, body, prev };
      const hash = hashEntry(entry);
      entries.push({ ...entry, hash });
      prev = hash;
    }
    this.#db
      .transaction(() => {
        for (const entry of entries) this.#insert(entry);
      })
      .immediate();
    [this.#seq, this.#lamport, this.#head] = [seq, lamport, prev];
    this.#entries += entries.length;
    for (const listener of this.#listeners) listener(entries);
    return entries;
  }

  #insert(entry: Entry): void {
    this.prepare(insertion).run(entry);
    this.#projector.apply(entry);
  }

  onAppend(listener: (entries: readonly Entry[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  status(): JournalStatus {
    const lastBackup = this.#backups === null ? null : newestBackupAt(this.#backups);
    return { entries: this.#entries, head: this.#head, lastBackup, problem: this.#problem };
  }

  rebuild(): void {
    this.#projector.rebuild();
  }

  backUp(): string | null {
    if (this.#problem || this.#backups === null || this.#entries === this.#entriesBackedUp) return null;
    const path = backUp(this.#db, this.#backups, this.#now());
    this.#entriesBackedUp = this.#entries;
    return path;
  }

  close(): void {
    try {
      this.backUp();
    } finally {
      this.#db.close();
      this.#release();
    }
  }

  #ownDevice(): string {
    const known = this.prepare('SELECT id FROM device').pluck().get() as string | undefined;
    if (known) return known;
    const id = randomBytes(8).toString('hex');
    this.prepare('INSERT INTO device (id, created_at) VALUES (?, ?)').run(id, this.#now().toISOString());
    return id;
  }
}

function openVerified(path: string, backups: string, now: Date): { db: Database; problem: string | null } {
  let db: Database | undefined;
  try {
    db = openDatabase(path);
    const version = versionOf(db);
    if (version > 0 && version < newestVersion) backUp(db, backups, now);
    migrate(db);
    const { broken } = verifyChains(db);
    if (broken) throw new Damage(`entry ${broken.seq} of device ${broken.device}: ${broken.why}`);
    assertDurable(db);
    return { db, problem: null };
  } catch (error) {
    db?.close();
    if (!isDamage(error)) throw error;
    const recovered = recover(path, backups, error.message, now);
    migrate(recovered.db);
    return { db: recovered.db, problem: recovered.report };
  }
}

class Damage extends Error {}

function isDamage(error: unknown): error is Error {
  if (error instanceof Damage) return true;
  return error instanceof SQLite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}
