import { readEntry, type SignedEntry, verifyEntry } from '../entries/entry.ts';
import { SignoffError, type SignoffErrorCode } from '../errors.ts';
import { takingTurns } from '../turns.ts';
import type { Trust } from '../verify.ts';

/** Entries by their id. */
export type EntrySet = ReadonlyMap<string, SignedEntry>;

/** Two files that may be an entry. */
export interface Candidate {
  /** Where it came from, for messages. */
  name: string;
  bytes: Buffer;
  armoured: string;
}

export interface RefusedCandidate {
  name: string;
  code: SignoffErrorCode | 'other-launch';
  message: string;
}

export interface Merged {
  /** The union of what was here and what verified. */
  entries: EntrySet;
  added: SignedEntry[];
  /** How many were here already. */
  known: number;
  /** What was not taken, and why. */
  refused: RefusedCandidate[];
}

/**
 * Takes over what verifies. The result is the union of both sets: the same whatever comes first, comes twice, or comes
 * in parts. Nothing is taken that does not verify by the key of the author it names, at the time they claim.
 */
export async function mergeEntries(
  here: EntrySet,
  candidates: Iterable<Candidate>,
  { trust, launch }: { trust: Trust; launch: string },
): Promise<Merged> {
  const entries = new Map(here);
  const merged: Merged = { entries, added: [], known: 0, refused: [] };
  const turn = takingTurns();
  for (const candidate of candidates) {
    await turn();
    const entry = judge(candidate, trust, launch);
    if ('code' in entry) {
      merged.refused.push(entry);
      continue;
    }
    const known = entries.get(entry.id);
    if (known) merged.known += 1;
    else merged.added.push(entry);
    // Some keys sign the same bytes differently each time. One of the two is kept, the same one everywhere.
    if (!known || entry.armoured < known.armoured) entries.set(entry.id, entry);
  }
  return merged;
}

function judge(
  { name, bytes, armoured }: Candidate,
  trust: Trust,
  launch: string,
): SignedEntry | RefusedCandidate {
  try {
    const entry = readEntry(bytes, armoured);
    const { launch: of } = entry.statement.predicate;
    if (of !== launch) {
      return { name, code: 'other-launch', message: `It is of the launch ${of}; this one is ${launch}.` };
    }
    const verdict = verifyEntry(entry, trust);
    return verdict.ok ? entry : { name, code: verdict.code, message: verdict.message };
  } catch (error) {
    if (!(error instanceof SignoffError)) throw error;
    return { name, code: error.code, message: error.message };
  }
}
