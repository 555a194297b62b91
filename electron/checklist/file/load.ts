import type { Document } from '../document/document.ts';
import { readCached, writeCached } from './cache.ts';
import { decodeDocument } from './encode.ts';
import { parseOffThread } from './parse-off-thread.ts';
import type { Source } from './source.ts';

/**
 * The document of a source: from the cache folder, or parsed in another thread and kept there.
 * @throws ChecklistError `too-complex`
 */
export async function loadDocument({ path, text }: Source, cacheFolder: string): Promise<Document> {
  const cached = await readCached(cacheFolder, text);
  if (cached) return cached;
  const lines = await parseOffThread(path, text);
  const document = await decodeDocument(lines);
  await writeCached(cacheFolder, text, document, lines);
  return document;
}
