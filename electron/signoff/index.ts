/**
 * Sign-offs: statements over exactly what a person saw, signed with their own SSH key, and what follows from them today.
 *
 * `createSignoffs` keeps those of a launch: it signs, takes in what others signed, and says what each role says now,
 * which is derived by `standingsOf` and never stored. The rest is for who reads entries outside of a launch: the audit
 * bundle and its verifier.
 */
export { Ancestry, type Fork } from './entries/ancestry.ts';
export type { Gap } from './entries/chains.ts';
export { chainOf, readEntry, type SignedEntry, verifyEntry } from './entries/entry.ts';
export { keysOfNames, type MadeHere, namesOfPeople } from './entries/people.ts';
export { SignoffError, type SignoffErrorCode } from './errors.ts';
export { type Attachment, attachmentName, attachmentsOf, largestAttachment } from './exchange/attachments.ts';
export type { ReadExchange } from './exchange/files.ts';
export { addToFolder, missingFrom, readFromFolder } from './exchange/folder.ts';
export {
  type Candidate,
  type EntrySet,
  type Merged,
  mergeEntries,
  type RefusedCandidate,
} from './exchange/merge.ts';
export {
  foldReview,
  type Review,
  type ReviewAttachment,
  type ReviewComment,
  type ReviewedItem,
  type StandingMark,
} from './exchange/review.ts';
export { entryKept, signoffProjection, signoffTellers } from './record/entries.ts';
export { type PackTrust, readTrust, trustOf } from './record/trust-files.ts';
export { type AllowedSigner, type AllowedSigners, parseAllowedSigners } from './signers/allowed-signers.ts';
export { noneRevoked, parseRevokedKeys, type RevokedKeys } from './signers/revoked.ts';
export { formatTimestamp } from './signers/time.ts';
export type { Ask, Prompt } from './signing/askpass.ts';
export type { Signature, SignOptions } from './signing/sign.ts';
export type { SigningTool } from './signing/tool.ts';
export {
  createSignoffs,
  type Imported,
  type SignoffOptions,
  type Signoffs,
  type SignWith,
} from './signoffs.ts';
export { type Certificate, parseSigningKey, type SigningKey } from './ssh/certificate.ts';
export { fingerprint } from './ssh/key.ts';
export { digestOf, type Plain } from './statement/canonical.ts';
export {
  type SeenItem,
  type Sight,
  type SubjectDocument,
  subjectsFor,
} from './statement/sight.ts';
export {
  type Head,
  namespace,
  type Predicate,
  type ReviewSays,
  type Says,
  type Statement,
  type Subject,
} from './statement/statement.ts';
export { atOnce, inTurns } from './turns.ts';
export type { Difference, SeenDocuments } from './validity/differences.ts';
export { maySign, type RolePolicy } from './validity/policy.ts';
export {
  type JudgedAnswer,
  type RoleStanding,
  type RoleVerdict,
  type StandingFacts,
  standingsOf,
} from './validity/standing.ts';
export type { Refused, Trust, Verified } from './verify.ts';
export { readBundleFiles, readBundleFilesInTurns } from './zip/folder.ts';
export { objectionToName } from './zip/name.ts';
export type { ZipLimits } from './zip/read.ts';
export { writeZip, zipping } from './zip/write.ts';
