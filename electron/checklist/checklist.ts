import { basename, extname } from 'node:path';
import type {
  Checklist,
  Evidence,
  Finding,
  Gate,
  Item,
  ItemDetail,
  Marked,
} from '../../shared/contract/checklist.ts';
import type { ItemState } from '../../shared/contract/common.ts';
import type { Draft, Journal } from '../journal/index.ts';
import { type Resolved, resolveItems, resolveSection } from './address.ts';
import { assembleChecklist, boxOfAnswer, boxOfState } from './assemble.ts';
import { type Bindings, withSubsections } from './bindings.ts';
import type { PackThreshold } from './contradictions.ts';
import type { Document } from './document/document.ts';
import { ChecklistError } from './errors.ts';
import { exportMarkdown } from './export.ts';
import { ChecklistFile } from './file/checklist-file.ts';
import { watchForChange } from './file/watch.ts';
import { lint } from './lint.ts';
import { LiveDocument, type LiveOptions, type WrittenBox } from './live-document.ts';
import { assertMayAnswer, assertMayMark, assertMayOverride } from './objections.ts';
import { describeEntry } from './records/describe.ts';
import {
  itemAnswered,
  itemAssigned,
  itemMarked,
  itemNoted,
  itemOverridden,
  itemOverrideWithdrawn,
  itemRematched,
  type MarkEvidence,
} from './records/entries.ts';
import { readHistory } from './records/records.ts';
import { documentAtLastReading, unmatchedItems, wordsOf } from './unmatched.ts';

export interface ChecklistOptions extends LiveOptions {
  /** Absolute path of the document. */
  file: string;
  /** Where parsed documents are kept. */
  cacheFolder: string;
  now?: () => Date;
  /** How often to look whether others changed the file. */
  watchEveryMs?: number;
}

export type ChecklistChange = { kind: 'items'; items: Item[] } | { kind: 'document' };

/** What every entry about an item says of it. */
interface About {
  launch: string;
  item: string;
  title: string;
  path: string[];
}

/**
 * Opens the checklist of a launch. What was recorded of items that the document shows under other words is moved to
 * them where nobody could doubt it; `get().unmatched` asks about the rest.
 * @throws ChecklistError `unreadable`, `too-large`, `not-text`, `too-complex`
 */
export async function openChecklist(options: ChecklistOptions): Promise<OpenChecklist> {
  const file = await ChecklistFile.open(options.file, options.cacheFolder);
  const before = await documentAtLastReading(options.journal, options.launch, options.cacheFolder);
  return new OpenChecklist(options, file, before);
}

