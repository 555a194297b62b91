import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readCached } from '../../../electron/checklist/file/cache.ts';
import { loadDocument } from '../../../electron/checklist/file/load.ts';
import { parseOffThread } from '../../../electron/checklist/file/parse-off-thread.ts';
import { parseDocument, readSource } from '../../../electron/checklist/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

function fileOf(content: string | Buffer): string {
  const path = join(temporaryFolder(), 'checklist.md');
  writeFileSync(path, content);
  return path;
}

const codeOf = (path: string) =>
  readSource(path).then(
    () => 'read',
    (error) => `${error.code}: ${error.message}`,
  );

describe('a file that is no checklist is refused with what to do', () => {
  it.each([
    ['not there', () => '/nowhere/checklist.md', /^unreadable: .*it is not there\. Put it back/],
    ['a folder', () => '/', /^unreadable: \/ is no file/],
    [
      'Latin-1',
      () => fileOf(Buffer.from('# T\n\n- [ ] caf\xe9\n', 'latin1')),
      /^not-text: .*line 3 holds bytes.*Save it/,
    ],
    ['UTF-16', () => fileOf(Buffer.from('\uFEFF- [ ] a\n', 'utf16le')), /^not-text: .*it is UTF-16/],
    [
      '10 MB long',
      () => fileOf(Buffer.alloc(10_000_000, '- [ ] a\n')),
      /^too-large: .*10\.0 MB long.*may be 2\.0 MB/,
    ],
  ])('%s', async (_, make, sentence) => {
    expect(await codeOf(make())).toMatch(sentence);
  });

  it('a text that would take for ever', async () => {
    const endless = `- [ ] ${'[a](<b'.repeat(40_000)}\n`;
    await expect(parseOffThread('checklist.md', endless, 300)).rejects.toMatchObject({
      code: 'too-complex',
      message: expect.stringContaining('not read within 0.3 s'),
    });
  });

  it('a text nested deeper than any person would', async () => {
    await expect(parseOffThread('checklist.md', `${'> '.repeat(20_000)}a\n`, 60_000)).rejects.toMatchObject({
      code: 'too-complex',
    });
  });
});

/** A checklist of so many items, in sections of a hundred. */
function large(items: number): string {
  const lines = Array.from({ length: items }, (_, i) => {
    const heading = i % 100 === 0 ? `\n## Section ${i / 100}\n\n` : '';
    const nested = i % 4 === 0 ? '' : '  ';
    return `${heading}${nested}- [ ] **Item ${i}**: latency p95 < ${(i % 7) + 1}s, see \`file-${i}.yaml\``;
  });
  return `# Large\n${lines.join('\n')}\n`;
}

describe('a document that was read before', () => {
  it('is there again in a fraction of the time, the same in every part', async () => {
    const path = fileOf(large(10_000));
    const cacheFolder = temporaryFolder();
    const timed = async () => {
      const start = performance.now();
      const document = await loadDocument(await readSource(path), cacheFolder);
      return { document, ms: performance.now() - start };
    };
    const first = await timed();
    const again = await timed();
    expect(isDeepStrictEqual(again.document, first.document)).toBe(true);
    expect(isDeepStrictEqual(again.document, parseDocument(readFileSync(path, 'utf8')))).toBe(true);
    expect(again.ms).toBeLessThan(first.ms / 3);
  });

  it('is read while the service goes on: no wait comes near to what the reading takes', async () => {
    const path = fileOf(large(10_000));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const start = performance.now();
    await loadDocument(await readSource(path), temporaryFolder());
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan((performance.now() - start) / 2);
  });

  it('is the same document after boxes were ticked', async () => {
    const text = readFileSync('test/fixtures/checklist/launch.md', 'utf8');
    const cacheFolder = temporaryFolder();
    await loadDocument(await readSource(fileOf(text)), cacheFolder);
    const ticked = text.replaceAll('- [ ]', '- [x]').replace('- [x]', '- [~]');
    expect(await readCached(cacheFolder, ticked)).toEqual(parseDocument(ticked));
    expect(readdirSync(cacheFolder)).toHaveLength(1);
  });

  it('is another one when brackets changed that are no box', async () => {
    const cacheFolder = temporaryFolder();
    const text = (inside: string) => `- [ ] a\n\n\`\`\`\n- [${inside}] b\n\`\`\`\n`;
    await loadDocument(await readSource(fileOf(text(' '))), cacheFolder);
    expect(await readCached(cacheFolder, text(' '))).not.toBeNull();
    expect(await readCached(cacheFolder, text('x'))).toBeNull();
    expect(await loadDocument(await readSource(fileOf(text('x'))), cacheFolder)).toEqual(
      parseDocument(text('x')),
    );
  });

  it('is read anew where the kept file is damaged, cut short, or cannot be kept', async () => {
    const path = fileOf(readFileSync('test/fixtures/checklist/launch.md'));
    const source = await readSource(path);
    const cacheFolder = temporaryFolder();
    const document = await loadDocument(source, cacheFolder);
    const [name = ''] = readdirSync(cacheFolder);
    const kept = readFileSync(join(cacheFolder, name), 'utf8');
    for (const spoilt of [
      kept.replace('Python', 'Pithon'),
      kept.slice(0, -100),
      '',
      '{}',
      kept.split('\n').slice(0, 3).join('\n'),
    ]) {
      writeFileSync(join(cacheFolder, name), spoilt);
      expect(await readCached(cacheFolder, source.text)).toBeNull();
      expect(await loadDocument(source, cacheFolder)).toEqual(document);
    }
    const blocked = join(temporaryFolder(), 'file');
    writeFileSync(blocked, '');
    expect(await loadDocument(source, join(blocked, 'cache'))).toEqual(document);
  });

  it('is forgotten when sixteen newer ones are kept', async () => {
    const cacheFolder = temporaryFolder();
    mkdirSync(cacheFolder, { recursive: true });
    for (let i = 0; i < 20; i += 1) writeFileSync(join(cacheFolder, `${i}.jsonl`), '');
    await loadDocument(await readSource(fileOf('- [ ] a\n')), cacheFolder);
    expect(readdirSync(cacheFolder)).toHaveLength(16);
  });
});
