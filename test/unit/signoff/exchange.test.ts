import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headsOf, nextPlace } from '../../../electron/signoff/entries/chains.ts';
import type { SignedEntry } from '../../../electron/signoff/entries/entry.ts';
import { exchangeFiles, readExchange } from '../../../electron/signoff/exchange/files.ts';
import { addToFolder, missingFrom, readFromFolder } from '../../../electron/signoff/exchange/folder.ts';
import { type Candidate, type EntrySet, mergeEntries } from '../../../electron/signoff/exchange/merge.ts';
import { foldReview, isOnToday } from '../../../electron/signoff/exchange/review.ts';
import { parseAllowedSigners } from '../../../electron/signoff/signers/allowed-signers.ts';
import { noneRevoked } from '../../../electron/signoff/signers/revoked.ts';
import { digestOf } from '../../../electron/signoff/statement/canonical.ts';
import { subjectsFor } from '../../../electron/signoff/statement/sight.ts';
import { namespace } from '../../../electron/signoff/statement/statement.ts';
import { readBundleFiles } from '../../../electron/signoff/zip/folder.ts';
import { writeZip } from '../../../electron/signoff/zip/write.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { turnsDuring } from '../../support/turns.ts';
import { Writer } from './chains.ts';
import { handMadeEd25519 } from './hand-made.ts';
import { sightOf } from './launch.ts';

const names = ['ada@example.com', 'bob@example.com', 'eve@example.com'] as const;
const keys = new Map(names.map((name) => [name as string, handMadeEd25519()]));
const allowed = [...keys].map(([name, { publicKey }]) => `${name} ${publicKey}`).join('\n');
const trust = { signers: parseAllowedSigners(allowed).signers, revoked: noneRevoked };
const options = { trust, launch: 'apex@1' };
const nothing: EntrySet = new Map();

const writer = (name: string, device = 'laptop') =>
  new Writer(name, device, (bytes, author) => keys.get(author)?.sign(bytes, namespace) ?? '');
const candidateOf = ({ id, bytes, armoured }: SignedEntry): Candidate => ({ name: id, bytes, armoured });
const merge = async (here: EntrySet, entries: readonly SignedEntry[]) =>
  (await mergeEntries(here, entries.map(candidateOf), options)).entries;
const stateOf = (entries: EntrySet) => ({
  ids: [...entries.keys()].sort(),
  review: foldReview(entries.values()),
});

/** What three people do, in turn: look at what others have sent, or mark an item. */
const story = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: 2 }),
    looksAt: fc.option(fc.nat({ max: 30 })),
    item: fc.constantFrom('sharpe', 'disk'),
    state: fc.constantFrom('done' as const, 'failed' as const),
  }),
  { minLength: 1, maxLength: 14 },
);
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

/** Plays a story. Beside the entries, which earlier ones each author had: kept apart from what the entries say. */
function play(moves: Story): { entries: SignedEntry[]; had: Map<string, Set<string>> } {
  const writers = names.map((name) => writer(name));
  const knows = names.map(() => new Set<string>());
  const entries: SignedEntry[] = [];
  const had = new Map<string, Set<string>>();
  for (const { who, looksAt, item, state } of moves) {
    const [author, known] = [writers[who], knows[who]];
    if (!author || !known) continue;
    const seen = looksAt === null ? undefined : entries[looksAt];
    if (seen) {
      const { author: other, seq } = seen.statement.predicate;
      author.see(seen);
      for (const { id, statement } of entries) {
        if (statement.predicate.author === other && statement.predicate.seq <= seq) known.add(id);
      }
    }
    const entry = author.mark(item, state);
    had.set(entry.id, new Set(known));
    known.add(entry.id);
    entries.push(entry);
  }
  return { entries, had };
}

