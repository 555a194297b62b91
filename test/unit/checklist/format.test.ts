import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentFormat, encodeDocument } from '../../../electron/checklist/file/encode.ts';
import { sha256 } from '../../../electron/checklist/file/source.ts';
import { parseDocument } from '../../../electron/checklist/index.ts';

it('what is read from a document changed: raise documentFormat, and put the new digest here', () => {
  const lines = encodeDocument(parseDocument(readFileSync('test/fixtures/checklist/launch.md', 'utf8')));
  expect([documentFormat, sha256(lines.join('\n')).slice(0, 16)]).toEqual([1, 'b822cb14ec04d564']);
});
