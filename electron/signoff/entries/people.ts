import { parseSshsig } from '../ssh/sshsig.ts';
import type { Trust } from '../verify.ts';
import type { SignedEntry } from './entry.ts';

/** A signature made in a data folder, and the name its journal had for the person who made it. */
export interface MadeHere {
  recordedBy: string;
  author: string;
}

/**
 * All names of the people who have one of these: names of journals and of allowed_signers are of one person where somebody
 * signed by the one in the data folder in which they went by the other, and where both have the same key. How names are
 * spelled says nothing.
 */
export function namesOfPeople(
  names: Iterable<string>,
  made: readonly MadeHere[],
  keys: readonly { name: string; key: string }[],
): Set<string> {
  const groups = [
    ...made.map(({ recordedBy, author }) => [recordedBy, author]),
    ...[...Map.groupBy(keys, ({ key }) => key).values()].map((same) => same.map(({ name }) => name)),
  ].filter((group) => new Set(group).size > 1);
  const known = new Set(names);
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const group of groups) {
      if (group.some((name) => known.has(name))) for (const name of group) known.add(name);
    }
  }
  return known;
}

/** Which key each name has: as allowed_signers writes it, and as the answers were signed. */
export function keysOfNames(
  { signers }: Pick<Trust, 'signers'>,
  entries: readonly SignedEntry[],
): { name: string; key: string }[] {
  const written = signers
    .filter(({ certAuthority }) => !certAuthority)
    .flatMap(({ principals, key }) => principals.map((name) => ({ name, key: key.blob.toString('base64') })))
    .filter(({ name }) => !/[*?!]/.test(name));
  const signed = entries.map(({ armoured, statement }) => ({
    name: statement.predicate.author,
    key: parseSshsig(armoured).key.blob.toString('base64'),
  }));
  return [...written, ...signed];
}
