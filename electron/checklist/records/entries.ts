import { z } from 'zod';
import { itemState } from '../../../shared/contract/common.ts';
import { entryKind } from '../../journal/index.ts';

/** Every entry says in words which item it is about, so that the journal can be read without the document. */
const about = z.object({
  launch: z.string(),
  item: z.string(),
  title: z.string(),
  /** Headings and items above it. */
  path: z.array(z.string()),
});

/** The box in the file once the entry was made, and the digest of that file. */
const box = z.enum([' ', 'x', '~']);
const digest = z.string();
/**
 * Hashes of the entries on the same question that the author could see. What is not among them was said without
 * knowing of this, and the other way round: the two stand side by side, and the item is disputed if they differ.
 */
const seen = z.array(z.string());

export const itemMarked = entryKind(
  'item.marked',
  about.extend({
    state: itemState,
    reason: z.string(),
    box,
    digest,
    seen,
    /** Where it is a reviewer's mark that was taken over: the signed entries that say so. */
    evidence: z.array(z.object({ entry: z.string(), author: z.string() })).optional(),
  }),
);
export type MarkEvidence = NonNullable<ReturnType<typeof itemMarked.parse>['evidence']>;

/** Whether a no-go criterion holds; null takes the answer back. */
export const itemAnswered = entryKind(
  'item.answered',
  about.extend({ holds: z.boolean().nullable(), note: z.string(), box, digest, seen }),
);

export const itemNoted = entryKind('item.noted', about.extend({ text: z.string() }));

/** An empty name assigns it to nobody. */
export const itemAssigned = entryKind('item.assigned', about.extend({ to: z.string() }));

export const itemOverridden = entryKind('item.overridden', about.extend({ reason: z.string() }));

export const itemOverrideWithdrawn = entryKind('item.override-withdrawn', about);

/** What became of an item that the document no longer shows under its words: another item, or null for gone. */
export const itemRematched = entryKind(
  'item.rematched',
  about.extend({
    to: about.omit({ launch: true }).nullable(),
    /** `words`: they were nearly the same, in the same section. `person`: somebody said so. */
    how: z.enum(['words', 'person']),
  }),
);

/** The document was read and is not what it was at the last reading, or was never read before. */
export const checklistRead = entryKind(
  'checklist.read',
  z.object({
    launch: z.string(),
    file: z.string(),
    digest: z.string(),
    /** The name of the parsed document in the cache: see `cacheKey`. */
    key: z.string(),
    items: z.number().int(),
    ticked: z.number().int(),
  }),
);
