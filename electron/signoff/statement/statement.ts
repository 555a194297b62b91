import { z } from 'zod';
import { answerValue, itemState } from '../../../shared/contract/common.ts';
import { SignoffError } from '../errors.ts';
import { canonicalBytes, digestOf, type Plain, readCanonical } from './canonical.ts';

/** What every signature of Holdpoint is made for. */
export const namespace = 'holdpoint-signoff';

export const statementType = 'https://in-toto.io/Statement/v1';
export const predicateType = 'urn:holdpoint:entry:v1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().max(20_000);
/** Words that become parts of file names and of lines that scripts read. */
const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9@._+-]{0,199}$/);
const instant = z.iso.datetime();

const subject = z.strictObject({ name: word, digest: z.strictObject({ sha256 }) });
export type Subject = z.infer<typeof subject>;

/** The last entry of somebody's that the author had before them. */
const head = z.strictObject({ author: word, device: word, seq: z.int().positive(), id: sha256 });
export type Head = z.infer<typeof head>;

const answerSays = z.strictObject({
  kind: z.literal('answer'),
  role: word,
  answer: answerValue,
  /** The condition of a go, or why it is a no-go; may be empty otherwise. */
  condition: text,
  /** Entries of the same role that are taken back with this one. */
  withdraws: z.array(sha256),
});

const withdrawalSays = z.strictObject({
  kind: z.literal('withdrawal'),
  role: word,
  withdraws: z.array(sha256).min(1),
});

const reviewSays = z.strictObject({
  kind: z.literal('review'),
  marks: z.array(
    z.strictObject({
      item: text,
      /** Title and headings, so that the mark can be read without the document. */
      title: text,
      path: z.array(text),
      state: itemState,
      reason: text,
    }),
  ),
  /** `item` is null for what is about the whole. */
  comments: z.array(z.strictObject({ item: text.nullable(), text })),
  attachments: z.array(
    z.strictObject({ item: text.nullable(), name: text, sha256, bytes: z.int().nonnegative() }),
  ),
});

export type ReviewSays = z.infer<typeof reviewSays>;

const says = z.discriminatedUnion('kind', [answerSays, withdrawalSays, reviewSays]);
export type Says = z.infer<typeof says>;

const predicate = z.strictObject({
  launch: z.string().min(1).max(500),
  /** Who signs, by the name that allowed_signers has. */
  author: word,
  /** One chain for each author and device. */
  device: word,
  /** Place in the chain, from 1. */
  seq: z.int().positive(),
  /** Digest of the chain's entry before; empty for the first. */
  prev: z.union([sha256, z.literal('')]),
  /** The heads of all other chains that the author had; of a forked chain, the head of each branch. */
  seen: z.array(head),
  /** By the author's clock, which nobody checks. */
  claimedAt: instant,
  says,
});
export type Predicate = z.infer<typeof predicate>;

const statement = z.strictObject({
  _type: z.literal(statementType),
  subject: z.array(subject),
  predicateType: z.literal(predicateType),
  predicate,
});
export type Statement = z.infer<typeof statement>;

/** The bytes that are signed and kept. @throws SignoffError `malformed` */
export function writeStatement(subjects: readonly Subject[], body: Predicate): Buffer {
  const made = { _type: statementType, subject: subjects, predicateType, predicate: body };
  return canonicalBytes(checked(made) as Plain);
}

/** @throws SignoffError `malformed` */
export function readStatement(bytes: Buffer): Statement {
  return checked(readCanonical(bytes, 'The entry'));
}

/** How entries name each other. */
export const entryId = digestOf;

function checked(value: unknown): Statement {
  const parsed = statement.safeParse(value);
  if (parsed.success) {
    const { seq, prev } = parsed.data.predicate;
    if ((seq === 1) === (prev === '')) return parsed.data;
    throw new SignoffError('malformed', `Entry ${seq} of a chain cannot have "${prev}" before it.`);
  }
  const [issue] = parsed.error.issues;
  throw new SignoffError(
    'malformed',
    `The entry is not one of Holdpoint: ${issue?.path.join('.')} ${issue?.message}.`,
  );
}
