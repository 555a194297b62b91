import type { Document } from './document.ts';
import { parseTree, type Tree } from './markdown.ts';
import { Reader } from './reader.ts';

/** Reads a checklist from the text of a GFM document. Never throws: any text is a document. */
export function parseDocument(text: string): Document {
  return readTree(text, parseTree(text));
}

export function readTree(text: string, { blocks, boxes }: Tree): Document {
  return new Reader(text, boxes).read(blocks);
}
