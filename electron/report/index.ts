/**
 * Reports that outlive the program: the audit bundle of a launch, which anybody verifies with `ssh-keygen` and
 * `sha256sum`, and the verifier that says the same and more.
 */
export type { AuditFacts, AuditItem, AuditRun } from './facts.ts';
export { type BundleFinding, type BundleReport, type VerifiedEntry, verifyBundle } from './verify-bundle.ts';
export { auditBundle, writeBundle } from './write-bundle.ts';
