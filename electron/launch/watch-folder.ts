import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const lookEveryMs = 2_000;

/**
 * Tells when a YAML file of a pack has changed, appeared or gone. By looking now and then: notices of the system do
 * not come from network drives, and editors replace files in many ways.
 */
export function watchFolder(folder: string, changed: () => void): () => void {
  let last = look(folder);
  const timer = setInterval(() => {
    const now = look(folder);
    if (now === last) return;
    last = now;
    changed();
  }, lookEveryMs).unref();
  return () => clearInterval(timer);
}

function look(folder: string): string {
  return [folder, join(folder, 'runbooks')].flatMap(yamlFiles).join('\n');
}

function yamlFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => {
        const { mtimeMs, size } = statSync(join(folder, name));
        return `${name} ${mtimeMs} ${size}`;
      });
  } catch {
    return [`${folder} cannot be read`];
  }
}
