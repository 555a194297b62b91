/**
 * The launch that is open: every domain built once over one pack, in one mode. A `Session` holds it, and what stays
 * when launches come and go: journal, settings, sandbox, this machine, and the stream of changes. `periodFactsOf` tells of
 * launches that are not open, from the journal alone.
 */
export { auditFactsOf } from './audit.ts';
export type { Changes } from './changes.ts';
export { CopyError } from './copy/errors.ts';
export { differingFiles } from './copy/read.ts';
export { writeReview } from './copy/write.ts';
export { entitlementsOf } from './entitlement.ts';
export { readLaunchPack } from './launch-pack.ts';
export type { OpenLaunch } from './open-launch.ts';
export { launchTellers } from './past/entries.ts';
export { periodFactsOf, periodScopeOf } from './past/period.ts';
export { toSignOf } from './plain-words.ts';
export { Session } from './session.ts';
export { effectsOfAdding, historyOf, wordsOf } from './signatures.ts';
export { takeOverMarks } from './take-over.ts';
export { readWrittenReview } from './written-review.ts';
