import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { boxAt } from '../document/box.ts';
import type { Document } from '../document/document.ts';
import { decodeDocument, documentFormat } from './encode.ts';
import { sha256 } from './source.ts';

const keptFiles = 16;

const header = z.object({
  format: z.literal(documentFormat),
  /** The characters of brackets that are no item's box, in order. */
  others: z.string(),
  /** SHA-256 of each line that follows. */
  lines: z.array(z.string()),
});

const boxes = /\[([ xX~])\]/g;

/**
 * The name a parsed document is kept under: a digest of its text with every `[x]` emptied. Ticking items changes
 * nothing else of a document, so one kept file serves it through the whole launch; what else stands in such brackets
 * (`[x](url)`) is compared when it is read.
 */
export function cacheKey(text: string): string {
  return sha256(text.replace(boxes, '[ ]'));
}

/** The kept document of a text, with its boxes as they are in the text; null where there is none, or a damaged one. */
export async function readCached(folder: string, text: string): Promise<Document | null> {
  const kept = await readKept(folder, cacheKey(text));
  if (!kept || otherBrackets(text, kept.document) !== kept.others) return null;
  for (const item of kept.document.items) item.box = boxAt(text, item.offset);
  return kept.document;
}

/** The document kept under a name, with its boxes as they happened to be when it was kept. */
export async function readKept(
  folder: string,
  key: string,
): Promise<{ document: Document; others: string } | null> {
  try {
    const [first = '', ...lines] = (await readFile(fileOf(folder, key), 'utf8')).split('\n');
    const { others, lines: digests } = header.parse(JSON.parse(first));
    if (lines.length !== digests.length) return null;
    const document = await decodeDocument(lines, (line, index) => {
      if (sha256(line) !== digests[index]) throw new Error('damaged');
    });
    return { document, others };
  } catch {
    // Not kept, cut short or of another format: it is parsed anew.
    return null;
  }
}

/** Keeps a parsed document. A disk that is full or read-only costs speed at the next opening and nothing else. */
export async function writeCached(
  folder: string,
  text: string,
  document: Document,
  lines: readonly string[],
): Promise<void> {
  const file = fileOf(folder, cacheKey(text));
  const temporary = `${file}.${process.pid}.tmp`;
  const first: z.input<typeof header> = {
    format: documentFormat,
    others: otherBrackets(text, document),
    lines: [],
  };
  for (const line of lines) {
    first.lines.push(sha256(line));
    await setImmediate();
  }
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, [JSON.stringify(first), ...lines].join('\n'));
    await rename(temporary, file);
    await removeOldest(folder);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

function otherBrackets(text: string, { items }: Document): string {
  const offsets = new Set(items.map(({ offset }) => offset));
  return [...text.matchAll(boxes)]
    .filter((match) => !offsets.has(match.index + 1))
    .map((match) => match[1])
    .join('');
}

function fileOf(folder: string, key: string): string {
  return join(folder, `${key}.jsonl`);
}

async function removeOldest(folder: string): Promise<void> {
  const files = (await readdir(folder))
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(folder, name));
  if (files.length <= keptFiles) return;
  const aged = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  aged.sort((a, b) => b.at - a.at);
  await Promise.all(aged.slice(keptFiles).map(({ file }) => rm(file, { force: true })));
}
