import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { answerValue, instant, itemState, problem } from './common.ts';

/** One thing that is not as it was when somebody signed. */
export const difference = z.object({
  subject: z.string(),
  /** The item, section or file it is about; null for the whole. */
  about: z.string().nullable(),
  change: z.enum(['added', 'removed', 'changed', 'unknown']),
  text: z.string(),
});

export const roleStanding = z.object({
  role: z.string(),
  title: z.string(),
  verdict: z.enum([
    'go',
    'go-with-condition',
    'no-go',
    'conflict',
    'outdated',
    'not-entitled',
    'abstain',
    'missing',
    'silent',
  ]),
  /** Why the role does not say go; empty where it does. */
  lacks: z.string(),
  answers: z.array(
    z.object({
      id: z.string(),
      author: z.string(),
      answer: answerValue,
      condition: z.string(),
      claimedAt: instant,
      /** Since it was signed; empty while it is about today's launch. */
      differences: z.array(difference),
      lacks: z.string(),
    }),
  ),
});

/** A file or entry that was not taken, or does not count any more. */
export const refusedEntry = z.object({ name: z.string(), code: z.string(), message: z.string() });

const place = z.object({ author: z.string(), device: z.string(), seq: z.number().int() });

export const signoffs = z.object({
  /** Of the roles whose answers are signed. */
  standings: z.array(roleStanding),
  refused: z.array(refusedEntry),
  /** In allowed_signers and revoked_keys. */
  problems: z.array(problem),
  /** Places at which somebody signed two histories. */
  forks: z.array(place.extend({ ids: z.array(z.string()) })),
  /** Places of entries that others follow and that are not here. */
  gaps: z.array(place),
  /** Entries with marks that were made on another text of the checklist. */
  olderReviews: z.array(z.string()),
  /** Marks that came with reviews. */
  reviewed: z.array(
    z.object({
      item: z.string(),
      title: z.string(),
      path: z.array(z.string()),
      disputed: z.boolean(),
      marks: z.array(
        z.object({
          entry: z.string(),
          author: z.string(),
          claimedAt: instant,
          state: itemState,
          reason: z.string(),
        }),
      ),
    }),
  ),
});
export type SignoffsView = z.infer<typeof signoffs>;

/** A question of the program that signs. With `open: false` it needs no answer any more. */
export const signingPrompt = z.object({
  id: z.number().int(),
  kind: z.enum(['secret', 'confirm', 'notice']),
  text: z.string(),
  open: z.boolean(),
});
export type SigningPrompt = z.infer<typeof signingPrompt>;

/** `as`: a name of allowed_signers. `keyFile`: a private key, or a public key that an agent or device has. */
const signWith = z.object({ role: z.string(), as: z.string(), keyFile: z.string() });

export const imported = z.object({
  added: z.array(z.object({ id: z.string(), author: z.string(), kind: z.string(), claimedAt: instant })),
  known: z.number().int(),
  refused: z.array(refusedEntry),
});
export type ImportedView = z.infer<typeof imported>;

const path = z.object({ path: z.string().min(1) });

export const signoffContract = {
  get: oc.output(signoffs),
  /** Resolves once it is signed. Meanwhile prompts come by `watchPrompts`. */
  sign: oc.input(signWith.extend({ value: answerValue, condition: z.string().default('') })).output(signoffs),
  /** Signs marks and comments of a reviewer. They stand beside the checklist; they do not tick it. */
  review: oc
    .input(
      signWith.omit({ role: true }).extend({
        marks: z.array(z.object({ item: z.string(), state: itemState, reason: z.string().default('') })),
        comments: z.array(z.object({ item: z.string().nullable(), text: z.string().min(1) })).default([]),
      }),
    )
    .output(signoffs),
  withdraw: oc.input(signWith).output(signoffs),
  watchPrompts: oc.output(eventIterator(signingPrompt)),
  /** Null says no. */
  answerPrompt: oc.input(z.object({ id: z.number().int(), answer: z.string().nullable() })).output(z.null()),
  /** Writes all that was signed into a new zip, or adds it to a folder. */
  export: oc.input(path).output(z.object({ files: z.number().int() })),
  /** Takes in a zip or a folder. With `keep: false` it only says what would come. */
  import: oc.input(path.extend({ keep: z.boolean() })).output(imported),
  /** Writes the audit bundle as a new zip or folder. */
  audit: oc.input(path).output(z.object({ files: z.number().int(), digest: z.string() })),
};
