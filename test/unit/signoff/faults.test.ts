import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openBlobs, openJournal } from '../../../electron/journal/index.ts';
import { exchangeFiles } from '../../../electron/signoff/exchange/files.ts';
import {
  createSignoffs,
  namespace,
  readBundleFiles,
  readTrust,
  type Signoffs,
  signoffProjection,
  writeZip,
} from '../../../electron/signoff/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { Writer } from './chains.ts';
import { handMadeEd25519 } from './hand-made.ts';
import { sightOf } from './launch.ts';

const people = ['ada@example.com', 'bob@example.com'] as const;
const keys = new Map(people.map((name) => [name as string, handMadeEd25519()]));
const writer = (name: string) =>
  new Writer(name, 'laptop', (bytes, author) => keys.get(author)?.sign(bytes, namespace) ?? '');
const lineOf = (name: string, options = '') => `${name} ${options}${keys.get(name)?.publicKey}\n`;

/** Ada's own Holdpoint with a review of hers, and what Bob sends her: three marks, on his clock. */
async function receiving(bobsClock = '2026-11-24T09:00:00.000Z') {
  const work = temporaryFolder();
  const journal = openJournal(join(work, 'data'), { projections: [signoffProjection] });
  onTestFinished(() => journal.close());
  let files = { signers: people.map((name) => lineOf(name)).join(''), revoked: '' };
  let trust = readTrust(Buffer.from(files.signers), Buffer.of());
  const signoffs = createSignoffs({
    ...{ journal, blobs: openBlobs(join(work, 'blobs')), launch: 'apex@1', trust: () => trust },
    ...{ policies: () => [], sight: () => sightOf(), deployers: () => new Set(), now: () => new Date() },
  });
  const [ada, bob] = [writer('ada@example.com'), writer('bob@example.com')];
  bob.clock = bobsClock;
  const own = ada.mark('disk', 'done');
  bob.see(own);
  const sent = ['disk', 'drift', 'alarms'].map((item) => bob.mark(item, 'failed'));
  const ofOne = (entries: typeof sent) =>
    exchangeFiles(new Map(entries.map((one) => [one.id, one])), () => null);
  await signoffs.importFiles('Ada', await ofOne([own]), { keep: true });
  const folder = join(work, 'from-bob');
  for (const [name, bytes] of await ofOne(sent)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return {
    ...{ signoffs, folder, own, sent },
    trustNow(changes: Partial<typeof files>) {
      files = { ...files, ...changes };
      trust = readTrust(Buffer.from(files.signers), Buffer.from(files.revoked));
    },
  };
}

const take = (signoffs: Signoffs, path: string) =>
  (async () => signoffs.importFiles('Ada', readBundleFiles(path), { keep: true }))();
const here = (signoffs: Signoffs) => signoffs.entries().map(({ id }) => id);

function entriesIn(folder: string): [first: string, second: string] {
  const at = join(folder, 'entries', 'bob@example.com+laptop');
  const [first = '', second = ''] = readdirSync(at)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return [join(at, first), join(at, second)];
}

describe('a review that is damaged on its way', () => {
  it.each<[what: string, damage: (folder: string) => void, added: number, said: RegExp]>([
    ['an entry is cut off', (folder) => cut(entriesIn(folder)[0]), 2, /malformed: /],
    ['a signature is cut off', (folder) => cut(`${entriesIn(folder)[0]}.sig`), 2, /malformed: /],
    [
      'an entry is renamed without its signature',
      (folder) => renameSync(entriesIn(folder)[0], join(folder, 'entries', 'x.json')),
      2,
      /\.sig malformed: The entry that it signs is not(.|\n)*x\.json malformed: It has no signature beside it\./,
    ],
    [
      'two signatures are swapped',
      (folder) => {
        const [first, second] = entriesIn(folder).map((name) => `${name}.sig`) as [string, string];
        renameSync(first, `${first}.x`);
        renameSync(second, first);
        renameSync(`${first}.x`, second);
      },
      1,
      /bad-signature: (.|\n)*bad-signature: /,
    ],
    [
      'every file has Windows line ends',
      (folder) => {
        for (const name of readBundleFiles(folder).keys())
          change(join(folder, name), (text) => text.replaceAll('\n', '\r\n'));
      },
      0,
      /malformed: .*Windows line ends/,
    ],
  ])(
    '%s: the rest is taken, what is refused is said, and the whole heals it',
    async (_what, damage, added, said) => {
      const { signoffs, folder, own, sent } = await receiving();
      const whole = readBundleFiles(folder);
      damage(folder);
      const merged = await take(signoffs, folder);
      expect(merged.added).toHaveLength(added);
      expect(
        merged.refused.map(({ name, code, message }) => `${name} ${code}: ${message}`).join('\n'),
      ).toMatch(said);
      expect(here(signoffs)).toEqual([own, ...merged.added].map(({ id }) => id).sort());
      expect(signoffs.refused()).toEqual([]);
      expect((await signoffs.importFiles('Ada', whole, { keep: true })).refused).toEqual([]);
      expect(here(signoffs)).toEqual([own, ...sent].map(({ id }) => id).sort());
    },
  );

  it.each<[what: string, damage: (zip: Buffer) => Buffer, said: RegExp]>([
    ['a zip that is cut off', (zip) => zip.subarray(0, zip.length >> 1), /It is cut off/],
    [
      'a zip that would write elsewhere',
      (zip) => Buffer.from(zip.toString('latin1').replaceAll('.gitattributes', '../../.bashrc0'), 'latin1'),
      /refused\. It has a file named "\.\.\/\.\.\/\.bashrc0": it would be written outside the folder/,
    ],
    [
      'a zip that says it is small and is not',
      () => {
        const bomb = writeZip(new Map([['entries/a.json', Buffer.alloc(30_000_000)]]));
        bomb.writeUInt32LE(1_000, bomb.readUInt32LE(bomb.length - 6) + 24);
        return bomb;
      },
      /unpacks to more than the 1000 bytes it is said to have/,
    ],
    [
      'a zip that says it has a million files',
      (zip) => {
        const end = zip.subarray(-22);
        const record = Buffer.alloc(56);
        record.writeUInt32LE(0x06064b50, 0);
        record.writeBigUInt64LE(1_000_000n, 32);
        const locator = Buffer.alloc(20);
        locator.writeUInt32LE(0x07064b50, 0);
        locator.writeBigUInt64LE(BigInt(zip.length - 22), 8);
        const many = Buffer.concat([zip.subarray(0, -22), record, locator, end]);
        many.writeUInt16LE(0xffff, many.length - 12);
        return many;
      },
      /1000000 files; a bundle has 400000 at the most/,
    ],
    [
      'a zip whose directory is said to be in the 64-bit records, which are not there',
      (zip) => {
        zip.writeUInt32LE(0xffffffff, zip.length - 6);
        return zip;
      },
      /Its directory is damaged/,
    ],
  ])('%s is refused whole, and nothing is lost', async (_what, damage, said) => {
    const { signoffs, folder, own } = await receiving();
    const zip = join(folder, '..', 'review.zip');
    writeFileSync(zip, damage(writeZip(readBundleFiles(folder))));
    await expect(take(signoffs, zip)).rejects.toThrow(said);
    expect(here(signoffs)).toEqual([own.id]);
    expect((await take(signoffs, folder)).added).toHaveLength(3);
  });

  it('a folder of more files than a bundle has is refused before they are read', async () => {
    const { folder } = await receiving();
    expect(() => readBundleFiles(folder, { files: 6, bytes: 1_000_000 })).toThrow(
      /larger than a bundle can be/,
    );
    expect(() => readBundleFiles(folder, { files: 60, bytes: 100 })).toThrow(/larger than a bundle can be/);
  });
});

describe('keys and clocks', () => {
  it('a clock a year ahead changes nothing of the order, and is only asked whether the key was valid then', async () => {
    const { signoffs, folder, own, sent, trustNow } = await receiving('2027-11-24T09:00:00.000Z');
    await take(signoffs, folder);
    const disk = () => signoffs.review().items.find(({ item }) => item === 'disk');
    expect(disk()).toMatchObject({
      disputed: false,
      marks: [{ author: 'bob@example.com', state: 'failed' }],
    });
    const expiring = lineOf('bob@example.com', 'valid-before="20270101Z" ');
    trustNow({ signers: `${lineOf('ada@example.com')}${expiring}` });
    expect(here(signoffs)).toEqual([own.id]);
    expect(signoffs.refused().map(({ code, message }) => `${code}: ${message}`)).toEqual(
      sent.map(() => expect.stringMatching(/^expired: .*no longer valid at 2027-11-24/)),
    );
    expect(disk()).toMatchObject({ marks: [{ author: 'ada@example.com', state: 'done' }] });
  });

  it('a key that is revoked after signing takes its entries out, says so, and loses none of them', async () => {
    const { signoffs, folder, own, sent, trustNow } = await receiving();
    await take(signoffs, folder);
    trustNow({ revoked: `${keys.get('bob@example.com')?.publicKey}\n` });
    expect(here(signoffs)).toEqual([own.id]);
    expect(signoffs.refused().map(({ code }) => code)).toEqual(['revoked', 'revoked', 'revoked']);
    expect([...(await signoffs.exportFiles()).keys()].filter((name) => name.endsWith('.json'))).toHaveLength(
      4,
    );
    expect(await take(signoffs, folder)).toMatchObject({
      added: [],
      known: 0,
      refused: [{ code: 'revoked' }, {}, {}],
    });
    trustNow({ revoked: '' });
    expect(here(signoffs)).toEqual([own, ...sent].map(({ id }) => id).sort());
  });
});

function cut(file: string): void {
  change(file, (text) => text.slice(0, -40));
}

function change(file: string, how: (text: string) => string): void {
  writeFileSync(file, how(readFileSync(file, 'latin1')), 'latin1');
}
