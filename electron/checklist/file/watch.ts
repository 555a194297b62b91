import { stat } from 'node:fs/promises';

/**
 * Tells when a file is another one, or comes or goes, and once after the first look: what happened between reading it
 * and looking, nobody saw. By looking at it every so often: events of the file system do not reach network folders, and
 * get lost when an editor puts a new file in the old one's place.
 */
export function watchForChange(path: string, everyMs: number, onChange: () => void): () => void {
  let last: string | null = null;
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    const now = await markOf(path);
    looking = false;
    if (now === last) return;
    last = now;
    onChange();
  };
  const timer = setInterval(() => void look(), everyMs).unref();
  return () => clearInterval(timer);
}

/** Another one for another content, or another file under the name. */
async function markOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(path);
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch {
    return 'not there';
  }
}
