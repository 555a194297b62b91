import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, normalize } from 'node:path';

/** Libraries whose next version may answer in another way. */
const engines = ['@duckdb/node-api', 'onnxruntime-node'];
/** From this file, run from source: all that an answer is computed with. */
const sources = ['..', '../../../shared'];

let known: string | null = null;

/** A digest of the code that answers, as it lies on the disk: another build is another version. */
export function codeVersion(): string {
  known ??= read();
  return known;
}

function read(): string {
  const here = import.meta.dirname;
  const fromSource = import.meta.filename.endsWith('.ts');
  // Built, every module that the entries share lies in this folder.
  const folders = fromSource ? sources.map((path) => join(here, path)) : [here];
  const hash = createHash('sha256');
  for (const file of folders.flatMap(codeBelow)) hash.update(readFileSync(file)).update('\0');
  for (const engine of engines) hash.update(`${engine} ${versionOf(engine)}\0`);
  return hash.digest('hex');
}

function codeBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Empty where it is not installed: then nothing was answered with it. */
function versionOf(name: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    // Not every package lets its manifest be required; it lies above its entry.
    const home = entry.slice(0, entry.lastIndexOf(normalize(name)) + name.length);
    const manifest = readFileSync(join(home, 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  } catch {
    return '';
  }
}
