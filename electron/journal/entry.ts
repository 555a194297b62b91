import { hash as hashOf } from 'node:crypto';
import type { z } from 'zod';
import { JournalError } from './errors.ts';

/** One line of the journal. Every column but `hash` itself goes into `hash`. */
export interface Entry {
  /** The data folder that wrote it: one chain per device. */
  device: string;
  /** Place in the device's chain, from 1, without gaps. */
  seq: number;
  /** Lamport clock: larger than that of every entry the writer had seen. Orders entries across devices. */
  lamport: number;
  /** Wall time of the writer, ISO 8601 in UTC. For display only: clocks are wrong. */
  at: string;
  /** Who did it, as the person called themselves. */
  author: string;
  kind: string;
  /** JSON text, kept as the exact bytes that were hashed. */
  body: string;
  /** `hash` of the device's previous entry; empty for the first. */
  prev: string;
  /** SHA-256, hex. */
  hash: string;
}

/** What a writer supplies; the journal adds device, order, time and hash. */
export interface Draft {
  kind: string;
  body: string;
}

/** A kind of entry: its name, and the shape its body must have now and for ever. */
export interface EntryKind<Body> {
  readonly name: string;
  /** Checks the body and makes a draft of it. Throws `JournalError('bad-entry')`. */
  draft(body: Body): Draft;
  parse(entry: Entry): Body;
}

export function entryKind<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
): EntryKind<z.output<Schema>> {
  return {
    name,
    draft: (body) => {
      const checked = schema.safeParse(body);
      if (!checked.success) {
        throw new JournalError('bad-entry', `A "${name}" entry cannot be written: ${checked.error.message}`);
      }
      return { kind: name, body: JSON.stringify(checked.data) };
    },
    parse: (entry) => schema.parse(JSON.parse(entry.body)),
  };
}

/**
 * SHA-256 over the RFC 8785 form of every other column. Strings and integers only, so the form is unambiguous, and it is
 * what JSON.stringify makes of the columns in the order of their names: every entry is hashed at every open.
 * @throws JournalError `bad-entry` where a text is no Unicode, which the form does not have
 */
export function hashEntry(entry: Omit<Entry, 'hash'>): string {
  const { at, author, body, device, kind, lamport, prev, seq } = entry;
  if (!author.isWellFormed() || !kind.isWellFormed() || !body.isWellFormed())
    throw new JournalError('bad-entry', `A "${kind}" entry cannot be written: half a character is in it.`);
  return hashOf('sha256', JSON.stringify({ at, author, body, device, kind, lamport, prev, seq }));
}
