import { setImmediate } from 'node:timers/promises';
import type { Document } from '../document/document.ts';

/** Raised whenever reading a document gives something else than before: what was kept is then read anew. */
export const documentFormat = 1;

/** A slice is decoded in about a millisecond. */
const sliceLength = 250;

const lists = ['sections', 'items', 'contacts', 'mentions', 'endpoints', 'suspects'] as const;
type Slice = Partial<Document>;

/** A document as lines of JSON, each short enough to be read without anybody waiting for it. */
export function encodeDocument(document: Document): string[] {
  const lines = [JSON.stringify({ title: document.title, closing: document.closing } satisfies Slice)];
  for (const list of lists) {
    const all: readonly unknown[] = document[list];
    for (let start = 0; start < all.length; start += sliceLength) {
      lines.push(JSON.stringify({ [list]: all.slice(start, start + sliceLength) }));
    }
  }
  return lines;
}

/** Puts a document together again, letting other work happen between two lines. `check` may refuse a line. */
export async function decodeDocument(
  lines: readonly string[],
  check: (line: string, index: number) => void = () => {},
): Promise<Document> {
  const document: Document = {
    title: '',
    closing: '',
    sections: [],
    items: [],
    contacts: [],
    mentions: [],
    endpoints: [],
    suspects: [],
  };
  for (const [index, line] of lines.entries()) {
    check(line, index);
    const slice = JSON.parse(line) as Slice;
    document.title = slice.title ?? document.title;
    document.closing = slice.closing ?? document.closing;
    for (const list of lists) document[list].push(...((slice[list] ?? []) as never[]));
    await setImmediate();
  }
  return document;
}
