import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBytes, digestOf, readCanonical } from '../../../electron/signoff/statement/canonical.ts';
import { subjectsFor, subjectsOf } from '../../../electron/signoff/statement/sight.ts';
import {
  entryId,
  type Predicate,
  readStatement,
  writeStatement,
} from '../../../electron/signoff/statement/statement.ts';
import { measured, sightOf, withItem } from './launch.ts';

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger().map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__'),
      tie('value'),
    ),
  ),
})).value as fc.Arbitrary<Parameters<typeof canonicalBytes>[0]>;

const answer: Predicate = {
  launch: 'apex@1',
  author: 'ada@example.com',
  device: 'd1',
  seq: 1,
  prev: '',
  seen: [],
  claimedAt: '2026-11-24T09:00:00.000Z',
  says: { kind: 'answer', role: 'ml-engineer', answer: 'go', condition: '', withdraws: [] },
};

describe('what is signed', () => {
  it('is read back as it was written, in one form only', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const bytes = canonicalBytes(value);
        expect(canonicalBytes(readCanonical(bytes, 'It'))).toEqual(bytes);
        expect(() => readCanonical(Buffer.concat([bytes, Buffer.from('\n')]), 'It')).toThrow();
      }),
    );
  });

  it.each([
    ['a key twice', '{"a":1,"a":2}'],
    ['blanks', '{"a": 1}'],
    ['keys out of order', '{"b":1,"a":2}'],
    ['a fraction', '{"a":1.5}'],
    ['a number that programs round', '{"a":9007199254740993}'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['nothing', ''],
  ])('is refused with %s', (_name, text) => {
    expect(() => readCanonical(Buffer.from(text), 'It')).toThrow(
      expect.objectContaining({ code: 'malformed' }),
    );
  });

  it('is refused with bytes that are no UTF-8', () => {
    expect(() => readCanonical(Buffer.from([0x22, 0xc3, 0x22]), 'It')).toThrow(/damaged/);
  });

  it('is an in-toto statement whose subjects are files by their digests', () => {
    const documents = subjectsFor(sightOf(), null);
    const bytes = writeStatement(subjectsOf(documents), answer);
    const statement = readStatement(bytes);
    expect(statement._type).toBe('https://in-toto.io/Statement/v1');
    expect(statement.subject).toEqual(
      documents.map(({ name, bytes: file }) => ({ name, digest: { sha256: digestOf(file) } })),
    );
    expect(entryId(bytes)).toBe(digestOf(bytes));
  });

  it.each([
    ['a first entry with one before it', { prev: 'a'.repeat(64) }],
    ['a second entry without the first', { seq: 2 }],
    ['a name that is a path', { author: '../ada' }],
    ['a time without a zone', { claimedAt: '2026-11-24T09:00:00' }],
  ])('is not written with %s', (_name, change) => {
    expect(() => writeStatement([], { ...answer, ...change })).toThrow(
      expect.objectContaining({ code: 'malformed' }),
    );
  });
});

describe('what a role sees', () => {
  const digests = (sight = sightOf(), sections: ReadonlySet<string> | null = null) =>
    Object.fromEntries(
      subjectsOf(subjectsFor(sight, sections)).map(({ name, digest }) => [name, digest.sha256]),
    );
  const model = new Set(['s-model']);

  it('is the same when the same was measured again, in another order', () => {
    const evidence = [measured('disk', '598 GB', 'prd-2'), measured('disk', '612 GB')];
    expect(digests(withItem(sightOf(), 'disk', { evidence }))).toEqual(digests());
  });

  it('changes with the evidence of an item of its sections, and with no other', () => {
    const elsewhere = withItem(sightOf(), 'disk', { evidence: [measured('disk', '12 GB')] });
    expect(digests(elsewhere, model)).toEqual(digests(sightOf(), model));
    expect(digests(elsewhere).items).not.toBe(digests().items);
    const here = withItem(sightOf(), 'sharpe', { evidence: [measured('backtest', 'sharpe 0.70')] });
    expect(digests(here, model).items).not.toBe(digests(sightOf(), model).items);
  });

  it('has the runbooks and artifacts only where the role answers for everything', () => {
    expect(Object.keys(digests(sightOf(), model))).toEqual(['checklist', 'items', 'policy']);
    expect(Object.keys(digests())).toEqual(['checklist', 'items', 'policy', 'runbooks', 'artifacts']);
  });
});