describe('an exchange of reviews', () => {
  it('ends in the same state whatever comes first, twice, in parts, or by way of others', async () => {
    await fc.assert(
      fc.asyncProperty(story, fc.infiniteStream(fc.nat()), async (moves, stream) => {
        const { entries } = play(moves);
        const next = (below: number) => (stream.next().value ?? 0) % below;
        const whole = stateOf(await merge(nothing, entries));
        expect(whole.ids).toHaveLength(entries.length);
        const shuffled = entries
          .map((entry) => ({ entry, rank: next(1000) }))
          .sort((a, b) => a.rank - b.rank);
        const order = shuffled.map(({ entry }) => entry);
        expect(stateOf(await merge(nothing, order))).toEqual(whole);
        expect(stateOf(await merge(nothing, [...order, ...entries]))).toEqual(whole);
        const [a, b] = [order.filter(() => next(2) === 0), order.filter(() => next(2) === 0)];
        const rest = entries.filter((entry) => !a.includes(entry) && !b.includes(entry));
        const [ab, ba] = [await merge(await merge(nothing, a), b), await merge(await merge(nothing, b), a)];
        expect(stateOf(ab)).toEqual(stateOf(ba));
        const bc = await merge(await merge(nothing, b), rest);
        expect(stateOf(await merge(ab, rest))).toEqual(whole);
        expect(stateOf(await merge(await merge(nothing, a), [...bc.values()]))).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves standing exactly the marks that no later author had before them, and disputes what differs', () => {
    fc.assert(
      fc.property(story, (moves) => {
        const { entries, had } = play(moves);
        const markOf = ({ statement }: SignedEntry) => {
          const { says } = statement.predicate;
          if (says.kind !== 'review' || !says.marks[0]) throw new Error('not a mark');
          return says.marks[0];
        };
        for (const item of foldReview(entries).items) {
          const of = entries.filter((entry) => markOf(entry).item === item.item);
          const standing = of.filter(({ id }) => !of.some((other) => had.get(other.id)?.has(id)));
          expect(item.marks.map(({ entry }) => entry).sort()).toEqual(standing.map(({ id }) => id).sort());
          expect(item.disputed).toBe(new Set(standing.map((entry) => markOf(entry).state)).size > 1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('settles a dispute with a mark that has seen both sides', () => {
    const [ada, bob, eve] = names.map((name) => writer(name)) as [Writer, Writer, Writer];
    const [done, failed] = [ada.mark('disk', 'done'), bob.mark('disk', 'failed', 'too small')];
    const [disputed] = foldReview([done, failed]).items;
    expect(disputed).toMatchObject({ disputed: true, title: 'The disk' });
    expect(disputed?.marks.map(({ author, state }) => [author, state]).sort()).toEqual([
      ['ada@example.com', 'done'],
      ['bob@example.com', 'failed'],
    ]);
    const settled = eve.see(done, failed).mark('disk', 'failed', 'agreed');
    expect(foldReview([settled, done, failed]).items).toMatchObject([
      { disputed: false, marks: [{ author: 'eve@example.com', state: 'failed' }] },
    ]);
  });

  it('takes nothing that does not verify, says what and why, and takes the rest', async () => {
    const ada = writer('ada@example.com');
    const good = ada.mark('disk', 'done');
    const forgery = new Writer(
      'ada@example.com',
      'desk',
      (bytes) => keys.get('bob@example.com')?.sign(bytes, namespace) ?? '',
    );
    const stranger = new Writer('mallory@example.com', 'laptop', (bytes) =>
      handMadeEd25519().sign(bytes, namespace),
    );
    const otherUse = new Writer(
      'ada@example.com',
      'x',
      (bytes, author) => keys.get(author)?.sign(bytes, 'file') ?? '',
    );
    const [forged, strange, other, last] = [forgery, stranger, otherUse, ada].map((one) =>
      one.mark('disk', 'failed'),
    );
    if (!forged || !strange || !other || !last) throw new Error('unreachable');
    const changed = Buffer.from(last.bytes.toString().replace('failed', 'done'));
    const candidates: Candidate[] = [
      { ...candidateOf(forged), name: 'forged' },
      { ...candidateOf(strange), name: 'stranger' },
      { ...candidateOf(other), name: 'other use' },
      { ...candidateOf(last), name: 'changed', bytes: changed },
      { ...candidateOf(last), name: 'cut off', bytes: last.bytes.subarray(0, -20) },
      { ...candidateOf(last), name: 'converted', armoured: last.armoured.replaceAll('\n', '\r\n') },
      {
        ...candidateOf(last),
        name: 'laid out',
        bytes: Buffer.from(JSON.stringify(JSON.parse(String(last.bytes)), null, 2)),
      },
      candidateOf(good),
    ];
    const { entries, refused, added } = await mergeEntries(nothing, candidates, options);
    expect([...entries.keys()]).toEqual([good.id]);
    expect(added).toEqual([good]);
    expect(refused.map(({ name, code }) => [name, code])).toEqual([
      ['forged', 'not-allowed'],
      ['stranger', 'not-allowed'],
      ['other use', 'wrong-namespace'],
      ['changed', 'bad-signature'],
      ['cut off', 'malformed'],
      ['converted', 'malformed'],
      ['laid out', 'malformed'],
    ]);
    expect(refused.map(({ message }) => message).join('\n')).toMatch(/Windows line ends/);
    const elsewhere = await mergeEntries(nothing, [candidateOf(good)], { trust, launch: 'apex@2' });
    expect(elsewhere.refused).toMatchObject([{ code: 'other-launch' }]);
  });

  it('raises an alarm when one author signed two histories, and lets neither replace the other', () => {
    const first = writer('ada@example.com').mark('disk', 'done');
    const ada = writer('ada@example.com');
    ada.mark('disk', 'failed');
    const second = ada.mark('disk', 'failed');
    const { forks, items, gaps } = foldReview([first, second]);
    expect([forks, gaps]).toEqual([[], [{ author: 'ada@example.com', device: 'laptop', seq: 1 }]]);
    expect(items).toMatchObject([{ disputed: false }]);
    const branch = writer('ada@example.com');
    const [start, next] = [branch.mark('disk', 'failed'), branch.mark('disk', 'failed')];
    const forked = foldReview([first, start, next]);
    expect(forked.forks).toEqual([
      { author: 'ada@example.com', device: 'laptop', seq: 1, ids: [first.id, start.id].sort() },
    ]);
    expect(forked.items[0]?.marks.map(({ entry }) => entry).sort()).toEqual([first.id, next.id].sort());
    expect(forked.items[0]?.disputed).toBe(true);
    expect(
      headsOf([first, start, next])
        .map(({ id }) => id)
        .sort(),
    ).toEqual([first.id, next.id].sort());
  });

  it('puts a new entry after its author’s last, having seen only what has no hole before it', () => {
    const [ada, bob] = [writer('ada@example.com'), writer('bob@example.com')];
    const [a1, a2, a3] = [1, 2, 3].map(() => ada.mark('disk', 'done')) as [
      SignedEntry,
      SignedEntry,
      SignedEntry,
    ];
    const b1 = bob.mark('disk', 'failed');
    const own = { author: 'bob@example.com', device: 'laptop' };
    expect(nextPlace([], own)).toEqual({ seq: 1, prev: '', seen: [] });
    expect(nextPlace([b1, a1, a3], own)).toMatchObject({
      seq: 2,
      prev: b1.id,
      seen: [{ seq: 1, id: a1.id }],
    });
    expect(nextPlace([b1, a1, a2, a3], own)).toMatchObject({ seen: [{ seq: 3, id: a3.id }] });
  });

  it('orders by what people had seen, with clocks a year apart', () => {
    const [ada, bob] = [writer('ada@example.com'), writer('bob@example.com')];
    [ada.clock, bob.clock] = ['2027-11-24T09:00:00.000Z', '2026-11-24T09:00:00.000Z'];
    const early = ada.mark('disk', 'done');
    bob.see(early);
    const late = bob.mark('disk', 'failed');
    expect(foldReview([late, early]).items.find(({ item }) => item === 'disk')?.marks).toMatchObject([
      { author: 'bob@example.com' },
    ]);
  });

  it('shows what was reviewed on an older checklist as such', () => {
    const [document] = subjectsFor(sightOf(), null);
    const today = digestOf(document?.bytes ?? Buffer.of());
    const says = {
      kind: 'review' as const,
      marks: [],
      comments: [{ item: null, text: 'Fine' }],
      attachments: [],
    };
    const entry = writer('ada@example.com').write(says, sightOf());
    expect(isOnToday(entry, today)).toBe(true);
    const changed = sightOf({ sections: sightOf().sections.slice(1) });
    expect(isOnToday(writer('ada@example.com').write(says, changed), today)).toBe(false);
  });
});

describe('the files of an exchange', () => {
  const answered = () => {
    const [ada, bob] = [writer('ada@example.com'), writer('bob@example.com')];
    return [ada.mark('disk', 'done'), ada.answer('lead', 'go', sightOf()), bob.mark('disk', 'failed')];
  };
  const documents = new Map(subjectsFor(sightOf(), null).map(({ bytes }) => [digestOf(bytes), bytes]));
  const filesOf = async (entries: readonly SignedEntry[]) =>
    exchangeFiles(await merge(nothing, entries), (digest) => documents.get(digest) ?? null);

  it('go through a zip and come back as the same entries, with the documents they are about', async () => {
    const entries = answered();
    const zip = join(temporaryFolder(), 'review.zip');
    writeFileSync(zip, writeZip(await filesOf(entries)));
    const read = await readExchange(readBundleFiles(zip));
    expect(read.refused).toEqual([]);
    expect(read.documents).toEqual(documents);
    const { entries: merged } = await mergeEntries(nothing, read.candidates, options);
    expect(stateOf(merged)).toEqual(stateOf(await merge(nothing, entries)));
  });

  it('go through a shared folder that several people add to, each file once', async () => {
    const entries = answered();
    const shared = temporaryFolder();
    const [mine, theirs] = [await filesOf(entries.slice(0, 2)), await filesOf(entries.slice(2))];
    expect(await addToFolder(shared, mine)).toHaveLength(mine.size);
    expect(await addToFolder(shared, theirs)).toHaveLength(theirs.size - 1);
    expect(await addToFolder(shared, mine)).toEqual([]);
    const { candidates, refused } = await readExchange(readBundleFiles(shared));
    expect(refused).toEqual([]);
    expect((await mergeEntries(nothing, candidates, options)).added).toHaveLength(3);
  });

  it('are added in groups: whoever stops has whole files there, and goes on where they stopped', async () => {
    const ada = writer('ada@example.com');
    const entries = Array.from({ length: 120 }, (_, index) => ada.mark(`item ${index}`, 'done'));
    const [files, shared, stop] = [await filesOf(entries), temporaryFolder(), new AbortController()];
    const told: [number, number][] = [];
    const stopping = addToFolder(shared, files, {
      signal: stop.signal,
      onProgress: (done, total) => {
        told.push([done, total]);
        stop.abort();
      },
    });
    await expect(stopping).rejects.toThrow(/Stopped when 100 of \d+ files/);
    expect(told).toEqual([[100, files.size]]);
    const { candidates, refused } = await readExchange(readBundleFiles(shared));
    expect(candidates).not.toEqual([]);
    // The last one may have its signature there before itself.
    expect(refused.length).toBeLessThanOrEqual(1);
    const merged = await mergeEntries(nothing, candidates, options);
    expect(merged).toMatchObject({ added: { length: candidates.length }, refused: [] });
    expect(await addToFolder(shared, files)).toHaveLength(files.size - 100);
    expect(new Map([...readBundleFiles(shared)].sort())).toEqual(new Map([...files].sort()));
  });

  it('are whole or not there after a kill, and adding them again goes on and clears up', async () => {
    const shared = temporaryFolder();
    const size = 5_000;
    const names = Array.from({ length: 1_500 }, (_, index) => `entries/ada+laptop/${index}.json`);
    const files = new Map(names.map((name, index) => [name, Buffer.alloc(size, `${index} `)]));
    const source = join(import.meta.dirname, '../../../electron/signoff/exchange/folder.ts');
    const code = `
      import { addToFolder } from ${JSON.stringify(source)};
      const names = ${JSON.stringify(names)};
      const files = new Map(names.map((name, index) => [name, Buffer.alloc(${size}, index + ' ')]));
      await addToFolder(${JSON.stringify(shared)}, files, { onProgress: () => console.log('a group') });
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', code]);
    const ended = once(child, 'close');
    child.stdout.once('data', () => child.kill('SIGKILL'));
    expect(await ended).toEqual([null, 'SIGKILL']);

    const parts = readdirSync(shared).filter((name) => name !== 'entries');
    expect(parts).toHaveLength(1);
    const left = join(shared, parts[0] ?? '');
    const there = await readFromFolder(shared);
    expect(there.size).toBeGreaterThanOrEqual(100);
    expect(there.size).toBeLessThan(files.size);
    for (const [name, bytes] of there) expect(bytes.equals(files.get(name) ?? Buffer.of()), name).toBe(true);

    const hoursAgo = new Date(Date.now() - 7_200_000);
    utimesSync(left, hoursAgo, hoursAgo);
    expect(await addToFolder(shared, files)).toHaveLength(files.size - there.size);
    expect((await readFromFolder(shared)).size).toBe(files.size);
    expect(readdirSync(shared)).toEqual(['entries']);
  });

  it('are written, shared and read in turns with whatever else there is to do', async () => {
    const ada = writer('ada@example.com');
    const entries = Array.from({ length: 20 }, (_, index) => ada.mark(`item ${index}`, 'done'));
    const [set, shared] = [await merge(nothing, entries), temporaryFolder()];
    let files = new Map<string, Buffer>();
    const atLeast = entries.length / 2;
    const writing = async () => {
      files = await exchangeFiles(set, () => null);
    };
    expect(await turnsDuring(writing)).toBeGreaterThan(atLeast);
    expect(await turnsDuring(() => missingFrom(shared, files))).toBeGreaterThan(atLeast);
    expect(await turnsDuring(() => addToFolder(shared, files))).toBeGreaterThan(atLeast);
    expect(await turnsDuring(() => readFromFolder(shared))).toBeGreaterThan(atLeast);
    expect(await turnsDuring(() => readExchange(files))).toBeGreaterThan(atLeast);
    expect((await readExchange(await readFromFolder(shared))).candidates).toHaveLength(entries.length);
  });

  it('mean the same under other names, and say which is missing or is not what it says', async () => {
    const folder = temporaryFolder();
    await addToFolder(folder, await filesOf(answered()));
    const copy = join(folder, 'entries', 'copy');
    const from = join(folder, 'entries', 'ada@example.com+laptop');
    mkdirSync(copy);
    cpSync(from, copy, { recursive: true });
    const [name = ''] = readBundleFiles(folder).keys();
    expect(name).toBe('.gitattributes');
    const names = [...readBundleFiles(copy).keys()];
    const [first = '', , second = ''] = names;
    renameSync(join(copy, first), join(copy, 'renamed.json'));
    writeFileSync(join(copy, second), readFileSync(join(copy, second)).subarray(1));
    const { candidates, refused } = await readExchange(readBundleFiles(folder));
    expect(refused.map((one) => one.name).sort()).toEqual([
      `entries/copy/${first}.sig`,
      'entries/copy/renamed.json',
    ]);
    const merged = await mergeEntries(nothing, candidates, options);
    expect(merged.added).toHaveLength(3);
    expect(merged.refused).toMatchObject([{ name: `entries/copy/${second}`, code: 'malformed' }]);
  });
});
