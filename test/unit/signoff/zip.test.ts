import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SignoffError } from '../../../electron/signoff/errors.ts';
import { readZip } from '../../../electron/signoff/zip/read.ts';
import { writeZip } from '../../../electron/signoff/zip/write.ts';

const filesOf = (entries: Record<string, string | Buffer>) =>
  new Map(Object.entries(entries).map(([name, data]) => [name, Buffer.from(data)]));
const small = filesOf({
  'report.md': 'hello',
  'entries/1.json': '{}',
  'entries/1.json.sig': 'x'.repeat(3000),
});

/** Bytes of the zip with a number in the directory's entry for the first file changed. */
function withDirectory(zip: Buffer, offset: number, write: (bytes: Buffer, at: number) => void): Buffer {
  const changed = Buffer.from(zip);
  write(changed, changed.readUInt32LE(changed.length - 6) + offset);
  return changed;
}

/** What the files hold, or, where the zip is refused with a code, what they should. */
function filesOrCode(zip: Buffer): Buffer[] {
  try {
    return [...readZip(zip).values()];
  } catch (error) {
    expect(error).toBeInstanceOf(SignoffError);
    return [...small.values()];
  }
}

describe('a zip', () => {
  it('gives back the files that were packed', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,3}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.uint8Array({ maxLength: 2000 }), { minKeys: 1 }), (all) => {
        const files = new Map(
          Object.entries(all)
            .filter(([key]) => !/^(con|nul|aux|prn)\./.test(key))
            .map(([key, data]) => [key, Buffer.from(data)]),
        );
        expect(readZip(writeZip(files))).toEqual(files);
      }),
    );
  });

  it.each([
    '../evil',
    'a/../../evil',
    '/etc/passwd',
    'C:/evil',
    'a\\b',
    'a//b',
    './a',
    'a/',
    'nul.txt',
    'a.',
    'a\0b',
    'ä',
  ])('with a file named %j is refused, or has no such file', (name) => {
    const zip = writeZip(filesOf({ [name]: 'evil', 'report.md': 'hello' }));
    if (name === 'a/') expect([...readZip(zip).keys()]).toEqual(['report.md']);
    else expect(() => readZip(zip)).toThrow(expect.objectContaining({ code: 'unsafe' }));
  });

  it('with two files of one name is refused, also where only some systems see it', () => {
    const zip = writeZip(filesOf({ 'Report.md': 'one', 'report.md': 'two' }));
    expect(() => readZip(zip)).toThrow(/two files/);
  });

  it('with a link is refused', () => {
    const zip = withDirectory(writeZip(small), 38, (bytes, at) =>
      bytes.writeUInt32LE(0o120777 * 0x10000, at),
    );
    expect(() => readZip(zip)).toThrow(/is a link/);
  });

  it('that would unpack to more than a bundle is, or to more than it says, is refused', () => {
    const bomb = writeZip(filesOf({ 'bomb.bin': Buffer.alloc(20_000_000) }));
    expect(bomb.length).toBeLessThan(25_000);
    expect(() => readZip(bomb, { files: 10, bytes: 1_000_000 })).toThrow(/would unpack to 20000000 bytes/);
    const lying = withDirectory(bomb, 24, (bytes, at) => bytes.writeUInt32LE(100, at));
    expect(() => readZip(lying, { files: 10, bytes: 1_000_000 })).toThrow(/more than the 100 bytes/);
    expect(() => readZip(writeZip(small), { files: 2, bytes: 1_000_000 })).toThrow(/3 files/);
  });

  it('that says it has fewer files than its directory lists is refused, not read in part', () => {
    const zip = writeZip(small);
    zip.writeUInt16LE(2, zip.length - 12);
    expect(() => readZip(zip)).toThrow(/directory is damaged/);
  });

  it('may have one folder around everything, and what a Mac adds', () => {
    const zip = writeZip(
      filesOf({ 'review/report.md': 'hello', 'review/entries/1.json': '{}', '__MACOSX/._x': '?' }),
    );
    expect([...readZip(zip).keys()]).toEqual(['report.md', 'entries/1.json']);
    const entriesAlone = filesOf({ 'entries/1.json': '{}', 'entries/1.json.sig': 'x' });
    expect(readZip(writeZip(entriesAlone))).toEqual(entriesAlone);
  });

  it('cut off anywhere is refused', () => {
    const zip = writeZip(small);
    for (let length = 0; length < zip.length; length += 1) {
      expect(() => readZip(zip.subarray(0, length))).toThrow(SignoffError);
    }
  });

  it('with any bit of it changed gives the same files, or is refused with a code', () => {
    const zip = writeZip(small);
    for (let bit = 0; bit < 8 * zip.length; bit += 1) {
      const changed = Buffer.from(zip);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(filesOrCode(changed), `bit ${bit & 7} of byte ${bit >> 3}`).toEqual([...small.values()]);
    }
  });

  it('with any byte changed gives the same files, or is refused with a code', () => {
    const zip = writeZip(small);
    fc.assert(
      fc.property(fc.nat({ max: zip.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(zip);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(filesOrCode(changed)).toEqual([...small.values()]);
      }),
      { numRuns: 500 },
    );
  });
});
