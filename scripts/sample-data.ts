import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './support/root.ts';
import { sampleFiles } from './support/sample-files.ts';

/** Writes the data that the worked packs bring along. */
for (const [path, text] of Object.entries(sampleFiles())) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(path);
}
