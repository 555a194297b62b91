import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashEntry } from '../../../electron/journal/entry.ts';

const text = fc.string({ unit: 'binary' });

describe('the hash of an entry', () => {
  it('is that of the canonical form that RFC 8785 gives the other columns, whatever is in them', () => {
    const entries = fc.record({
      ...{ device: text, at: text, author: text, kind: text, body: text, prev: text },
      ...{ seq: fc.integer({ min: 1 }), lamport: fc.maxSafeInteger() },
    });
    fc.assert(
      fc.property(entries, (entry) => {
        const form = canonicalize(entry) ?? '';
        expect(hashEntry(entry)).toBe(createHash('sha256').update(form).digest('hex'));
      }),
    );
  });

  it('is not made of half a character, which the database would not give back', () => {
    const entry = {
      device: 'd',
      seq: 1,
      lamport: 1,
      at: '',
      author: 'Ada \ud83d',
      kind: 'note',
      body: '{}',
      prev: '',
    };
    expect(() => hashEntry(entry)).toThrow(/"note" entry cannot be written: half a character/);
  });
});
