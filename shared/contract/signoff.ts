import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { itemStatus } from './checklist.ts';
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

/** One signed entry, as its author said it. */
export const signature = z.object({
  id: z.string(),
  author: z.string(),
  claimedAt: instant,
  kind: z.enum(['answer', 'withdrawal', 'review']),
  /** Empty for a review. */
  role: z.string(),
  /** What it says, in a sentence without its subject. */
  text: z.string(),
  /** `replaced`: by a later answer, or taken back. `outdated`: what it was about has changed since. */
  standing: z.enum(['counts', 'outdated', 'replaced']),
  /** Why it does not count; empty where it does. */
  why: z.string(),
  /** Of the key that signed it. */
  fingerprint: z.string(),
});
export type SignatureRow = z.infer<typeof signature>;

/** A file or entry that was not taken, or does not count any more. */
export const refusedEntry = z.object({ name: z.string(), code: z.string(), message: z.string() });

const place = z.object({ author: z.string(), device: z.string(), seq: z.number().int() });

export const signoffs = z.object({
  /** Answers, what was taken back, and reviews that verify, newest first. */
  history: z.array(signature),
  /** How many there are in all; the history has the newest. */
  signatures: z.number().int(),
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
  /** By claimed time. `item` is null for what is about the whole. */
  comments: z.array(
    z.object({
      entry: z.string(),
      author: z.string(),
      claimedAt: instant,
      item: z.string().nullable(),
      text: z.string(),
    }),
  ),
  /** Files that came with reviews. `there`: its bytes are here, and are those that were signed. */
  attachments: z.array(
    z.object({
      entry: z.string(),
      author: z.string(),
      claimedAt: instant,
      item: z.string().nullable(),
      name: z.string(),
      sha256: z.string(),
      bytes: z.number().int(),
      there: z.boolean(),
    }),
  ),
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

/** A key of this machine, and the names of allowed_signers it may sign for now. */
export const signingKey = z.object({
  keyFile: z.string(),
  type: z.string(),
  fingerprint: z.string(),
  comment: z.string(),
  inAgent: z.boolean(),
  /** What kind of key it is and what that asks of the person, in a sentence; empty for a plain one. */
  about: z.string(),
  names: z.array(z.string()),
  /** Why it may sign for nobody here, in a sentence; empty where it may. */
  why: z.string(),
  /** The line that would let allowed_signers believe it, with a name to fill in; empty where none would. */
  line: z.string(),
});
export type SigningKeyView = z.infer<typeof signingKey>;

/** Who is asked to sign as a role, and whether that can be done here. */
export const roleSigning = z.object({
  role: z.string(),
  title: z.string(),
  /** Names and patterns of launch.yaml. */
  signers: z.array(z.string()),
  approvals: z.number().int(),
  deployerMaySign: z.boolean(),
  /** Titles of roles that nobody may answer for besides. */
  notAlso: z.array(z.string()),
  /** Headings; null for the whole launch. */
  covers: z.array(z.string()).nullable(),
  /** The names and keys of this machine that may. `caution`: why a go of this one would not count all the same. */
  by: z.array(z.object({ as: z.string(), keyFile: z.string(), caution: z.string() })),
  /** Why nobody here may, and what to change; empty where somebody may. */
  why: z.string(),
});
export type RoleSigning = z.infer<typeof roleSigning>;

export const signers = z.object({ keys: z.array(signingKey), roles: z.array(roleSigning) });
export type SignersView = z.infer<typeof signers>;

/** What a role signs, in plain words, as it is now. */
export const toSign = z.object({
  subjects: z.array(z.object({ name: z.string(), sha256: z.string(), text: z.string() })),
  /** Items of it that nobody has proven or done, worst first, and what is known of each. */
  doubts: z.array(z.object({ item: z.string(), title: z.string(), status: itemStatus, text: z.string() })),
  /** How many doubts there are in all. */
  doubted: z.number().int(),
});
export type ToSign = z.infer<typeof toSign>;

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
  added: z.array(
    z.object({
      id: z.string(),
      author: z.string(),
      kind: z.string(),
      claimedAt: instant,
      /** What it says, in a sentence without its subject. */
      text: z.string(),
    }),
  ),
  /**
   * What would say another thing with them than without them; empty once they are kept. `about`: a role, an item, or an
   * author with two histories.
   */
  effects: z.array(
    z.object({
      kind: z.enum(['role', 'item', 'fork']),
      about: z.string(),
      title: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  known: z.number().int(),
  refused: z.array(refusedEntry),
  /** Files of the pack that the sender reviewed and that are not so here. */
  differing: z.array(z.string()),
});
export type ImportedView = z.infer<typeof imported>;

/** What was written for others. */
export const reviewFile = z.object({
  files: z.number().int(),
  /** Of the file, to be compared on another channel; empty for a folder. */
  sha256: z.string(),
  /** What the pack names and the file does not carry. */
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type ReviewFileView = z.infer<typeof reviewFile>;

/** How many files of a shared folder are written by now. */
export const sharing = z.object({ done: z.number().int(), total: z.number().int() });
export type Sharing = z.infer<typeof sharing>;

const path = z.object({ path: z.string().min(1) });

const item = z.string().nullable();
const aboutItem = { item, title: z.string() };
const attachedFile = { name: z.string(), sha256: z.string(), bytes: z.number().int() };

/** What a reviewer has gathered and not signed yet. `title` is empty where something is about the whole. */
export const reviewDraft = z.object({
  marks: z.array(z.object({ item: z.string(), title: z.string(), state: itemState, reason: z.string() })),
  comments: z.array(z.object({ ...aboutItem, text: z.string().min(1) })),
  attachments: z.array(z.object({ ...aboutItem, ...attachedFile })),
});
export type ReviewDraft = z.infer<typeof reviewDraft>;

/** Which marks of reviewers became states of the checklist, and why others did not. */
export const takenOver = z.object({
  taken: z.array(z.object({ item: z.string(), title: z.string(), state: itemState })),
  left: z.array(z.object({ item: z.string(), title: z.string(), why: z.string() })),
});
export type TakenOver = z.infer<typeof takenOver>;

export const signoffContract = {
  get: oc.output(signoffs),
  /** The keys of this machine, and who of the pack's signers they make the present person. */
  signers: oc.output(signers),
  /** Makes an Ed25519 key in the person's own folder of keys. */
  makeKey: oc.input(z.object({ passphrase: z.string() })).output(signers),
  toSign: oc.input(z.object({ role: z.string() })).output(toSign),
  /** Resolves once it is signed. Meanwhile prompts come by `watchPrompts`. */
  sign: oc.input(signWith.extend({ value: answerValue, condition: z.string().default('') })).output(signoffs),
  /** Signs marks, comments and files of a reviewer. They stand beside the checklist; they do not tick it. */
  review: oc
    .input(
      signWith.omit({ role: true }).extend({
        marks: z.array(z.object({ item: z.string(), state: itemState, reason: z.string().default('') })),
        comments: z.array(z.object({ item, text: z.string().min(1) })).default([]),
        attachments: z.array(z.object({ item, ...attachedFile })).default([]),
      }),
    )
    .output(signoffs),
  /** Reads a review that was written by hand, and keeps the files that it names. It is not signed, and no draft, by that. */
  readReview: oc
    .input(path)
    .output(
      z.discriminatedUnion('ok', [
        z.object({ ok: z.literal(true), draft: reviewDraft }),
        z.object({ ok: z.literal(false), problems: z.array(problem) }),
      ]),
    ),
  /** Of the launch that is open. It lasts until it is signed. */
  draft: oc.output(reviewDraft),
  saveDraft: oc.input(reviewDraft).output(reviewDraft),
  /** Keeps a file for the draft. `bytes` are Base64. */
  attach: oc.input(z.object({ name: z.string().min(1), bytes: z.base64() })).output(z.object(attachedFile)),
  /** The bytes of a file that goes with a review or a draft, in Base64. */
  attachment: oc.input(z.object({ sha256: z.string() })).output(z.object({ bytes: z.base64() })),
  /** Signs the draft and empties it. */
  signDraft: oc.input(signWith.omit({ role: true })).output(signoffs),
  /** Takes over what reviewers agree on as the state of these items; null for all that they marked. */
  takeOver: oc.input(z.object({ items: z.array(z.string()).nullable() })).output(takenOver),
  withdraw: oc.input(signWith).output(signoffs),
  watchPrompts: oc.output(eventIterator(signingPrompt)),
  /** Null says no. */
  answerPrompt: oc.input(z.object({ id: z.number().int(), answer: z.string().nullable() })).output(z.null()),
  /** Writes a new review file, with the pack in it; to a path that is no zip, adds what was signed to that folder. */
  export: oc.input(path).output(reviewFile),
  /** Takes in a zip or a folder. With `keep: false` it only says what would come. */
  import: oc.input(path.extend({ keep: z.boolean() })).output(imported),
  /** The folder that was exchanged through last; empty before the first time. */
  sharedFolder: oc.output(z.object({ path: z.string() })),
  /**
   * Takes in what others put into a shared folder, and adds what it lacks. With `keep: false` it only says what would come
   * and how many files would be added.
   */
  exchange: oc.input(path.extend({ keep: z.boolean() })).output(imported.extend({ adds: z.number().int() })),
  /**
   * How far the adding to a shared folder is; null while nothing is added. Aborting the call of `export` or `exchange`
   * ends it, with whole files in the folder.
   */
  sharing: oc.output(sharing.nullable()),
};
