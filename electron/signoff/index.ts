/**
 * Sign-offs: statements over exactly what a person saw, signed with their own SSH key, and what follows from them today.
 *
 * `subjectsFor` says what a role signs, `writeStatement` and `sign` make an entry, `verifyEntry` says whether it is
 * believed, and `standingsOf` derives what each role says now: nothing of that is ever stored. `mergeEntries` takes in
 * what others signed, and `foldReview` says what they say together.
 */
export { Ancestry, type Fork } from './entries/ancestry.ts';
export { type Gap, gapsOf, headsOf, nextPlace } from './entries/chains.ts';
export { chainOf, readEntry, type SignedEntry, verifyEntry } from './entries/entry.ts';
export { SignoffError, type SignoffErrorCode } from './errors.ts';
export { exchangeFiles, type ReadExchange, readExchange } from './exchange/files.ts';
export { addToFolder } from './exchange/folder.ts';
export {
  type Candidate,
  type EntrySet,
  type Merged,
  mergeEntries,
  type RefusedCandidate,
} from './exchange/merge.ts';
export {
  foldReview,
  isOnToday,
  type Review,
  type ReviewComment,
  type ReviewedItem,
  type StandingMark,
} from './exchange/review.ts';
export { signoffProjection, signoffTellers } from './record/entries.ts';
export { type PackTrust, trustOf } from './record/trust-files.ts';
export { type AllowedSigner, type AllowedSigners, parseAllowedSigners } from './signers/allowed-signers.ts';
export { noneRevoked, parseRevokedKeys, type RevokedKeys } from './signers/revoked.ts';
export { formatTimestamp } from './signers/time.ts';
export type { Ask, Prompt } from './signing/askpass.ts';
export { type Signature, type SignOptions, sign } from './signing/sign.ts';
export { findSigningTool, type SigningTool } from './signing/tool.ts';
export {
  createSignoffs,
  type Imported,
  type SignoffOptions,
  type Signoffs,
  type SignWith,
} from './signoffs.ts';
export { canonicalBytes, digestOf, type Plain } from './statement/canonical.ts';
export {
  type SeenItem,
  type Sight,
  type SubjectDocument,
  subjectsFor,
  subjectsOf,
} from './statement/sight.ts';
export {
  type Head,
  namespace,
  type Predicate,
  readStatement,
  type Says,
  type Statement,
  type Subject,
  writeStatement,
} from './statement/statement.ts';
export type { Difference, SeenDocuments } from './validity/differences.ts';
export type { RolePolicy } from './validity/policy.ts';
export {
  type JudgedAnswer,
  type RoleStanding,
  type RoleVerdict,
  type StandingFacts,
  standingsOf,
} from './validity/standing.ts';
export { type Refused, type Trust, type Verified, verifySignature } from './verify.ts';
export { readBundleFiles } from './zip/folder.ts';
export { readZip, type ZipLimits } from './zip/read.ts';
export { writeZip } from './zip/write.ts';
