import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packReferenceFiles } from './support/pack-reference.ts';
import { root } from './support/root.ts';

for (const [file, content] of Object.entries(packReferenceFiles())) {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(file);
}