/** The checklist of the launch that is open: one document, what was said of its items, what the checks found. */
export class OpenChecklist {
  readonly #journal: Journal;
  readonly #launch: string;
  readonly #now: () => Date;
  readonly #live: LiveDocument;
  readonly #listeners = new Set<(change: ChecklistChange) => void>();
  readonly #stopWatching: () => void;
  #thresholds: readonly PackThreshold[] = [];
  #findings: Finding[] | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ChecklistOptions, file: ChecklistFile, before: Document | null) {
    this.#journal = options.journal;
    this.#launch = options.launch;
    this.#now = options.now ?? (() => new Date());
    this.#live = new LiveDocument(options, file, before, () => this.#tellDocument());
    this.#stopWatching = watchForChange(options.file, options.watchEveryMs ?? 1000, () => {
      // What fails here is the journal, and the next mark says so to somebody who can do something about it.
      this.refresh().catch(() => {});
    });
  }

  /** The whole checklist, as the contract has it. */
  get(): Checklist {
    const { file, rows } = this.#live;
    return assembleChecklist(file.document, [...rows.items], {
      file: file.path,
      digest: file.source.digest,
      notWritten: this.#live.notWritten(),
      findings: this.lint(),
      unmatched: unmatchedItems(rows.records, file.document),
    });
  }

  get document(): Document {
    return this.#live.file.document;
  }

  /** The file as last read or written. */
  get text(): string {
    return this.#live.file.source.text;
  }

  /** SHA-256 of the file as last read or written. */
  get digest(): string {
    return this.#live.file.source.digest;
  }

  /** The rows in document order. A list once given is never changed. */
  get items(): readonly Item[] {
    return this.#live.rows.items;
  }

  /** All that is known of an item; its evidence is the checks' to give. @throws ChecklistError `unknown-item` */
  item(id: string, evidence: Evidence[] = []): ItemDetail {
    const { item, row } = this.#live.need(id);
    return {
      item: row,
      path: wordsOf(item, this.document).path,
      evidence,
      history: readHistory(this.#journal, this.#launch, id).map((entry) => ({
        at: entry.at,
        by: entry.author,
        text: describeEntry(entry)?.text ?? entry.kind,
      })),
      findings: this.lint().filter(
        (finding) => finding.item === id || finding.also.some(({ line }) => line === item.line),
      ),
    };
  }

  resolveItems(address: string): Resolved {
    return resolveItems(this.document, address);
  }

  resolveSection(address: string): Resolved {
    return resolveSection(this.document, address);
  }

  /** Every item below these sections, in document order. */
  /** The sections and all below them. */
  sectionsUnder(sections: readonly string[]): Set<string> {
    return withSubsections(this.document, sections);
  }

  itemsUnder(sections: readonly string[]): string[] {
    const all = this.sectionsUnder(sections);
    return this.document.items.filter(({ section }) => all.has(section)).map(({ id }) => id);
  }

  lint(): Finding[] {
    this.#findings ??= lint(this.document, this.#thresholds);
    return this.#findings;
  }

  /** The document with today's states; see `exportMarkdown`. */
  export(): { name: string; markdown: string } {
    const { file, rows } = this.#live;
    const at = this.#now();
    const { source, document } = file;
    return {
      name: `${basename(file.path, extname(file.path))}-${at.toISOString().slice(0, 10)}.md`,
      markdown: exportMarkdown({ source, document, items: rows.items, launch: this.#launch, at }),
    };
  }

  /**
   * Says what state an item is in, and writes its box into the file where the pack may be changed.
   * @param evidence the signed entries of reviewers whose mark it is
   * @throws ChecklistError `unknown-item`, `reason-needed`, `is-gate`, `is-question`
   */
  mark(
    author: string,
    id: string,
    state: ItemState,
    reason = '',
    evidence: MarkEvidence = [],
  ): Promise<Marked> {
    return this.#inTurn(async () => {
      assertMayMark(this.#live.need(id).row, state, reason);
      const written = await this.#live.writeBox(id, boxOfState(state));
      const { item, box } = written.words;
      const marks = this.#live.rows.records.get(item)?.marks ?? [];
      const isSaid = marks.every(
        (said) => said.value === state && said.reason === reason && said.box === box,
      );
      if (written.file !== 'written' && isSaid && marks.length > 0)
        return { items: [], file: written.file, why: written.why };
      const seen = marks.map(({ hash }) => hash);
      return this.#record(
        author,
        written,
        itemMarked.draft({
          ...{ ...this.#boxAbout(written), state, reason, seen },
          ...(evidence.length > 0 && { evidence }),
        }),
      );
    });
  }

  /**
   * Says whether a no-go criterion holds; null takes the answer back.
   * @throws ChecklistError `unknown-item`, `is-no-question`, `is-gate`
   */
  answer(author: string, id: string, holds: boolean | null, note = ''): Promise<Marked> {
    return this.#inTurn(async () => {
      assertMayAnswer(this.#live.need(id).row, holds);
      const written = await this.#live.writeBox(id, boxOfAnswer(holds));
      const answers = this.#live.rows.records.get(written.words.item)?.answers ?? [];
      const seen = answers.map(({ hash }) => hash);
      return this.#record(
        author,
        written,
        itemAnswered.draft({ ...this.#boxAbout(written), holds, note, seen }),
      );
    });
  }

  /** @throws ChecklistError `unknown-item` */
  note(author: string, id: string, text: string): Promise<Marked> {
    return this.#say(author, id, (about) => itemNoted.draft({ ...about, text }));
  }

  /** Gives an item to somebody, or with an empty name to nobody. @throws ChecklistError `unknown-item` */
  assign(author: string, id: string, to: string): Promise<Marked> {
    return this.#say(author, id, (about) => itemAssigned.draft({ ...about, to: to.trim() }));
  }

  /** Lets a gate count in spite of its checks. @throws ChecklistError `unknown-item`, `is-no-gate`, `reason-needed` */
  override(author: string, id: string, reason: string): Promise<Marked> {
    return this.#say(author, id, (about, row) => {
      assertMayOverride(row, reason);
      return itemOverridden.draft({ ...about, reason });
    });
  }

  /** @throws ChecklistError `unknown-item` */
  withdrawOverride(author: string, id: string): Promise<Marked> {
    return this.#say(author, id, (about, { override }) =>
      override ? itemOverrideWithdrawn.draft(about) : null,
    );
  }

  /**
   * Says what became of items that the document no longer shows: another item, or null for gone.
   * @throws ChecklistError `unknown-item` where a pair names no unmatched item, or no item of the document
   */
  rematch(author: string, pairs: readonly { from: string; to: string | null }[]): Promise<Checklist> {
    return this.#inTurn(async () => {
      this.#journal.append(author, ...pairs.map(({ from, to }) => this.#rematched(from, to)));
      this.#live.reset();
      return this.get();
    });
  }

  /** Looks whether the file was changed by others, and takes the change over. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#live.reread();
    });
  }

  /** Takes over what the checks found, by item id; an item that is not in the map has no gate. */
  setGates(gates: ReadonlyMap<string, Gate>): Item[] {
    const items = this.#live.rows.setGates(gates);
    this.#tellItems(items);
    return items;
  }

  setBindings(bindings: Bindings): void {
    this.#live.rows.reset(this.document, bindings);
    this.#tellDocument();
  }

  /** The thresholds of the pack, which lint compares with those of the document. */
  setThresholds(thresholds: readonly PackThreshold[]): void {
    this.#thresholds = thresholds;
    this.#tellDocument();
  }

  /** Hears of changed rows, and of another document. Gives the function that stops it. */
  onChange(listener: (change: ChecklistChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops watching the file, after what is under way. */
  async close(): Promise<void> {
    this.#stopWatching();
    this.#listeners.clear();
    await this.#turn;
  }

  #boxAbout({ words }: WrittenBox) {
    return { launch: this.#launch, digest: this.digest, ...words };
  }

  #rematched(from: string, to: string | null): Draft {
    const { rows } = this.#live;
    const lost = rows.find(from) ? undefined : rows.records.get(from);
    if (!lost) {
      throw new ChecklistError(
        'unknown-item',
        `There is no unmatched item ${from}; it may be settled already.`,
      );
    }
    const words = to === null ? null : wordsOf(this.#live.need(to).item, this.document);
    const { title, path } = lost;
    return itemRematched.draft({ launch: this.#launch, item: from, title, path, to: words, how: 'person' });
  }

  /** Records what does not touch the file. */
  #say(author: string, id: string, make: (about: About, row: Item) => Draft | null): Promise<Marked> {
    return this.#inTurn(async () => {
      const { item, row } = this.#live.need(id);
      const draft = make({ launch: this.#launch, ...wordsOf(item, this.document) }, row);
      if (!draft) return { items: [], file: 'kept', why: '' };
      return this.#record(author, { words: this.#live.words(item), file: 'kept', why: '' }, draft);
    });
  }

  #record(author: string, { words, file, why }: WrittenBox, draft: Draft): Marked {
    this.#journal.append(author, draft);
    if (file === 'written') this.#findings = null;
    const items = this.#live.rows.update([words.item]);
    // An item that has just gone from the document has no row, but has to be asked about.
    if (items.length === 0) this.#tellDocument();
    this.#tellItems(items);
    return { items, file, why };
  }

  #tellItems(items: Item[]): void {
    if (items.length === 0) return;
    for (const listener of this.#listeners) listener({ kind: 'items', items });
  }

  #tellDocument(): void {
    this.#findings = null;
    for (const listener of this.#listeners) listener({ kind: 'document' });
  }

  /** One change after the other: a mark must see the file as the mark before it left it. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
