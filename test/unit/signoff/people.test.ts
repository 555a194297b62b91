import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOfNames, namesOfPeople } from '../../../electron/signoff/entries/people.ts';
import { parseAllowedSigners } from '../../../electron/signoff/index.ts';
import { handMadeEd25519 } from './hand-made.ts';

const names = (start: string[], made: [string, string][] = [], keys: [string, string][] = []) => [
  ...namesOfPeople(
    start,
    made.map(([recordedBy, author]) => ({ recordedBy, author })),
    keys.map(([name, key]) => ({ name, key })),
  ),
];

describe('the names of a person', () => {
  it('are joined by a signature made in the same data folder, and by a key, and by both one after the other', () => {
    expect(names(['Ada'], [['Ada', 'ada@example.com']])).toEqual(['Ada', 'ada@example.com']);
    const shared: [string, string][] = [
      ['ada@example.com', 'k1'],
      ['a.lovelace@example.com', 'k1'],
      ['bob@example.com', 'k2'],
    ];
    expect(names(['Ada'], [['Ada', 'ada@example.com']], shared)).toContain('a.lovelace@example.com');
    expect(names(['Ada'], [['Ada', 'ada@example.com']], shared)).not.toContain('bob@example.com');
    expect(names(['Ada L.'], [['Ada', 'ada@example.com']], shared)).toEqual(['Ada L.']);
  });

  it('do not depend on the order in which the links are found', () => {
    const link = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(fc.array(link, { maxLength: 8 }), (links) => {
        const forwards = names(['a'], links).sort();
        expect(names(['a'], links.toReversed()).sort()).toEqual(forwards);
      }),
    );
  });

  it('are read from allowed_signers where a line writes them out, and not from its patterns or authorities', () => {
    const key = handMadeEd25519().publicKey;
    const text = `ada@example.com,ada@example.org ${key}\n*@example.net ${key}\nca@example.com cert-authority ${key}\n`;
    expect(keysOfNames(parseAllowedSigners(text), []).map(({ name }) => name)).toEqual([
      'ada@example.com',
      'ada@example.org',
    ]);
  });
});
