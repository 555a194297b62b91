import { boxAt } from '../document/box.ts';
import type { Document } from '../document/document.ts';
import { ChecklistError } from '../errors.ts';
import { loadDocument } from './load.ts';
import { readSource, type Source } from './source.ts';
import { type BoxEdit, editBoxes, replaceSource } from './write-back.ts';

/** The checklist's file as last read, and the one way to change it. */
export class ChecklistFile {
  readonly path: string;
  readonly #cacheFolder: string;
  #source: Source;
  #document: Document;
  #problem: string | null = null;

  private constructor(source: Source, document: Document, cacheFolder: string) {
    this.path = source.path;
    this.#source = source;
    this.#document = document;
    this.#cacheFolder = cacheFolder;
  }

  /** @throws ChecklistError `unreadable`, `too-large`, `not-text`, `too-complex` */
  static async open(path: string, cacheFolder: string): Promise<ChecklistFile> {
    const source = await readSource(path);
    return new ChecklistFile(source, await loadDocument(source, cacheFolder), cacheFolder);
  }

  get source(): Source {
    return this.#source;
  }

  get document(): Document {
    return this.#document;
  }

  /** Why the file cannot be read as it is now, in a sentence; what was read last still stands. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Reads the file again if it is not what was read or written last. */
  async reread(): Promise<'same' | 'changed'> {
    try {
      const source = await readSource(this.path);
      this.#problem = null;
      if (source.bytes.equals(this.#source.bytes)) return 'same';
      const document = await loadDocument(source, this.#cacheFolder);
      [this.#source, this.#document] = [source, document];
      return 'changed';
    } catch (error) {
      if (!(error instanceof ChecklistError)) throw error;
      this.#problem = error.message;
      return 'same';
    }
  }

  /** Changes boxes in the file and here. `changed`: the file is another now, and nothing was written. */
  async write(edits: readonly BoxEdit[]): Promise<'written' | 'changed' | { failed: string }> {
    const next = editBoxes(this.#source, edits);
    try {
      if (!(await replaceSource(this.#source, next))) return 'changed';
    } catch (error) {
      return { failed: `${this.path} could not be written: ${whyNotWritten(error)}` };
    }
    this.#source = next;
    const offsets = new Set(edits.map(({ offset }) => offset));
    for (const item of this.#document.items) {
      if (offsets.has(item.offset)) item.box = boxAt(next.text, item.offset);
    }
    return 'written';
  }
}

function whyNotWritten(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : '') {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'this user may not change files there.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full.';
    case 'ENOENT':
      return 'it is gone.';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
