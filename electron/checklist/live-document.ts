import { basename } from 'node:path';
import type { Item, Marked } from '../../shared/contract/checklist.ts';
import type { Mode } from '../../shared/contract/common.ts';
import { type Journal, JournalError } from '../journal/index.ts';
import { type Bindings, noBindings } from './bindings.ts';
import type { Box, Document, DocumentItem } from './document/document.ts';
import { ChecklistError } from './errors.ts';
import { cacheKey } from './file/cache.ts';
import type { ChecklistFile } from './file/checklist-file.ts';
import { checklistRead } from './records/entries.ts';
import { readLastReading } from './records/records.ts';
import { Rows } from './rows.ts';
import { rematchDrafts, wordsOf } from './unmatched.ts';

export interface LiveOptions {
  journal: Journal;
  /** Names the launch in every entry. */
  launch: string;
  mode: Mode;
  /** Whether the pack may be changed. A rehearsal never changes it. */
  writable: boolean;
  bindings?: Bindings;
}

/** How an entry names its item, and what its box holds. */
export interface ItemWords {
  item: string;
  title: string;
  path: string[];
  box: Box;
}

export interface WrittenBox {
  words: ItemWords;
  /** What became of the file, as in the contract's `marked`. */
  file: Marked['file'];
  why: string;
}

/** Who writes what nobody said: that a document was read, or that an item is the same under other words. */
const self = 'Holdpoint';
const attempts = 3;

/** The document of a launch and its rows, through every change that others make to the file. */
export class LiveDocument {
  readonly file: ChecklistFile;
  readonly rows: Rows;
  readonly #options: LiveOptions;
  readonly #onDocument: () => void;

  /** `before`: the document at the launch's last reading, where it is known. */
  constructor(options: LiveOptions, file: ChecklistFile, before: Document | null, onDocument: () => void) {
    this.#options = options;
    this.#onDocument = onDocument;
    this.file = file;
    this.rows = new Rows(options.journal, options.launch, file.document, options.bindings ?? noBindings);
    if (readLastReading(options.journal, options.launch)?.digest !== file.source.digest)
      this.#takeOver(before);
  }

  /** @throws ChecklistError `unknown-item` */
  need(id: string): { item: DocumentItem; row: Item } {
    const found = this.rows.find(id);
    if (found) return found;
    throw new ChecklistError(
      'unknown-item',
      `There is no item ${id} in ${this.file.path}; the file may have changed.`,
    );
  }

  words(item: DocumentItem): ItemWords {
    return { ...wordsOf(item, this.file.document), box: item.box };
  }

  /** Why marks are not written into the file, in a sentence; null where they are. */
  notWritten(): string | null {
    if (this.file.problem) return this.file.problem;
    if (this.#options.mode === 'rehearsal') {
      return 'This is a rehearsal: marks are kept in the journal, and the file stays as it is.';
    }
    if (this.#options.writable) return null;
    return `${this.file.path} may not be changed here: marks are kept in the journal.`;
  }

  /**
   * Brings an item's box into the file. Where the file changed underneath, it is read again first; the item may then
   * be there under other words, or not at all.
   */
  async writeBox(id: string, box: Box): Promise<WrittenBox> {
    this.#assertJournal();
    let { item } = this.need(id);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const words = this.words(item);
      const notWritten = this.notWritten();
      if (notWritten) return { words, file: 'kept', why: notWritten };
      if (item.box === box) return { words, file: 'kept', why: 'The box in the file shows it already.' };
      const result = await this.file.write([{ offset: item.offset, box }]);
      if (result === 'written') return { words: { ...words, box }, file: 'written', why: '' };
      if (result !== 'changed') return { words, file: 'kept', why: result.failed };
      const moved = await this.reread();
      const found = this.rows.find(moved.get(item.id) ?? item.id);
      if (!found) {
        const why = `The file was changed meanwhile and no longer shows "${words.title}". Say what became of it.`;
        return { words, file: 'asks', why };
      }
      item = found.item;
    }
    const why = `${this.file.path} is being changed by another program all the time.`;
    return { words: this.words(item), file: 'kept', why };
  }

  /** Reads the file again if it changed. Gives which items are now others. */
  async reread(): Promise<ReadonlyMap<string, string>> {
    const { document: before, problem } = this.file;
    const changed = (await this.file.reread()) === 'changed';
    if (changed) return this.#takeOver(before);
    if (this.file.problem !== problem) this.#onDocument();
    return new Map();
  }

  /** All rows anew, after records moved from item to item. */
  reset(): void {
    this.rows.reset(this.file.document);
    this.#onDocument();
  }

  /** Takes over a document that is not the one this launch read last. */
  #takeOver(before: Document | null): ReadonlyMap<string, string> {
    const { journal, launch } = this.#options;
    const { document, source, path } = this.file;
    const rematched = rematchDrafts(launch, this.rows.records, before, document);
    const reading = checklistRead.draft({
      launch,
      file: basename(path),
      digest: source.digest,
      key: cacheKey(source.text),
      items: document.items.length,
      ticked: document.items.filter(({ box }) => box === 'x').length,
    });
    try {
      if (!journal.status().problem) journal.append(self, reading, ...rematched.map(({ draft }) => draft));
    } finally {
      // The rows must be those of the document, even where it could not be recorded that it was read.
      this.reset();
    }
    return new Map(rematched.map(({ from, to }) => [from, to]));
  }

  /** Before a file is changed: what cannot be recorded must not be written either. */
  #assertJournal(): void {
    const { problem } = this.#options.journal.status();
    if (problem) throw new JournalError('read-only', problem);
  }
}
