import { unwatchFile, watchFile } from 'node:fs';

/**
 * Tells when a file is another one, or comes or goes. By looking at it every so often: events of the file system do
 * not reach network folders, and get lost when an editor puts a new file in the old one's place.
 */
export function watchForChange(path: string, everyMs: number, onChange: () => void): () => void {
  const listener = () => onChange();
  watchFile(path, { interval: everyMs, persistent: false }, listener);
  return () => unwatchFile(path, listener);
}
