/**
 * The append-only, hash-chained record of everything that happened, and the tables derived from it.
 *
 * Open it with `openJournal`, declare what can be recorded with `entryKind`, derive tables with a `Projection`.
 * An entry and the rows it changes are committed together; the tables can be thrown away and rebuilt at any time.
 * `openCopy` folds part of another journal in memory.
 */
export { type Blobs, openBlobs } from './blobs.ts';
export { type Draft, type Entry, type EntryKind, entryKind } from './entry.ts';
export { JournalError, type JournalErrorCode } from './errors.ts';
export { type Journal, type JournalOptions, type JournalStatus, openCopy, openJournal } from './journal.ts';
export { type InstanceLock, lockDataFolder } from './lock.ts';
export { createPins, type Pins, pinProjection, pinTellers } from './pins.ts';
export { on, type Projection, type Tables } from './projection.ts';
export { storyOf } from './story.ts';
export { createTimeline, type Teller, type Timeline, type Told, teller } from './timeline.ts';
