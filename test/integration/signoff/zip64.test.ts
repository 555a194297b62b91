import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readZip } from '../../../electron/signoff/zip/read.ts';
import { writeZip } from '../../../electron/signoff/zip/write.ts';
import { temporaryFolder } from '../../support/folder.ts';

it('a zip of sixty-six thousand files is read again here and by unzip, and none of its dangers passes', () => {
  const files = new Map(
    Array.from({ length: 66_000 }, (_, index) => [`entries/${index}.json`, Buffer.from(`${index}`)]),
  );
  const zip = writeZip(files);
  const path = join(temporaryFolder(), 'large.zip');
  writeFileSync(path, zip);
  expect(execFileSync('unzip', ['-tq', path], { encoding: 'utf8' })).toContain('No errors detected');
  const back = readZip(zip);
  expect([back.size, back.get('entries/65999.json')?.toString()]).toEqual([66_000, '65999']);
  expect(() => readZip(zip, { files: 65_999, bytes: 1_000_000 })).toThrow(/66000 files/);
  expect(() => readZip(zip, { files: 66_000, bytes: 1_000 })).toThrow(/would unpack to/);
  const record = zip.length - 22 - 20 - 56;
  for (const [at, what] of [
    [record, 'its mark'],
    [record + 48, 'where the directory begins'],
    [record + 40, 'how long it is'],
    [record + 56 + 8, 'where the record is'],
  ] as const) {
    const changed = Buffer.from(zip);
    changed[at + 3] = (changed[at + 3] ?? 0) ^ 0xff;
    expect(() => readZip(changed), what).toThrow(expect.objectContaining({ code: 'malformed' }));
  }
  const slip = Buffer.from(zip);
  const first = slip.indexOf('entries/0.json', slip.readUIntLE(record + 48, 6));
  slip.write('../../0/0.json', first);
  expect(() => readZip(slip)).toThrow(/outside the folder/);
});

it('what zip writes with 64-bit sizes is read', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'report.md'), 'GO'.repeat(1_000));
  execFileSync('zip', ['-q', '-fz', 'forced.zip', 'report.md'], { cwd: folder });
  const zip = readFileSync(join(folder, 'forced.zip'));
  expect(zip.indexOf(Buffer.from([0x50, 0x4b, 6, 6])), 'it has 64-bit records').toBeGreaterThan(0);
  expect(readZip(zip).get('report.md')?.toString()).toBe('GO'.repeat(1_000));
});
