/**
 * Reports that outlive the program: the audit bundle of a launch, and of all launches of a period, which anybody verifies
 * with `ssh-keygen` and `sha256sum`; and the verifier that says the same and more.
 */
export type { AuditFacts, AuditItem, AuditRun } from './facts.ts';
export type {
  Deployment,
  PastBoard,
  PastOverride,
  PeriodAnswer,
  PeriodFacts,
  PeriodLaunch,
} from './period/facts.ts';
export type { PeriodIndex } from './period/json.ts';
export { verifyAudit } from './period/verify.ts';
export { periodBundle } from './period/write.ts';
export { type BundleFinding, type BundleReport, type VerifiedEntry, verifyBundle } from './verify-bundle.ts';
export { type Printer, withPdf } from './with-pdf.ts';
export { auditBundle, auditBundleInTurns, writeBundle, writeBundleInTurns } from './write-bundle.ts';
