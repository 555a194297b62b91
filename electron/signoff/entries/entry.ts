import { entryId, namespace, type Predicate, readStatement, type Statement } from '../statement/statement.ts';
import { type Refused, type Trust, type Verified, verifySignature } from '../verify.ts';

/** One signed statement, as two files have it. */
export interface SignedEntry {
  /** SHA-256 of the statement's bytes. */
  id: string;
  bytes: Buffer;
  armoured: string;
  statement: Statement;
}

/** Reads without verifying. @throws SignoffError `malformed` */
export function readEntry(bytes: Buffer, armoured: string): SignedEntry {
  return { id: entryId(bytes), bytes, armoured, statement: readStatement(bytes) };
}

/**
 * Verifies an entry's signature by the key of the author it names.
 * @param at the moment at which the key must be valid; without it, the time the author claims
 */
export function verifyEntry(
  { bytes, armoured, statement }: SignedEntry,
  trust: Trust,
  at?: Date,
): Verified | Refused {
  const { author, claimedAt } = statement.predicate;
  return verifySignature(bytes, armoured, {
    ...trust,
    principal: author,
    namespace,
    at: at ?? new Date(claimedAt),
    touch: true,
  });
}

/** Names the chain an entry stands in. */
export function chainOf({ author, device }: Pick<Predicate, 'author' | 'device'>): string {
  return `${author} ${device}`;
}
